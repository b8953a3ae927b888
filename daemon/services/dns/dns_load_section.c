/* dns_load_section.c — the dns section's zones. Loader process only. */
#include "services/dns/dns_load_section.h"

#include "services/dns/dns_arpa.h"
#include "services/dns/dns_load_hosts.h"
#include "services/dns/dns_load_pattern.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

cfg_opt_t dns_load_section_zone[] = {
    CFG_STR("file", NULL, CFGF_NODEFAULT),
    CFG_BOOL("reverse", cfg_false, CFGF_NONE),
    CFG_END(),
};

/* "192.0.2.0/24", and not "0/25.2.0.192.in-addr.arpa". */
static bool
is_prefix(const char *title)
{
	const char *slash = strchr(title, '/');
	char host[INET6_ADDRSTRLEN];
	uint8_t bytes[sizeof(struct in6_addr)];

	if (slash == NULL || (size_t)(slash - title) >= sizeof(host))
		return false;
	memcpy(host, title, (size_t)(slash - title));
	host[slash - title] = '\0';
	return inet_pton(AF_INET, host, bytes) == 1 ||
	       inet_pton(AF_INET6, host, bytes) == 1;
}

const char *
dns_load_section_title(
    const char *title, uint8_t apex[DNS_NAME_MAX], size_t *len)
{
	struct prefix prefix;
	uint8_t name[DNS_NAME_MAX];

	if (is_prefix(title)) {
		const char *wrong = prefix_parse(title, &prefix);

		if (wrong != NULL)
			return wrong;
		*len = dns_arpa_write_prefix(&prefix, apex);
		return *len > 0 ? NULL
		                : "no zone has just these addresses: an IPv4 "
		                  "prefix is of 0, 8, 16 or 24 to 32 bits, an "
		                  "IPv6 one of a multiple of 4";
	}
	*len = dns_name_parse(title, name);
	dns_name_lower(apex, name, *len);
	return *len > 0 ? NULL : "not a domain name";
}

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
	uint8_t apex[DNS_NAME_MAX];
	size_t len;
	const char *wrong = dns_load_section_title(title, apex, &len);

	if (wrong != NULL) {
		conf_error(report, file, line, "zone \"%s\": %s", title, wrong);
		return NULL;
	}
	struct dns_load_zone *zone = dns_load_zones_exact(zones, apex, len);

	if (zone != NULL) {
		conf_error(report, file, line,
		    "zone \"%s\" is already defined on line %u", title,
		    zone->line);
		return NULL;
	}
	zone = dns_load_zones_add(zones, title, apex);
	if (zone != NULL)
		zone->line = line;
	return zone;
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
set_reverse(
    struct service_load *load, cfg_t *section, struct dns_load_zone *zone)
{
	struct dns_arpa arpa;

	zone->is_reverse = cfg_getbool(section, "reverse") == cfg_true;
	if (!zone->is_reverse || dns_arpa_read(zone->apex, &arpa))
		return;
	conf_error(conf_report(load->conf), conf_file(load->conf),
	    conf_line(load->conf, section, "reverse", 0),
	    "'reverse': zone \"%s\" has no names of addresses: it would lie in "
	    "in-addr.arpa or ip6.arpa, or be a prefix like 192.0.2.0/24",
	    zone->title);
	zone->is_reverse = false;
	zone->is_wrong = true;
}

static void
read_zone(
    struct service_load *load, cfg_t *section, struct dns_load_zones *zones)
{
	struct dns_load_zone *zone = add_zone(load, section, zones);

	if (zone == NULL)
		return;
	if (!set_path(load, section, zone))
		zones->is_full = true;
	set_reverse(load, section, zone);
}

/* Each zone is made from something. */
static void
check_sources(struct service_load *load, const struct dns_load_zones *zones)
{
	for (size_t i = 0; i < zones->count; i++) {
		struct dns_load_zone *zone = zones->list[i];

		if (zone->path != NULL || zone->is_reverse || zone->is_wrong)
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
	dns_load_pattern_read(load, zones);
	check_sources(load, zones);
	dns_load_hosts_read(load, zones);
}
