/* dns_load.h — the dns section of the configuration → the room's part of the
 * image. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_H
#define NETLAB_SERVICES_DNS_LOAD_H

#include "service.h"

/* The section's keys: those of the whole room (dns_load_settings.h), `zone`,
 * `zones` and `hosts`; ends in CFG_END. Not const because libconfuse writes to
 * what it is given. */
extern cfg_opt_t dns_load_options[];

/* Reads all zones into the part that LOAD->image is at: a struct dns_catalog
 * and its blocks. Mistakes in the section are errors, broken zones are told and
 * FAIL alone. A service's load(). */
void dns_load(struct service_load *load);

#endif
