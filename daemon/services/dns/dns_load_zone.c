/* dns_load_zone.c — one zone → its block. Loader process only. */
#include "services/dns/dns_load_zone.h"

#include "services/dns/dns_load_build.h"
#include "services/dns/dns_load_content.h"
#include "services/dns/dns_load_file.h"
#include "services/dns/dns_load_hosts.h"
#include "services/dns/dns_load_made.h"
#include "services/dns/dns_load_pointer.h"
#include "services/dns/dns_load_text.h"

#include <assert.h>
#include <string.h>

/* One zone at work. */
struct work {
	const struct dns_load_zone_context *context;
	const struct dns_load_zone *zone;
	const struct dns_zone *old; /* NULL: none that is good */
	/* Of what the configuration adds to the zone's file; then of all. */
	uint64_t content[2];
	bool is_extended; /* beyond its file: DNS_ZONE_EXTENDED */
	struct dns_load_report report;
	struct dns_load_records records;
};

/* Does the configuration add records of its own? */
static bool
has_additions(const struct dns_load_zone *zone)
{
	return zone->hosts != NULL || zone->is_reverse;
}

static void
hash_additions(struct work *work)
{
	dns_load_hosts_hash(work->zone, work->content);
	if (work->zone->is_reverse)
		dns_load_pointer_hash(
		    work->context->reverse, work->zone, work->content);
}

/* Was OLD made from the same, and does that still hold the same? */
static bool
is_unchanged(const struct work *work)
{
	const struct dns_zone *old = work->old;
	const char *path = (const char *)dns_zone_at(old, old->files);
	const char *end = path + old->files_len;
	uint64_t content[2] = {work->content[0], work->content[1]};

	if (work->zone->path == NULL
	        ? old->files_len > 0
	        : old->files_len == 0 || strcmp(path, work->zone->path) != 0)
		return false;
	for (; path < end; path += strlen(path) + 1) {
		struct dns_load_file file;

		if (dns_load_file_read(path, 0, &file) != NULL)
			return false;
		dns_load_content_add(content, file.text, file.len);
		dns_load_file_release(&file);
	}
	return memcmp(content, old->content, sizeof(content)) == 0;
}

static size_t
copy(struct image_writer *image, const struct dns_zone *old)
{
	size_t at = image_writer_reserve(image, old->size, DNS_ZONE_ALIGN);

	if (at != SIZE_MAX)
		memcpy(image_writer_at(image, at), old, old->size);
	return at;
}

static size_t
put_stub(struct image_writer *image, const struct dns_load_zone *zone)
{
	size_t at =
	    image_writer_reserve(image, DNS_LOAD_BUILD_STUB, DNS_ZONE_ALIGN);

	if (at != SIZE_MAX)
		dns_load_build_stub(
		    image_writer_at(image, at), zone->apex, zone->apex_len);
	return at;
}

/* ------------------------------------------------------------- its records */

/* A serial that secondaries take for newer: the time, mostly. */
static uint32_t
new_serial(const struct work *work)
{
	uint32_t now = work->context->now;

	if (work->old == NULL ||
	    dns_load_made_is_greater(now, work->old->serial))
		return now;
	return work->old->serial + 1;
}

/* The file's serial says nothing of what the configuration adds, or has added.
 */
static void
raise_serial(struct work *work)
{
	const struct dns_load_record *soa = dns_load_made_soa(&work->records);

	if (soa == NULL || work->old == NULL ||
	    dns_load_made_is_greater(
	        dns_load_made_serial(soa), work->old->serial))
		return;
	dns_load_made_set_serial(&work->records, work->old->serial + 1);
	work->is_extended = true;
}

/* What the configuration has added to the file lies in the old block, and no
 * signature is in the way. */
static bool
was_extended(const struct work *work)
{
	return work->old != NULL && work->zone->path != NULL &&
	       (work->old->flags & DNS_ZONE_EXTENDED) != 0 &&
	       !dns_load_made_is_signed(&work->records);
}

/* Adds what the configuration says to what the file has. */
static void
add(struct work *work)
{
	const struct dns_load_zone *zone = work->zone;

	if (zone->path == NULL)
		dns_load_made_add_apex(
		    &work->records, &work->report, new_serial(work));
	else if (dns_load_made_is_signed(&work->records))
		dns_load_report_error(&work->report, DNS_LOAD_REPORT_CONF,
		    zone->line,
		    "its file is signed: what hosts or reverse would add has "
		    "no signature");
	else
		raise_serial(work);
	work->is_extended = zone->path != NULL;
	/* Before the hosts: a name that they give an address has PTR records
	 * all the same. */
	if (zone->is_reverse)
		dns_load_pointer_add(work->context->reverse, zone,
		    &work->records, &work->report);
	dns_load_hosts_add(zone, &work->records, &work->report);
}

/* ------------------------------------------------------------ a new block */

