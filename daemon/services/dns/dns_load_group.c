/* dns_load_group.c — all records of one name. Loader process only. */
#include "services/dns/dns_load_group.h"

#include "services/dns/dns_dnssec.h"
#include "services/dns/dns_load_rdata.h"

#include <stdlib.h>
#include <string.h>

enum {
	FEW = 16, /* so many are sorted and compared pair by pair */
};

static bool
make_room(struct dns_load_group *group, size_t count)
{
	size_t cap = group->cap == 0 ? 64 : group->cap;

	if (count <= group->cap)
		return true;
	while (cap < count)
		cap *= 2;
	const struct dns_load_record **records =
	    realloc(group->records, cap * sizeof(records[0]));

	if (records == NULL)
		return false;
	group->records = records;
	const struct dns_load_record **other =
	    realloc(group->other, cap * sizeof(other[0]));

	if (other == NULL)
		return false;
	group->other = other;
	group->cap = cap;
	return true;
}

/* What records are sorted by: types, and signatures by what they cover. */
static uint32_t
key_of(const struct dns_load_record *record)
{
	uint32_t key = (uint32_t)record->type << 16;

	if (record->type == DNS_TYPE_RRSIG)
		key |= dns_dnssec_covered(dns_load_record_rdata(record));
	return key;
}

static void
sort_few(struct dns_load_group *group)
{
	for (size_t end = 1; end < group->count; end++) {
		const struct dns_load_record *record = group->records[end];
		uint32_t key = key_of(record);
		size_t i = end;

		for (; i > 0 && key_of(group->records[i - 1]) > key; i--)
			group->records[i] = group->records[i - 1];
		group->records[i] = record;
	}
}

/* One pass of a radix sort by a byte of the key. */
static void
sort_pass(struct dns_load_group *group, unsigned shift)
{
	size_t starts[257] = {0};

	for (size_t i = 0; i < group->count; i++)
		starts[(key_of(group->records[i]) >> shift & 255) + 1]++;
	for (unsigned i = 1; i < 257; i++)
		starts[i] += starts[i - 1];
	for (size_t i = 0; i < group->count; i++) {
		unsigned byte = key_of(group->records[i]) >> shift & 255;

		group->other[starts[byte]++] = group->records[i];
	}
	const struct dns_load_record **sorted = group->other;

	group->other = group->records;
	group->records = sorted;
}

static size_t
first_signature(const struct dns_load_group *group)
{
	size_t at = 0;

	while (at < group->count && group->records[at]->type < DNS_TYPE_RRSIG)
		at++;
	return at;
}

bool
dns_load_group_fill(struct dns_load_group *group,
    const struct dns_load_records *records, size_t first, size_t end)
{
	size_t count = 0, filled = 0;

	for (size_t i = first; i < end; i++)
		count += records->owners[i].count;
	if (!make_room(group, count))
		return false;
	for (size_t i = first; i < end; i++) {
		const struct dns_load_owner *owner = &records->owners[i];
		size_t at = dns_load_records_first(records, owner);

		for (uint32_t n = 0; n < owner->count; n++) {
			group->records[filled++] =
			    dns_load_records_at(records, at);
			at = dns_load_records_next(records, at);
		}
	}
	group->count = count;
	if (count <= FEW)
		sort_few(group);
	else
		for (unsigned shift = 0; shift < 32; shift += 8)
			sort_pass(group, shift);
	group->signatures = first_signature(group);
	return true;
}

const struct dns_load_record *
dns_load_group_find(const struct dns_load_group *group, uint16_t type)
{
	for (size_t i = 0; i < group->count; i++)
		if (group->records[i]->type == type)
			return group->records[i];
	return NULL;
}

/* Is record AT an RRSIG? */
static bool
is_signature(const struct dns_load_group *group, size_t at)
{
	return at < group->count && group->records[at]->type == DNS_TYPE_RRSIG;
}

size_t
dns_load_group_covering(
    const struct dns_load_group *group, size_t at, unsigned type)
{
	while (is_signature(group, at) &&
	       dns_dnssec_covered(dns_load_record_rdata(group->records[at])) <
	           type)
		at++;
	return at;
}

size_t
dns_load_group_covering_end(
    const struct dns_load_group *group, size_t at, unsigned type)
{
	while (is_signature(group, at) &&
	       dns_dnssec_covered(dns_load_record_rdata(group->records[at])) ==
	           type)
		at++;
	return at;
}

static bool
is_same(const struct dns_load_record *a, const struct dns_load_record *b)
{
	return dns_load_rdata_is_same(a->type, dns_load_record_rdata(a),
	    a->length, dns_load_record_rdata(b), b->length);
}

static size_t
unique_few(struct dns_load_group *group, size_t start, size_t end)
{
	size_t kept = start;

	for (size_t i = start; i < end; i++) {
		size_t j = start;

		while (
		    j < kept && !is_same(group->records[j], group->records[i]))
			j++;
		if (j == kept)
			group->records[kept++] = group->records[i];
	}
	return kept;
}

/* Equal data has equal hashes: case is folded everywhere, even where it would
 * count, which costs a comparison now and then. */
static uint64_t
hash_of(const struct dns_load_record *record)
{
	uint8_t lower[256];
	const uint8_t *rdata = dns_load_record_rdata(record);
	uint64_t hash = 0;

	for (size_t at = 0; at < record->length; at += sizeof(lower)) {
		size_t len = record->length - at;

		if (len > sizeof(lower))
			len = sizeof(lower);
		dns_name_lower(lower, rdata + at, len);
		hash = hash * 31 + dns_name_hash(lower, len);
	}
	return hash;
}

/* A million equal records must not take a million squared comparisons. */
static size_t
unique_many(struct dns_load_group *group, size_t start, size_t end)
{
	size_t kept = start, mask = group->seen_cap - 1;

	memset(group->seen, 0, group->seen_cap * sizeof(group->seen[0]));
	for (size_t i = start; i < end; i++) {
		const struct dns_load_record *record = group->records[i];
		size_t slot = (size_t)hash_of(record) & mask;

		while (group->seen[slot] != 0 &&
		       !is_same(group->records[group->seen[slot] - 1], record))
			slot = (slot + 1) & mask;
		if (group->seen[slot] != 0)
			continue;
		group->records[kept] = record;
		group->seen[slot] = (uint32_t)++kept;
	}
	return kept;
}

size_t
dns_load_group_unique(struct dns_load_group *group, size_t start, size_t end)
{
	if (end - start <= FEW)
		return unique_few(group, start, end);
	size_t cap = group->seen_cap == 0 ? 64 : group->seen_cap;

	while (cap < 2 * (end - start))
		cap *= 2;
	if (cap != group->seen_cap) {
		free(group->seen);
		group->seen = malloc(cap * sizeof(group->seen[0]));
		group->seen_cap = group->seen == NULL ? 0 : cap;
		if (group->seen == NULL)
			return 0;
	}
	return unique_many(group, start, end);
}

void
dns_load_group_close(struct dns_load_group *group)
{
	free(group->records);
	free(group->other);
	free(group->seen);
	*group = (struct dns_load_group){0};
}
