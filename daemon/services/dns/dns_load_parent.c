/* dns_load_parent.c — a zone within a zone. Loader process only. */
#include "services/dns/dns_load_parent.h"

#include "services/dns/dns_zone.h"

/* Does PARENT's block say that ZONE's name is another zone's? */
static bool
is_delegated(const struct dns_zone *parent, const struct dns_load_zone *zone)
{
	size_t skipped;
	const struct dns_node *node =
	    dns_zone_find(parent, zone->apex, zone->apex_len);

	if (node == NULL)
		node = dns_zone_encloser(
		    parent, zone->apex, zone->apex_len, &skipped);
	return dns_zone_cut(parent, node) != NULL;
}

void
dns_load_parent_check(const struct dns_load_zones *zones,
    const struct image_writer *image, struct report *report, const char *file)
{
	for (size_t i = 0; i < zones->count; i++) {
		const struct dns_load_zone *zone = zones->list[i];
		size_t first = 1 + (size_t)zone->apex[0];

		if (zone->apex_len == 1)
			continue; /* the root */
		const struct dns_load_zone *parent = dns_load_zones_find(
		    zones, zone->apex + first, zone->apex_len - first);

		/* One that is made cannot be given an NS. */
		if (parent == NULL || parent->path == NULL)
			continue;
		const struct dns_zone *block =
		    image_writer_at(image, parent->block);

		if ((block->flags & DNS_ZONE_FAILED) == 0 &&
		    !is_delegated(block, zone))
			conf_warning(report, file, zone->line,
			    "zone \"%s\" lies in zone \"%s\", which has no NS "
			    "for it: who asks from there will not find it",
			    zone->title, parent->title);
	}
}