static const struct dns_zone *
block_at(const struct work *work, size_t at)
{
	return image_writer_at(work->context->image, at);
}

/* Do A and B have the same records? Blocks are made in one way only; in front
 * of the files lies all that counts. */
static bool
is_same_data(const struct dns_zone *a, const struct dns_zone *b)
{
	size_t from = sizeof(*a);

	return a->files == b->files && a->node_count == b->node_count &&
	       memcmp(dns_zone_at(a, from), dns_zone_at(b, from),
	           a->files - from) == 0;
}

/* Who forgets the serial hears of it now, and not by what secondaries do not
 * have (RFC 1982). */
static void
check_serial(struct work *work, size_t at)
{
	const struct dns_load_record *soa = dns_load_made_soa(&work->records);
	const struct dns_zone *block = block_at(work, at);

	if (soa == NULL || work->old == NULL ||
	    dns_load_made_is_greater(block->serial, work->old->serial) ||
	    is_same_data(block, work->old))
		return;
	dns_load_report_warning(&work->report, soa->file, soa->line,
	    "has changed, but its serial %u has not grown from %u: secondaries "
	    "will not see it (RFC 1982)",
	    block->serial, work->old->serial);
}

/* A name that is in no answer although the configuration says so. */
static void
check_hosts(struct work *work, size_t at)
{
	const struct dns_zone *block = block_at(work, at);
	const unsigned hidden = DNS_NODE_OCCLUDED | DNS_NODE_DELEGATION;
	char text[DNS_NAME_TEXT_MAX];

	for (const struct dns_load_host *host = work->zone->hosts; host != NULL;
	     host = host->next) {
		uint8_t name[DNS_NAME_MAX];

		dns_name_lower(name, host->name, host->name_len);
		const struct dns_node *node =
		    dns_zone_find(block, name, host->name_len);

		if (node != NULL && (node->flags & hidden) != 0)
			dns_load_report_warning(&work->report,
			    DNS_LOAD_REPORT_CONF, host->line,
			    "hosts \"%s\" is not answered: the zone delegates "
			    "that name",
			    dns_name_format(host->name, text));
	}
}

/* Builds the block in its place, which is as long as it can get at the worst,
 * and gives back what is left. */
static size_t
put_block(struct work *work)
{
	struct image_writer *image = work->context->image;
	size_t size =
	    (size_t)dns_load_build_size(&work->records, &work->report);
	size_t at = image_writer_reserve(image, size, DNS_ZONE_ALIGN);

	if (at == SIZE_MAX) {
		dns_load_report_error(&work->report, 0, 0, "not enough memory");
		return SIZE_MAX;
	}
	struct dns_zone *block = image_writer_at(image, at);
	size_t used = dns_load_build(
	    &work->records, &work->report, work->content, (uint8_t *)block);

	assert(used <= size);
	if (used > 0 && work->is_extended)
		block->flags |= DNS_ZONE_EXTENDED;
	image_writer_trim(image, at + used);
	return used == 0 ? SIZE_MAX : at;
}

/* Makes the block from the zone's files and the configuration; SIZE_MAX:
 * broken, as told. */
static size_t
build(struct work *work)
{
	const struct dns_load_zone *zone = work->zone;
	size_t at = SIZE_MAX;

	dns_load_records_open(&work->records, zone->apex, zone->apex_len);
	if (zone->path != NULL)
		dns_load_text_read(
		    zone->path, &work->records, &work->report, work->content);
	if (has_additions(zone))
		add(work);
	else if (was_extended(work))
		raise_serial(work);
	/* Its rules are looked at even where some lines could not be read,
	 * so that all mistakes are told at once; but not where there is no
	 * file at all. */
	if (work->report.errors == 0 || work->records.owner_count > 0)
		at = put_block(work);
	if (at != SIZE_MAX && work->report.errors > 0) {
		image_writer_trim(work->context->image, at);
		at = SIZE_MAX;
	}
	if (at != SIZE_MAX) {
		check_serial(work, at);
		check_hosts(work, at);
	}
	dns_load_records_close(&work->records);
	dns_load_report_close(&work->report);
	return at;
}

size_t
dns_load_zone(const struct dns_load_zone_context *context,
    const struct dns_load_zone *zone, const struct dns_zone *old)
{
	bool is_good = old != NULL && (old->flags & DNS_ZONE_FAILED) == 0;
	struct work work = {
	    .context = context,
	    .zone = zone,
	    .old = is_good ? old : NULL,
	    .report =
	        {
	            .report = context->report,
	            .zone = zone->title,
	            .conf = context->conf,
	            .conf_line = zone->line,
	        },
	};

	if (zone->is_wrong)
		return put_stub(context->image, zone);
	hash_additions(&work);
	if (is_good && is_unchanged(&work))
		return copy(context->image, old);
	size_t at = build(&work);

	if (at != SIZE_MAX)
		return at;
	return is_good ? copy(context->image, old)
	               : put_stub(context->image, zone);
}
