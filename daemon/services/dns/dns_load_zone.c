/* dns_load_zone.c — one zone → its block. Loader process only. */
#include "services/dns/dns_load_zone.h"

#include "services/dns/dns_load_build.h"
#include "services/dns/dns_load_file.h"
#include "services/dns/dns_load_text.h"

#include <assert.h>
#include <string.h>

/* Do the files that OLD was made of still hold the same? */
static bool
is_unchanged(const struct dns_load_zone *zone, const struct dns_zone *old)
{
	const char *path = (const char *)dns_zone_at(old, old->files);
	const char *end = path + old->files_len;
	uint64_t content[2] = {0};

	if (old->files_len == 0 || strcmp(path, zone->path) != 0)
		return false;
	for (; path < end; path += strlen(path) + 1) {
		struct dns_load_file file;

		if (dns_load_file_read(path, &file) != NULL)
			return false;
		dns_load_file_hash(&file, content);
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

/* Builds the block in its place, which is as long as it can get at the worst,
 * and gives back what is left. */
static size_t
put_block(struct image_writer *image, struct dns_load_records *records,
    struct dns_load_report *report, const uint64_t content[2])
{
	size_t size = (size_t)dns_load_build_size(records, report);
	size_t at = image_writer_reserve(image, size, DNS_ZONE_ALIGN);

	if (at == SIZE_MAX) {
		dns_load_report_error(report, 0, 0, "not enough memory");
		return SIZE_MAX;
	}
	size_t used = dns_load_build(
	    records, report, content, image_writer_at(image, at));

	assert(used <= size);
	image_writer_trim(image, at + used);
	return used == 0 ? SIZE_MAX : at;
}

/* Reads the zone's files; SIZE_MAX: broken, as told. */
static size_t
read_zone(const struct dns_load_zone *zone, struct image_writer *image,
    struct report *report)
{
	struct dns_load_report problems = {
	    .report = report,
	    .zone = zone->title,
	};
	struct dns_load_records records;
	uint64_t content[2] = {0};
	size_t at = SIZE_MAX;

	dns_load_records_open(&records, zone->apex, zone->apex_len);
	dns_load_text_read(zone->path, &records, &problems, content);
	/* Its rules are looked at even where some lines could not be read,
	 * so that all mistakes are told at once; but not where there is no
	 * file at all. */
	if (problems.errors == 0 || records.owner_count > 0)
		at = put_block(image, &records, &problems, content);
	dns_load_records_close(&records);
	if (at != SIZE_MAX && problems.errors > 0) {
		image_writer_trim(image, at);
		at = SIZE_MAX;
	}
	dns_load_report_close(&problems);
	return at;
}

size_t
dns_load_zone(const struct dns_load_zone *zone, const struct dns_zone *old,
    struct image_writer *image, struct report *report)
{
	bool is_good = old != NULL && (old->flags & DNS_ZONE_FAILED) == 0;

	if (zone->is_wrong)
		return put_stub(image, zone);
	if (is_good && is_unchanged(zone, old))
		return copy(image, old);
	size_t at = read_zone(zone, image, report);

	if (at != SIZE_MAX)
		return at;
	return is_good ? copy(image, old) : put_stub(image, zone);
}
