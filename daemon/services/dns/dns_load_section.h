/* dns_load_section.h — what the dns section of the configuration says of zones.
 * Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_SECTION_H
#define NETLAB_SERVICES_DNS_LOAD_SECTION_H

#include "service.h"
#include "services/dns/dns_load_zones.h"

/* `zone "NAME" { … }`: its keys, ending in CFG_END. */
extern cfg_opt_t dns_load_section_zone[];

/* Fills ZONES, empty, with all zones that LOAD's section names rightly.
 * Mistakes are told. */
void dns_load_section_read(
    struct service_load *load, struct dns_load_zones *zones);

#endif
