/* dns_zone.c — lookups in a zone block. Pure. */
#include "services/dns/dns_zone.h"

#include <string.h>

const struct dns_node *
dns_zone_find(const struct dns_zone *zone, const uint8_t *qname, size_t len)
{
	size_t name_len = len - zone->apex_len;

	if (name_len == 0)
		return dns_zone_apex(zone);
	uint64_t hash = dns_name_hash(qname, name_len);
	const struct dns_slot *slots = dns_zone_slots(zone);
	size_t i = dns_zone_slot(zone, hash);

	/* The loader leaves free slots: this ends. */
	while (slots[i].node != 0) {
		if (slots[i].tag == (uint32_t)hash) {
			const struct dns_node *node =
			    dns_zone_node(zone, slots[i].node);

			if (node->name_len == name_len &&
			    memcmp(dns_node_name(node), qname, name_len) == 0)
				return node;
		}
		if (++i == zone->slot_count)
			i = 0;
	}
	return NULL;
}

const struct dns_node *
dns_zone_candidate(const struct dns_zone *zone, uint64_t hash)
{
	const struct dns_slot *slots = dns_zone_slots(zone);

	for (size_t i = dns_zone_slot(zone, hash); slots[i].node != 0;) {
		if (slots[i].tag == (uint32_t)hash)
			return dns_zone_node(zone, slots[i].node);
		if (++i == zone->slot_count)
			i = 0;
	}
	return NULL;
}

const struct dns_node *
dns_zone_encloser(const struct dns_zone *zone, const uint8_t *qname, size_t len,
    size_t *skipped)
{
	size_t name_len = len - zone->apex_len;
	size_t at = 0;
	unsigned labels = 0;

	for (size_t i = 0; i < name_len; i += 1 + (size_t)qname[i])
		labels++;
	/* Each ancestor in turn, nearest first; but none exists below the
	 * zone's deepest node, so that a name of a hundred labels costs no more
	 * probes than the zone is deep. */
	for (unsigned left = labels; left > 1;) {
		at += 1 + (size_t)qname[at];
		if (--left > zone->depth)
			continue;
		const struct dns_node *node =
		    dns_zone_find(zone, qname + at, len - at);

		if (node != NULL) {
			*skipped = at;
			return node;
		}
	}
	*skipped = name_len;
	return dns_zone_apex(zone);
}

uint32_t
dns_zone_number(const struct dns_zone *zone, const struct dns_node *node)
{
	const uint32_t *order =
	    (const uint32_t *)dns_zone_at(zone, zone->order);
	uint32_t offset =
	    (uint32_t)((const uint8_t *)node - (const uint8_t *)zone);

	return dns_zone_last_at(order, zone->node_count, offset);
}
