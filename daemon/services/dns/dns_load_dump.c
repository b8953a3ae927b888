/* dns_load_dump.c — a zone out of the room's part, printed. Loader process
 * only. */
#include "services/dns/dns_load_dump.h"

#include "services/dns/dns_catalog.h"
#include "services/dns/dns_load_section.h"
#include "services/dns/dns_text_zone.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* One line to whoever wants the zone. */
__attribute__((format(printf, 2, 3))) static void
tell(const struct service_dump *dump, const char *format, ...)
{
	char line[2 * DNS_NAME_TEXT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	dump->report->tell(dump->report->context, true, line);
}

/* There is no zone NAME: which there are. */
static void
tell_names(const struct service_dump *dump, const struct dns_catalog *catalog,
    const uint8_t *name)
{
	char text[DNS_NAME_TEXT_MAX];

	if (catalog == NULL || catalog->zone_count == 0) {
		tell(dump, "there is no zone");
		return;
	}
	tell(dump, "there is no zone %s, but:", dns_name_format(name, text));
	for (uint32_t i = 0; i < catalog->zone_count; i++)
		tell(dump, "  %s",
		    dns_name_format(dns_catalog_zone(catalog, i)->name, text));
}

/* The zone that is wanted, as the configuration would name it; NULL: it cannot
 * be had, as told. */
static const struct dns_zone *
find(const struct service_dump *dump)
{
	const struct dns_catalog *catalog = dns_catalog_of(dump->part);
	const struct dns_zone *zone = NULL;
	uint8_t name[DNS_NAME_MAX];
	char text[DNS_NAME_TEXT_MAX];
	size_t len;
	const char *wrong = dns_load_section_title(dump->name, name, &len);

	if (wrong == NULL && catalog != NULL)
		zone = dns_catalog_exact(catalog, name, len);
	if (wrong != NULL)
		tell(dump, "zone \"%s\": %s", dump->name, wrong);
	else if (zone == NULL)
		tell_names(dump, catalog, name);
	else if ((zone->flags & DNS_ZONE_FAILED) == 0)
		return zone;
	else
		tell(dump, "zone %s is broken", dns_name_format(name, text));
	return NULL;
}

static bool
write_zone(const struct service_dump *dump, const struct dns_zone *zone,
    uint8_t *message, struct space line)
{
	struct dns_text_zone walk = dns_text_zone_open(zone, message);

	for (;;) {
		struct dns_text text = dns_text_open(line);

		if (!dns_text_zone_next(&walk, &text))
			break;
		if (fwrite(text.out, 1, text.len, dump->out) != text.len)
			break;
	}
	if (fflush(dump->out) == 0 && !ferror(dump->out))
		return true;
	tell(dump, "the zone cannot be written: %s", strerror(errno));
	return false;
}

bool
dns_load_dump(const struct service_dump *dump)
{
	const struct dns_zone *zone = find(dump);

	if (zone == NULL)
		return false;
	uint8_t *message = malloc(DNS_TEXT_ZONE_MESSAGE);
	uint8_t *line = malloc(DNS_TEXT_ZONE_RECORD_MAX);
	bool is_written = false;

	if (message == NULL || line == NULL)
		tell(dump, "not enough memory");
	else
		is_written = write_zone(dump, zone, message,
		    (struct space){line, DNS_TEXT_ZONE_RECORD_MAX});
	free(message);
	free(line);
	return is_written;
}
