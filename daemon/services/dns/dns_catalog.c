/* dns_catalog.c — which zone a name belongs to. Pure. */
#include "services/dns/dns_catalog.h"

#include <string.h>

const struct dns_catalog *
dns_catalog_of(struct span part)
{
	if (part.len < sizeof(struct dns_catalog) ||
	    memcmp(part.data, DNS_CATALOG_MAGIC, sizeof(DNS_CATALOG_MAGIC)) !=
	        0)
		return NULL;
	return (const struct dns_catalog *)(const void *)part.data;
}

const struct dns_zone *
dns_catalog_exact(
    const struct dns_catalog *catalog, const uint8_t *apex, size_t len)
{
	const uint8_t *part = (const uint8_t *)catalog;
	const struct dns_catalog_slot *slots =
	    (const struct dns_catalog_slot *)(const void *)(part +
	                                                    catalog->slots);
	uint64_t hash = dns_name_hash(apex, len);
	size_t i = (size_t)((hash >> 32) * catalog->slot_count >> 32);

	/* The loader leaves free slots: this ends. */
	while (slots[i].block != 0) {
		const struct dns_zone *zone =
		    (const struct dns_zone *)(const void *)(part +
		                                            slots[i].block);

		if (slots[i].hash == hash && zone->apex_len == len &&
		    memcmp(zone->name, apex, len) == 0)
			return zone;
		if (++i == catalog->slot_count)
			i = 0;
	}
	return NULL;
}

const struct dns_zone *
dns_catalog_find(const struct dns_catalog *catalog, const uint8_t *qname,
    const uint8_t *label_at, unsigned label_count)
{
	size_t len = (size_t)label_at[label_count] + 1;

	for (unsigned i = 0; i <= label_count; i++) {
		unsigned labels = label_count - i;

		if ((catalog->labels[labels / 64] >> labels % 64 & 1) == 0)
			continue;
		const struct dns_zone *zone = dns_catalog_exact(
		    catalog, qname + label_at[i], len - label_at[i]);

		if (zone != NULL)
			return zone;
	}
	return NULL;
}
