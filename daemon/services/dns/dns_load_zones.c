/* dns_load_zones.c — the zones of the configuration. Loader process only. */
#include "services/dns/dns_load_zones.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 64 };

static void
free_zone(struct dns_load_zone *zone)
{
	while (zone->hosts != NULL) {
		struct dns_load_host *host = zone->hosts;

		zone->hosts = host->next;
		free(host);
	}
	free(zone->title);
	free(zone->path);
	free(zone);
}

void
dns_load_zones_close(struct dns_load_zones *zones)
{
	for (size_t i = 0; i < zones->count; i++)
		free_zone(zones->list[i]);
	free(zones->list);
	free(zones->slots);
	*zones = (struct dns_load_zones){0};
}

static size_t
first_slot(const struct dns_load_zones *zones, const uint8_t *apex, size_t len)
{
	return (size_t)dns_name_hash(apex, len) & (zones->slot_count - 1);
}

static void
put_slot(struct dns_load_zones *zones, size_t index)
{
	const struct dns_load_zone *zone = zones->list[index];
	size_t i = first_slot(zones, zone->apex, zone->apex_len);

	while (zones->slots[i] != 0)
		i = (i + 1) & (zones->slot_count - 1);
	zones->slots[i] = (uint32_t)index + 1;
}

/* Room for one more; half of the slots stay free. */
static bool
grow(struct dns_load_zones *zones)
{
	if (zones->count < zones->cap)
		return true;
	size_t cap = zones->cap == 0 ? FIRST_CAP : 2 * zones->cap;
	struct dns_load_zone **list =
	    realloc(zones->list, cap * sizeof(struct dns_load_zone *));

	if (list == NULL)
		return false;
	zones->list = list;
	uint32_t *slots = calloc(2 * cap, sizeof(slots[0]));

	if (slots == NULL)
		return false;
	free(zones->slots);
	zones->slots = slots;
	zones->slot_count = 2 * cap;
	zones->cap = cap;
	for (size_t i = 0; i < zones->count; i++)
		put_slot(zones, i);
	return true;
}

static struct dns_load_zone *
new_zone(const char *title, const uint8_t *apex)
{
	struct dns_load_zone *zone = calloc(1, sizeof(*zone));

	if (zone == NULL)
		return NULL;
	zone->title = strdup(title);
	if (zone->title == NULL) {
		free(zone);
		return NULL;
	}
	zone->apex_len = (uint8_t)dns_name_length(apex);
	dns_name_lower(zone->apex, apex, zone->apex_len);
	zone->hosts_end = &zone->hosts;
	return zone;
}

struct dns_load_zone *
dns_load_zones_add(
    struct dns_load_zones *zones, const char *title, const uint8_t *apex)
{
	struct dns_load_zone *zone = grow(zones) ? new_zone(title, apex) : NULL;
	unsigned labels = dns_name_labels(apex);

	if (zone == NULL) {
		zones->is_full = true;
		return NULL;
	}
	zones->list[zones->count] = zone;
	put_slot(zones, zones->count++);
	zones->labels[labels / 64] |= (uint64_t)1 << labels % 64;
	return zone;
}

struct dns_load_zone *
dns_load_zones_exact(
    const struct dns_load_zones *zones, const uint8_t *apex, size_t len)
{
	if (zones->count == 0)
		return NULL;
	for (size_t i = first_slot(zones, apex, len); zones->slots[i] != 0;
	     i = (i + 1) & (zones->slot_count - 1)) {
		struct dns_load_zone *zone = zones->list[zones->slots[i] - 1];

		if (zone->apex_len == len && memcmp(zone->apex, apex, len) == 0)
			return zone;
	}
	return NULL;
}

struct dns_load_zone *
dns_load_zones_find(
    const struct dns_load_zones *zones, const uint8_t *name, size_t len)
{
	unsigned labels = dns_name_labels(name);

	for (size_t at = 0; at < len; at += 1 + (size_t)name[at], labels--) {
		if ((zones->labels[labels / 64] >> labels % 64 & 1) == 0)
			continue;
		struct dns_load_zone *zone =
		    dns_load_zones_exact(zones, name + at, len - at);

		if (zone != NULL)
			return zone;
	}
	return NULL;
}
