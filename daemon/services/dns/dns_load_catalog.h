/* dns_load_catalog.h — writes the directory of zones, dns_catalog.h. Loader
 * process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_CATALOG_H
#define NETLAB_SERVICES_DNS_LOAD_CATALOG_H

#include "core/image.h"
#include "services/dns/dns_catalog.h"
#include "services/dns/dns_load_zones.h"

/* Writes the catalog of no zones yet, with room for those of ZONES, at the
 * start of the part that IMAGE is at. false: no memory. */
bool dns_load_catalog_open(struct image_writer *image,
    const struct dns_load_zones *zones) __attribute__((warn_unused_result));

/* Enters all of ZONES, whose blocks are written. */
void dns_load_catalog_fill(
    struct image_writer *image, const struct dns_load_zones *zones);

/* What was written, until IMAGE grows. */
static inline struct dns_catalog *
dns_load_catalog_at(const struct image_writer *image)
{
	return (struct dns_catalog *)image_writer_at(image, 0);
}

#endif
