/* dns_zone_check_rrset.h — is an RRset of a block what dns_zone.h says? Pure.
 */
#ifndef NETLAB_SERVICES_DNS_ZONE_CHECK_RRSET_H
#define NETLAB_SERVICES_DNS_ZONE_CHECK_RRSET_H

#include "services/dns/dns_zone.h"

/* COUNT items of SIZE bytes at OFFSET lie in the block, behind its header. */
static inline bool
dns_zone_check_rrset_is_inside(
    const struct dns_zone *zone, size_t offset, size_t count, size_t size)
{
	return offset >= sizeof(*zone) && offset <= zone->size &&
	       count <= (zone->size - offset) / size;
}

/* OFFSET is that of a node. All nodes are known to lie in the block. */
bool dns_zone_check_rrset_is_node(const struct dns_zone *zone, size_t offset);

/* What is wrong with RRSET, whose owner is NAME, LEN bytes in lower case; NULL:
 * nothing. */
const char *dns_zone_check_rrset(const struct dns_zone *zone,
    const struct dns_rrset *rrset, const uint8_t *name, size_t len)
    __attribute__((warn_unused_result));

#endif
