/* chargen_load.h — the chargen room's keys. Loader process only. */
#ifndef NETLAB_SERVICES_CHARGEN_LOAD_H
#define NETLAB_SERVICES_CHARGEN_LOAD_H

#include "service.h"

extern cfg_opt_t chargen_load_options[];

/* service.load: checks the keys, writes a struct chargen_stream_limits. */
void chargen_load(struct service_load *load);

#endif
