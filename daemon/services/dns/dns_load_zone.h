/* dns_load_zone.h — one zone of the configuration → its block. Loader process
 * only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_ZONE_H
#define NETLAB_SERVICES_DNS_LOAD_ZONE_H

#include "core/conf.h"
#include "core/image.h"
#include "services/dns/dns_load_zones.h"
#include "services/dns/dns_zone.h"

/*
 * Appends the block of ZONE to the part that IMAGE is at, and returns its
 * offset there, or SIZE_MAX when memory is short. What is wrong with the zone
 * is told to REPORT. OLD is its block in the running image, or NULL: copied
 * where no file has changed and where the files are broken. A zone that is
 * broken and has no such block gets one that FAILED.
 */
size_t dns_load_zone(const struct dns_load_zone *zone,
    const struct dns_zone *old, struct image_writer *image,
    struct report *report) __attribute__((warn_unused_result));

#endif
