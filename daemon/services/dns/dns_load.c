/* dns_load.c — the dns section → the room's part. Loader process only. */
#include "services/dns/dns_load.h"

#include "services/dns/dns_load_catalog.h"
#include "services/dns/dns_load_section.h"
#include "services/dns/dns_load_settings.h"
#include "services/dns/dns_load_zone.h"

cfg_opt_t dns_load_options[] = {
    DNS_LOAD_SETTINGS_OPTIONS,
    CFG_SEC("zone", dns_load_section_zone, CFGF_MULTI | CFGF_TITLE),
    CFG_END(),
};

/* Writes the block of each zone; false: no memory. */
static bool
load_zones(struct service_load *load, struct dns_load_zones *zones)
{
	const struct dns_catalog *old = dns_catalog_of(load->old);

	for (size_t i = 0; i < zones->count; i++) {
		struct dns_load_zone *zone = zones->list[i];
		const struct dns_zone *old_zone =
		    old == NULL
		        ? NULL
		        : dns_catalog_exact(old, zone->apex, zone->apex_len);

		zone->block = dns_load_zone(
		    zone, old_zone, load->image, conf_report(load->conf));
		if (zone->block == SIZE_MAX)
			return false;
	}
	return true;
}

static bool
write_part(struct service_load *load, struct dns_load_zones *zones)
{
	if (zones->is_full || !dns_load_catalog_open(load->image, zones))
		return false;
	struct dns_catalog *catalog = image_writer_at(load->image, 0);

	dns_load_settings(load, &catalog->settings);
	if (!load_zones(load, zones))
		return false;
	dns_load_catalog_fill(load->image, zones);
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
