/* dns_load_pointer.c — the PTR records of a reverse zone. Loader process only.
 */
#include "services/dns/dns_load_pointer.h"

#include "services/dns/dns_load_content.h"
#include "services/dns/dns_zone.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

/* The entries of one zone, address by address. */
struct walk {
	const struct dns_load_reverse *reverse;
	const struct dns_load_zone *zone;
	struct dns_arpa arpa;
	size_t from, end; /* its entries */
	/* The address that is reached: entries FIRST to NEXT, of which those
	 * to LAST are kept, and the name that it has in the zone. */
	size_t first, last, next;
	uint8_t owner[DNS_NAME_MAX];
	size_t owner_len;
};

/* ------------------------------------------------------------- its entries */

static int
compare(const struct dns_load_reverse_entry *entry, bool is_ipv6,
    const uint8_t *address)
{
	if ((entry->is_ipv6 != 0) != is_ipv6)
		return is_ipv6 ? -1 : 1;
	return memcmp(entry->address, address, sizeof(entry->address));
}

/* The first entry of ADDRESS or behind it; IS_BEHIND: behind it. */
static size_t
find(const struct dns_load_reverse *reverse, bool is_ipv6,
    const uint8_t *address, bool is_behind)
{
	size_t low = 0, high = reverse->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order =
		    compare(&reverse->entries[middle], is_ipv6, address);

		if (order < 0 || (is_behind && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
open_walk(struct walk *walk, const struct dns_load_reverse *reverse,
    const struct dns_load_zone *zone)
{
	*walk = (struct walk){.reverse = reverse, .zone = zone};
	/* The section's name has been looked at. */
	if (!dns_arpa_read(zone->apex, &walk->arpa))
		return;
	walk->from = find(reverse, walk->arpa.is_ipv6, walk->arpa.first, false);
	walk->end = find(reverse, walk->arpa.is_ipv6, walk->arpa.last, true);
	walk->next = walk->from;
}

/* Goes to the next address whose name no nearer zone has. */
static bool
step(struct walk *walk)
{
	const struct dns_load_reverse_entry *entries = walk->reverse->entries;

	while (walk->next < walk->end) {
		const struct dns_load_reverse_entry *entry =
		    &entries[walk->next];

		walk->first = walk->next;
		while (walk->next < walk->end &&
		       compare(&entries[walk->next], walk->arpa.is_ipv6,
		           entry->address) == 0)
			walk->next++;
		walk->last = walk->next;
		if (walk->last - walk->first > DNS_LOAD_POINTER_MAX)
			walk->last = walk->first + DNS_LOAD_POINTER_MAX;
		walk->owner_len =
		    dns_arpa_write(walk->arpa.is_ipv6, entry->address,
		        walk->arpa.is_classless ? walk->zone->apex : NULL,
		        walk->owner);
		if (dns_load_zones_find(walk->reverse->zones, walk->owner,
		        walk->owner_len) == walk->zone)
			return true;
	}
	return false;
}

static uint32_t
smallest_ttl(const struct walk *walk)
{
	uint32_t ttl = UINT32_MAX;

	for (size_t i = walk->first; i < walk->last; i++)
		if (walk->reverse->entries[i].ttl < ttl)
			ttl = walk->reverse->entries[i].ttl;
	return ttl;
}

/* Writes the name that entry NUMBER is of, as its zone spells it; returns its
 * length. */
static size_t
put_name(const struct walk *walk, size_t number, uint8_t out[DNS_NAME_MAX])
{
	const struct dns_load_reverse *reverse = walk->reverse;
	const struct dns_load_reverse_entry *entry = &reverse->entries[number];
	const struct dns_load_zone *zone = reverse->zones->list[entry->zone];
	const struct dns_zone *block =
	    image_writer_at(reverse->image, zone->block);
	const struct dns_node *node = dns_zone_node(block, entry->node);

	memcpy(out, dns_node_spelling(node), node->name_len);
	memcpy(out + node->name_len, zone->apex, zone->apex_len);
	return (size_t)node->name_len + zone->apex_len;
}

void
dns_load_pointer_hash(const struct dns_load_reverse *reverse,
    const struct dns_load_zone *zone, uint64_t content[2])
{
	struct walk walk;
	uint8_t name[DNS_NAME_MAX];

	open_walk(&walk, reverse, zone);
	dns_load_content_add(content, "reverse", strlen("reverse"));
	while (step(&walk)) {
		uint32_t ttl = smallest_ttl(&walk);

		dns_load_content_add(content, walk.owner, walk.owner_len);
		dns_load_content_add(content, &ttl, sizeof(ttl));
		for (size_t i = walk.first; i < walk.last; i++)
			dns_load_content_add(
			    content, name, put_name(&walk, i, name));
	}
}

/* ------------------------------------------------------- beside its file's */

/* Has OWNER an NS or a DNAME, so that nothing can be put below it? */
static bool
is_cut(const struct dns_load_records *records,
    const struct dns_load_owner *owner, bool is_apex)
{
	size_t at = dns_load_records_first(records, owner);

	for (uint32_t left = owner->count; left > 0; left--) {
		unsigned type = dns_load_records_at(records, at)->type;

		if (type == DNS_TYPE_DNAME || (type == DNS_TYPE_NS && !is_apex))
			return true;
		at = dns_load_records_next(records, at);
	}
	return false;
}

/* Marks the entries in TAKEN that OWNER stands for, or that would lie below its
 * cut. */
static void
take(const struct walk *walk, const struct dns_load_records *records,
    const struct dns_load_owner *owner, bool *taken)
{
	const struct dns_load_name *name =
	    dns_load_records_name(records, owner);
	uint8_t whole[DNS_NAME_MAX];
	struct dns_arpa arpa;

	dns_name_lower(whole, dns_load_name_spelling(name), name->name_len);
	memcpy(whole + name->name_len, records->apex, records->apex_len);
	if (!dns_arpa_read(whole, &arpa) ||
	    arpa.is_classless != walk->arpa.is_classless)
		return;
	if (memcmp(arpa.first, arpa.last, sizeof(arpa.first)) != 0 &&
	    !is_cut(records, owner, name->labels == 0))
		return;
	size_t from = find(walk->reverse, arpa.is_ipv6, arpa.first, false);
	size_t end = find(walk->reverse, arpa.is_ipv6, arpa.last, true);

	if (from < end)
		memset(taken + (from - walk->from), true, end - from);
}

/* false: no memory, as told. */
static bool
add_names(const struct walk *walk, struct dns_load_records *records,
    struct dns_load_report *report)
{
	uint8_t name[DNS_NAME_MAX];
	uint32_t ttl = smallest_ttl(walk);

	for (size_t i = walk->first; i < walk->last; i++) {
		const struct dns_load_record record = {
		    .type = DNS_TYPE_PTR,
		    .length = (uint16_t)put_name(walk, i, name),
		    .ttl = ttl,
		    .line = report->conf_line,
		    .file = DNS_LOAD_REPORT_CONF,
		};

		if (dns_load_records_add(records, walk->owner, walk->owner_len,
		        &record, name) == DNS_LOAD_ADDED)
			continue;
		dns_load_report_error(report, DNS_LOAD_REPORT_CONF, 0,
		    "no memory for more records");
		return false;
	}
	return true;
}

static void
warn_of_many(const struct walk *walk, struct dns_load_report *report)
{
	const struct dns_load_reverse_entry *entry =
	    &walk->reverse->entries[walk->first];
	char text[INET6_ADDRSTRLEN];

	if (walk->next > walk->last)
		dns_load_report_warning(report, DNS_LOAD_REPORT_CONF, 0,
		    "%s has %zu names: its PTR records are the first %d",
		    inet_ntop(walk->arpa.is_ipv6 ? AF_INET6 : AF_INET,
		        entry->address, text, sizeof(text)),
		    walk->next - walk->first, DNS_LOAD_POINTER_MAX);
}

void
dns_load_pointer_add(const struct dns_load_reverse *reverse,
    const struct dns_load_zone *zone, struct dns_load_records *records,
    struct dns_load_report *report)
{
	struct walk walk;

	open_walk(&walk, reverse, zone);
	bool *taken = calloc(walk.end - walk.from + 1, sizeof(taken[0]));

	if (taken == NULL) {
		dns_load_report_error(
		    report, DNS_LOAD_REPORT_CONF, 0, "not enough memory");
		return;
	}
	for (size_t i = 0; i < records->owner_count; i++)
		take(&walk, records, &records->owners[i], taken);
	while (step(&walk)) {
		if (taken[walk.first - walk.from])
			continue;
		warn_of_many(&walk, report);
		if (!add_names(&walk, records, report))
			break;
	}
	free(taken);
}
