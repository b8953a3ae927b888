/* ntp_load.h — the keys of the time section that concern ntp → the room's part
 * of the image. Loader process only. */
#ifndef NETLAB_SERVICES_NTP_LOAD_H
#define NETLAB_SERVICES_NTP_LOAD_H

#include "service.h"

extern cfg_opt_t ntp_load_options[];

/* Writes struct ntp_settings. Mistakes go to LOAD's report. */
void ntp_load(struct service_load *load);

#endif
