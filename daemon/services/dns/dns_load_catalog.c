/* dns_load_catalog.c — writes the directory of zones. Loader process only. */
#include "services/dns/dns_load_catalog.h"

#include <string.h>

/* Of three slots two stay free. */
bool
dns_load_catalog_open(
    struct image_writer *image, const struct dns_load_zones *zones)
{
	size_t slot_count = 3 * zones->count + 1;
	size_t at = image_writer_reserve(
	    image, sizeof(struct dns_catalog), DNS_ZONE_ALIGN);
	size_t blocks =
	    image_writer_reserve(image, zones->count * sizeof(uint64_t), 8);
	size_t slots = image_writer_reserve(
	    image, slot_count * sizeof(struct dns_catalog_slot), 8);

	if (at != 0 || blocks == SIZE_MAX || slots == SIZE_MAX)
		return false;
	struct dns_catalog *catalog = dns_load_catalog_at(image);

	memcpy(catalog->magic, DNS_CATALOG_MAGIC, sizeof(catalog->magic));
	catalog->slot_count = (uint32_t)slot_count;
	catalog->blocks = blocks;
	catalog->slots = slots;
	return true;
}

static void
enter(struct image_writer *image, const struct dns_load_zone *zone)
{
	struct dns_catalog *catalog = dns_load_catalog_at(image);
	uint64_t *blocks = image_writer_at(image, catalog->blocks);
	struct dns_catalog_slot *slots = image_writer_at(image, catalog->slots);
	uint64_t hash = dns_name_hash(zone->apex, zone->apex_len);
	unsigned labels = dns_name_labels(zone->apex);
	size_t i = (size_t)((hash >> 32) * catalog->slot_count >> 32);

	while (slots[i].block != 0)
		if (++i == catalog->slot_count)
			i = 0;
	slots[i] = (struct dns_catalog_slot){
	    .hash = hash,
	    .block = zone->block,
	};
	catalog->labels[labels / 64] |= (uint64_t)1 << labels % 64;
	blocks[catalog->zone_count++] = zone->block;
}

void
dns_load_catalog_fill(
    struct image_writer *image, const struct dns_load_zones *zones)
{
	for (size_t i = 0; i < zones->count; i++)
		enter(image, zones->list[i]);
}
