/* dns_load.c — the dns section → the room's part. Loader process only. */
#include "services/dns/dns_load.h"

#include "services/dns/dns_load_catalog.h"
#include "services/dns/dns_load_hosts.h"
#include "services/dns/dns_load_parent.h"
#include "services/dns/dns_load_reverse.h"
#include "services/dns/dns_load_section.h"
#include "services/dns/dns_load_settings.h"
#include "services/dns/dns_load_zone.h"

#include <time.h>

cfg_opt_t dns_load_options[] = {
    DNS_LOAD_SETTINGS_OPTIONS,
    CFG_SEC("zone", dns_load_section_zone, CFGF_MULTI | CFGF_TITLE),
    CFG_STR_LIST("zones", NULL, CFGF_NODEFAULT),
    CFG_SEC("hosts", dns_load_hosts_options, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};

/* Writes the blocks of all zones that ARE_REVERSE, or of all others; false: no
 * memory. */
static bool
load_zones(const struct service_load *load,
    const struct dns_load_zone_context *context, struct dns_load_zones *zones,
    bool are_reverse)
{
	const struct dns_catalog *old = dns_catalog_of(load->old);

	for (size_t i = 0; i < zones->count; i++) {
		struct dns_load_zone *zone = zones->list[i];

		if (zone->is_reverse != are_reverse)
			continue;
		const struct dns_zone *old_zone =
		    old == NULL
		        ? NULL
		        : dns_catalog_exact(old, zone->apex, zone->apex_len);

		zone->block = dns_load_zone(context, zone, old_zone);
		if (zone->block == SIZE_MAX)
			return false;
	}
	return true;
}

/* The reverse zones are made from all others. */
static bool
load_reverse(const struct service_load *load,
    struct dns_load_zone_context context, struct dns_load_zones *zones)
{
	struct dns_load_reverse reverse;
	bool is_loaded = dns_load_reverse_open(&reverse, zones, load->image);

	context.reverse = &reverse;
	if (is_loaded)
		is_loaded = load_zones(load, &context, zones, true);
	dns_load_reverse_close(&reverse);
	return is_loaded;
}

static bool
has_reverse(const struct dns_load_zones *zones)
{
	for (size_t i = 0; i < zones->count; i++)
		if (zones->list[i]->is_reverse)
			return true;
	return false;
}

static bool
write_part(struct service_load *load, struct dns_load_zones *zones)
{
	const struct dns_load_zone_context context = {
	    .image = load->image,
	    .report = conf_report(load->conf),
	    .conf = conf_file(load->conf),
	    .now = (uint32_t)time(NULL),
	};

	if (zones->is_full || !dns_load_catalog_open(load->image, zones))
		return false;
	dns_load_settings(load, &dns_load_catalog_at(load->image)->settings);
	if (!load_zones(load, &context, zones, false))
		return false;
	if (has_reverse(zones) && !load_reverse(load, context, zones))
		return false;
	dns_load_catalog_fill(load->image, zones);
	dns_load_parent_check(zones, load->image, context.report, context.conf);
	return true;
}

void
dns_load(struct service_load *load)
{
	struct dns_load_zones zones = {0};

	dns_load_section_read(load, &zones);
	if (!write_part(load, &zones))
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "not enough memory for the zones");
	dns_load_zones_close(&zones);
}
