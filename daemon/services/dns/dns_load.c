/* dns_load.c — the dns section → the room's part. Loader process only. */
#include "services/dns/dns_load.h"

#include "services/dns/dns_catalog.h"
#include "services/dns/dns_load_zone.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static cfg_opt_t zone_options[] = {
    CFG_STR("file", NULL, CFGF_NODEFAULT),
    CFG_END(),
};

cfg_opt_t dns_load_options[] = {
    CFG_SEC("zone", zone_options, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};

/* The zones that the section names rightly. */
struct zones {
	struct dns_load_zone *list;
	size_t count;
};

static bool
is_duplicate(const struct zones *zones, const struct dns_load_zone *zone)
{
	for (size_t i = 0; i < zones->count; i++)
		if (zones->list[i].apex_len == zone->apex_len &&
		    memcmp(zones->list[i].apex, zone->apex, zone->apex_len) ==
		        0)
			return true;
	return false;
}

/* Fills ZONE, but for its path, from SECTION; false: a mistake, as told. */
static bool
read_section(struct service_load *load, cfg_t *section,
    const struct zones *zones, struct dns_load_zone *zone)
{
	struct report *report = conf_report(load->conf);
	const char *file = conf_file(load->conf);
	unsigned line = conf_section_line(load->conf, section);
	uint8_t apex[DNS_NAME_MAX];

	zone->title = cfg_title(section);
	zone->apex_len = dns_name_parse(zone->title, apex);
	dns_name_lower(zone->apex, apex, zone->apex_len);
	if (zone->apex_len == 0)
		conf_error(report, file, line, "zone \"%s\": not a domain name",
		    zone->title);
	else if (is_duplicate(zones, zone))
		conf_error(report, file, line, "zone \"%s\" is already defined",
		    zone->title);
	else if (cfg_getstr(section, "file") == NULL ||
	         cfg_getstr(section, "file")[0] == '\0')
		conf_error(report, file, line, "zone \"%s\" needs a file",
		    zone->title);
	else
		return true;
	return false;
}

/* The absolute path of SECTION's file, which the caller frees; NULL: told. */
static char *
read_path(struct service_load *load, cfg_t *section)
{
	char path[PATH_MAX];

	if (!conf_path(
	        load->conf, cfg_getstr(section, "file"), path, sizeof(path))) {
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    conf_line(load->conf, section, "file", 0),
		    "the path is too long");
		return NULL;
	}
	return strdup(path);
}

static void
read_sections(struct service_load *load, struct zones *zones)
{
	unsigned count = cfg_size(load->section, "zone");

	zones->list = calloc(count + 1u, sizeof(zones->list[0]));
	for (unsigned i = 0; zones->list != NULL && i < count; i++) {
		struct dns_load_zone *zone = &zones->list[zones->count];
		cfg_t *section = cfg_getnsec(load->section, "zone", i);

		if (!read_section(load, section, zones, zone))
			continue;
		zone->path = read_path(load, section);
		if (zone->path != NULL)
			zones->count++;
	}
}

static struct dns_catalog *
catalog_at(const struct image_writer *image)
{
	return (struct dns_catalog *)image_writer_at(image, 0);
}

/* The empty catalog of COUNT zones at the part's start. Of three slots two stay
 * free. */
static bool
open_catalog(struct image_writer *image, size_t count)
{
	size_t slot_count = 3 * count + 1;
	size_t at = image_writer_reserve(
	    image, sizeof(struct dns_catalog), DNS_ZONE_ALIGN);
	size_t blocks =
	    image_writer_reserve(image, count * sizeof(uint64_t), 8);
	size_t slots = image_writer_reserve(
	    image, slot_count * sizeof(struct dns_catalog_slot), 8);

	if (at != 0 || blocks == SIZE_MAX || slots == SIZE_MAX)
		return false;
	struct dns_catalog *catalog = catalog_at(image);

	memcpy(catalog->magic, DNS_CATALOG_MAGIC, sizeof(catalog->magic));
	catalog->slot_count = (uint32_t)slot_count;
	catalog->blocks = blocks;
	catalog->slots = slots;
	return true;
}

static void
enter(
    struct image_writer *image, const struct dns_load_zone *zone, size_t block)
{
	struct dns_catalog *catalog = catalog_at(image);
	uint64_t *blocks = image_writer_at(image, catalog->blocks);
	struct dns_catalog_slot *slots = image_writer_at(image, catalog->slots);
	uint64_t hash = dns_name_hash(zone->apex, zone->apex_len);
	unsigned labels = dns_name_labels(zone->apex);
	size_t i = (size_t)((hash >> 32) * catalog->slot_count >> 32);

	while (slots[i].block != 0)
		if (++i == catalog->slot_count)
			i = 0;
	slots[i] = (struct dns_catalog_slot){.hash = hash, .block = block};
	catalog->labels[labels / 64] |= (uint64_t)1 << labels % 64;
	blocks[catalog->zone_count++] = block;
}

static bool
load_zones(struct service_load *load, const struct zones *zones)
{
	const struct dns_catalog *old = dns_catalog_of(load->old);

	if (!open_catalog(load->image, zones->count))
		return false;
	for (size_t i = 0; i < zones->count; i++) {
		const struct dns_load_zone *zone = &zones->list[i];
		const struct dns_zone *old_zone =
		    old == NULL
		        ? NULL
		        : dns_catalog_exact(old, zone->apex, zone->apex_len);
		size_t block = dns_load_zone(
		    zone, old_zone, load->image, conf_report(load->conf));

		if (block == SIZE_MAX)
			return false;
		enter(load->image, zone, block);
	}
	return true;
}

void
dns_load(struct service_load *load)
{
	struct zones zones = {0};

	read_sections(load, &zones);
	if (zones.list == NULL || !load_zones(load, &zones))
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "not enough memory for the zones");
	for (size_t i = 0; i < zones.count; i++)
		free(zones.list[i].path);
	free(zones.list);
}
