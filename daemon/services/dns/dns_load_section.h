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

/* Writes the name of the zone that TITLE stands for, a name or the prefix of
 * its addresses, in lower case, and *LEN, its length. Returns NULL, or what is
 * wrong with TITLE, a static string: nothing is written then. */
const char *dns_load_section_title(
    const char *title, uint8_t apex[DNS_NAME_MAX], size_t *len)
    __attribute__((warn_unused_result));

#endif
