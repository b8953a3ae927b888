/* dns_load_zone.h — one zone of the configuration → its block. Loader process
 * only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_ZONE_H
#define NETLAB_SERVICES_DNS_LOAD_ZONE_H

#include "core/conf.h"
#include "core/image.h"
#include "services/dns/dns_load_reverse.h"
#include "services/dns/dns_load_zones.h"
#include "services/dns/dns_zone.h"

/* What all zones of one load share. All is borrowed. */
struct dns_load_zone_context {
	struct image_writer *image;
	struct report *report;
	const char *conf; /* the configuration's file, for messages */
	const struct dns_load_reverse *reverse; /* for zones that are it */
	uint32_t now;                           /* seconds since 1970 */
};

/*
 * Appends the block of ZONE to the part that the image is at, and returns its
 * offset there, or SIZE_MAX when memory is short. What is wrong with the zone
 * is told to the report. OLD is its block in the running image, or NULL: copied
 * where nothing of what it was made from has changed, and where that is broken
 * now. A zone that is broken and has no such block gets one that FAILED.
 */
size_t dns_load_zone(const struct dns_load_zone_context *context,
    const struct dns_load_zone *zone, const struct dns_zone *old)
    __attribute__((warn_unused_result));

#endif
