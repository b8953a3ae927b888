/* dns_load_section.c — the dns section's zones. Loader process only. */
#include "services/dns/dns_load_section.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

cfg_opt_t dns_load_section_zone[] = {
    CFG_STR("file", NULL, CFGF_NODEFAULT),
    CFG_END(),
};

/* The zone that SECTION names, added to ZONES; NULL: a mistake, as told, or no
 * memory. */
static struct dns_load_zone *
add_zone(
    struct service_load *load, cfg_t *section, struct dns_load_zones *zones)
{
	struct report *report = conf_report(load->conf);
	const char *file = conf_file(load->conf);
	unsigned line = conf_section_line(load->conf, section);
	const char *title = cfg_title(section);
	uint8_t name[DNS_NAME_MAX], apex[DNS_NAME_MAX];
	size_t len = dns_name_parse(title, name);

	dns_name_lower(apex, name, len);
	if (len == 0)
		conf_error(report, file, line, "zone \"%s\": not a domain name",
		    title);
	else if (dns_load_zones_exact(zones, apex, len) != NULL)
		conf_error(report, file, line, "zone \"%s\" is already defined",
		    title);
	else
		return dns_load_zones_add(zones, title, apex);
	return NULL;
}

/* The absolute path of SECTION's file; false: told, or no memory. */
static bool
set_path(struct service_load *load, cfg_t *section, struct dns_load_zone *zone)
{
	const char *file = cfg_getstr(section, "file");
	char path[PATH_MAX];

	if (file == NULL || file[0] == '\0')
		return true;
	if (!conf_path(load->conf, file, path, sizeof(path))) {
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    conf_line(load->conf, section, "file", 0),
		    "the path is too long");
		zone->is_wrong = true;
		return true;
	}
	zone->path = strdup(path);
	return zone->path != NULL;
}

static void
read_zone(
    struct service_load *load, cfg_t *section, struct dns_load_zones *zones)
{
	struct dns_load_zone *zone = add_zone(load, section, zones);

	if (zone == NULL)
		return;
	zone->line = conf_section_line(load->conf, section);
	if (!set_path(load, section, zone))
		zones->is_full = true;
}

/* Each zone is made from something. */
static void
check_sources(struct service_load *load, const struct dns_load_zones *zones)
{
	for (size_t i = 0; i < zones->count; i++) {
		struct dns_load_zone *zone = zones->list[i];

		if (zone->path != NULL || zone->is_wrong)
			continue;
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    zone->line, "zone \"%s\" needs a file", zone->title);
		zone->is_wrong = true;
	}
}

void
dns_load_section_read(struct service_load *load, struct dns_load_zones *zones)
{
	unsigned count = cfg_size(load->section, "zone");

	for (unsigned i = 0; i < count; i++)
		read_zone(load, cfg_getnsec(load->section, "zone", i), zones);
	check_sources(load, zones);
}
