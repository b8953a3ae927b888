/* dns_load_parent.h — a zone within a zone of the same server. Loader process
 * only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_PARENT_H
#define NETLAB_SERVICES_DNS_LOAD_PARENT_H

#include "core/conf.h"
#include "core/image.h"
#include "services/dns/dns_load_zones.h"

/* Warns of each zone that lies in another one of ZONES without a delegation
 * there: resolvers that come from the root never find it, and what the other
 * zone has at and below its name is never answered. FILE is the configuration;
 * IMAGE has the blocks of all. */
void dns_load_parent_check(const struct dns_load_zones *zones,
    const struct image_writer *image, struct report *report, const char *file);

#endif
