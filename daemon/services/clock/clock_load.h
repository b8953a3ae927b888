/* clock_load.h — the keys of the time section that are the clock room's.
 * Loader process. */
#ifndef NETLAB_SERVICES_CLOCK_LOAD_H
#define NETLAB_SERVICES_CLOCK_LOAD_H

#include "service.h"

/* They end in CFG_END. */
extern cfg_opt_t clock_load_options[];

/* Reads and checks them into the room's part, struct clock_settings. Mistakes
 * go to the report. */
void clock_load(struct service_load *load);

#endif
