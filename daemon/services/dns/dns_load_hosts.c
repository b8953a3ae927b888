/* dns_load_hosts.c — names with addresses of the configuration. Loader process
 * only. */
#include "services/dns/dns_load_hosts.h"

#include "services/dns/dns_load_content.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum {
	TTL = 300, /* seconds: who tries things out waits no longer */
};

cfg_opt_t dns_load_hosts_options[] = {
    CFG_STR_LIST("address", NULL, CFGF_NODEFAULT),
    CFG_INT("ttl", TTL, CFGF_NONE),
    CFG_END(),
};

/* A section whose name is right. */
struct entry {
	cfg_t *section;
	unsigned line;
	uint8_t name[DNS_NAME_MAX]; /* as spelled */
	uint8_t lower[DNS_NAME_MAX];
	size_t len;
};

/* ------------------------------------------------------------ the section */

static bool
fill_entry(struct service_load *load, cfg_t *section, struct entry *entry)
{
	entry->section = section;
	entry->line = conf_section_line(load->conf, section);
	entry->len = dns_name_parse(cfg_title(section), entry->name);
	dns_name_lower(entry->lower, entry->name, entry->len);
	if (entry->len == 0)
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    entry->line, "hosts \"%s\": not a domain name",
		    cfg_title(section));
	return entry->len > 0;
}

/* Few labels first, equal names side by side, as in the file. */
static int
compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	unsigned x_labels = dns_name_labels(x->lower);
	unsigned y_labels = dns_name_labels(y->lower);

	if (x_labels != y_labels)
		return x_labels < y_labels ? -1 : 1;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	int order = memcmp(x->lower, y->lower, x->len);

	if (order != 0)
		return order;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* The zone that ENTRY's name lies in, which is made where there is none. NULL:
 * no memory. */
static struct dns_load_zone *
zone_of(const struct entry *entry, struct dns_load_zones *zones)
{
	struct dns_load_zone *zone =
	    dns_load_zones_find(zones, entry->lower, entry->len);
	const uint8_t *apex = entry->name;
	char title[DNS_NAME_TEXT_MAX];

	if (zone != NULL)
		return zone;
	while (apex[0] == 1 && apex[1] == '*')
		apex += 2;
	zone = dns_load_zones_add(zones, dns_name_format(apex, title), apex);
	if (zone != NULL)
		zone->line = entry->line;
	return zone;
}

static bool
add_address(const struct entry *entry, const char *text, uint32_t ttl,
    struct dns_load_zone *zone)
{
	struct dns_load_host *host = calloc(1, sizeof(*host));

	if (host == NULL)
		return false;
	memcpy(host->name, entry->name, entry->len);
	host->name_len = entry->len;
	host->ttl = ttl;
	host->line = entry->line;
	host->is_ipv6 = inet_pton(AF_INET6, text, host->address) == 1;
	if (!host->is_ipv6)
		inet_pton(AF_INET, text, host->address);
	*zone->hosts_end = host;
	zone->hosts_end = &host->next;
	return true;
}

static bool
is_address(const char *text)
{
	uint8_t bytes[sizeof(struct in6_addr)];

	return inet_pton(AF_INET6, text, bytes) == 1 ||
	       inet_pton(AF_INET, text, bytes) == 1;
}

/* Are ENTRY's values right? What is not is told. */
static bool
check_values(struct service_load *load, const struct entry *entry)
{
	struct report *report = conf_report(load->conf);
	const char *file = conf_file(load->conf);
	unsigned count = cfg_size(entry->section, "address");
	unsigned errors = report->errors;
	long ttl = cfg_getint(entry->section, "ttl");

	if (count == 0 &&
	    conf_line(load->conf, entry->section, "address", CONF_KEY) == 0)
		conf_error(report, file, entry->line,
		    "hosts \"%s\" needs an address", cfg_title(entry->section));
	for (unsigned i = 0; i < count; i++)
		if (!is_address(cfg_getnstr(entry->section, "address", i)))
			conf_error(report, file,
			    conf_line(load->conf, entry->section, "address", i),
			    "'address': \"%s\": not an IPv4 or IPv6 address",
			    cfg_getnstr(entry->section, "address", i));
	if (ttl < 0 || ttl > INT32_MAX) /* RFC 2181 §8 */
		conf_error(report, file,
		    conf_line(load->conf, entry->section, "ttl", 0),
		    "'ttl' is from 0 to %d, not %ld", INT32_MAX, ttl);
	return report->errors == errors;
}

static void
take_entry(struct service_load *load, const struct entry *entry,
    struct dns_load_zones *zones)
{
	unsigned count = cfg_size(entry->section, "address");
	uint32_t ttl = (uint32_t)cfg_getint(entry->section, "ttl");

	if (!check_values(load, entry))
		return;
	struct dns_load_zone *zone = zone_of(entry, zones);

	for (unsigned i = 0; zone != NULL && i < count; i++)
		if (!add_address(entry,
		        cfg_getnstr(entry->section, "address", i), ttl, zone))
			zones->is_full = true;
}

static bool
is_twin(const struct entry *a, const struct entry *b)
{
	return a->len == b->len && memcmp(a->lower, b->lower, a->len) == 0;
}

void
dns_load_hosts_read(struct service_load *load, struct dns_load_zones *zones)
{
	unsigned sections = cfg_size(load->section, "hosts");
	struct entry *entries = calloc(sections + 1u, sizeof(entries[0]));
	size_t count = 0;

	for (unsigned i = 0; entries != NULL && i < sections; i++)
		if (fill_entry(load, cfg_getnsec(load->section, "hosts", i),
		        &entries[count]))
			count++;
	if (entries == NULL)
		zones->is_full = true;
	else
		qsort(entries, count, sizeof(entries[0]), compare);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && is_twin(&entries[i - 1], &entries[i]))
			conf_error(conf_report(load->conf),
			    conf_file(load->conf), entries[i].line,
			    "hosts \"%s\" is already there on line %u",
			    cfg_title(entries[i].section), entries[i - 1].line);
		else
			take_entry(load, &entries[i], zones);
	}
	free(entries);
}

/* -------------------------------------------------------------- the zone */

static uint16_t
address_size(const struct dns_load_host *host)
{
	return host->is_ipv6 ? sizeof(struct in6_addr) : sizeof(struct in_addr);
}

void
dns_load_hosts_hash(const struct dns_load_zone *zone, uint64_t content[2])
{
	for (const struct dns_load_host *host = zone->hosts; host != NULL;
	     host = host->next) {
		dns_load_content_add(content, host->name, host->name_len);
		dns_load_content_add(
		    content, host->address, address_size(host));
		dns_load_content_add(content, &host->ttl, sizeof(host->ttl));
	}
}

void
dns_load_hosts_add(const struct dns_load_zone *zone,
    struct dns_load_records *records, struct dns_load_report *report)
{
	for (const struct dns_load_host *host = zone->hosts; host != NULL;
	     host = host->next) {
		const struct dns_load_record record = {
		    .type = host->is_ipv6 ? DNS_TYPE_AAAA : DNS_TYPE_A,
		    .length = address_size(host),
		    .ttl = host->ttl,
		    .line = host->line,
		    .file = DNS_LOAD_REPORT_CONF,
		};

		if (dns_load_records_add(records, host->name, host->name_len,
		        &record, host->address) == DNS_LOAD_ADDED)
			continue;
		/* It was given to the zone that it lies in. */
		dns_load_report_error(report, DNS_LOAD_REPORT_CONF, host->line,
		    "no memory for more records");
		return;
	}
}
