/* dns_load_records.c — one zone's records as read. Loader process only. */
#include "services/dns/dns_load_records.h"

#include "services/dns/dns_dnssec.h"
#include "services/dns/dns_zone.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* An escaped byte takes two, a label ends in one. */
	KEY_MAX = 2 * DNS_NAME_MAX,
	FIRST_CAP = 1 << 16,
};

/* Offsets have 32 bits; what is read is larger than what is made of it, but
 * for its padding. */
static const uint64_t size_limit = UINT32_MAX - (1 << 20);

void
dns_load_records_open(
    struct dns_load_records *records, const uint8_t *apex, size_t apex_len)
{
	*records = (struct dns_load_records){.apex_len = apex_len};
	memcpy(records->apex, apex, apex_len);
	records->size_max = 2 * sizeof(struct dns_zone);
	records->node_max = 1;
}

void
dns_load_records_close(struct dns_load_records *records)
{
	free(records->bytes);
	free(records->owners);
	records->bytes = NULL;
	records->owners = NULL;
}

/* Room for SIZE more bytes; realloc moves large pieces by their page tables,
 * so that doubling copies next to nothing. */
static bool
make_room(struct dns_load_records *records, size_t size)
{
	size_t cap = records->cap == 0 ? FIRST_CAP : records->cap;

	if (size <= records->cap - records->used)
		return true;
	if (records->used + size > size_limit)
		return false;
	while (cap - records->used < size)
		cap *= 2;
	uint8_t *bytes = realloc(records->bytes, cap);

	if (bytes == NULL)
		return false;
	records->bytes = bytes;
	records->cap = cap;
	return true;
}

/* The labels of NAME, outermost first, each followed by 0; 0 and 1 within a
 * label become 1,1 and 1,2, so that bytes compare as RFC 4034 §6.1 says. */
static size_t
make_key(uint8_t *out, const uint8_t *name, size_t name_len, uint8_t *labels)
{
	uint8_t starts[DNS_LABEL_COUNT_MAX];
	unsigned count = 0;
	size_t len = 0;

	for (size_t i = 0; i < name_len; i += 1 + (size_t)name[i])
		starts[count++] = (uint8_t)i;
	*labels = (uint8_t)count;
	while (count > 0) {
		const uint8_t *label = name + starts[--count];

		for (unsigned i = 1; i <= *label; i++) {
			uint8_t byte = dns_name_lower_byte(label[i]);

			if (byte <= 1) {
				out[len++] = 1;
				byte++;
			}
			out[len++] = byte;
		}
		out[len++] = 0;
	}
	return len;
}

static uint64_t
prefix_of(const uint8_t *key, size_t len)
{
	uint64_t prefix = 0;

	for (size_t i = 0; i < sizeof(prefix); i++)
		prefix = prefix << 8 | (i < len ? key[i] : 0);
	return prefix;
}

static struct dns_load_owner *
new_owner(struct dns_load_records *records)
{
	if (records->owner_count == records->owner_cap) {
		size_t cap =
		    records->owner_cap == 0 ? 1024 : 2 * records->owner_cap;
		struct dns_load_owner *owners =
		    realloc(records->owners, cap * sizeof(owners[0]));

		if (owners == NULL)
			return NULL;
		records->owners = owners;
		records->owner_cap = cap;
	}
	return &records->owners[records->owner_count++];
}

/* What OWNER's nodes, and those of its ancestors, may take: names twice (in
 * lower case and as spelled), order, slot, proofs and what aligning wastes. */
static void
count_owner(struct dns_load_records *records, size_t name_len, unsigned labels)
{
	uint64_t nodes = labels == 0 ? 1 : labels;

	records->node_max += nodes;
	records->size_max +=
	    nodes * (DNS_ZONE_ALIGN + sizeof(struct dns_node) + 2 * name_len +
	                2 * sizeof(uint32_t) + 3 * sizeof(struct dns_slot) +
	                sizeof(struct dns_node_proof));
}

static bool
add_owner(struct dns_load_records *records, const uint8_t *owner, size_t len)
{
	size_t name_len = len - records->apex_len;
	uint8_t labels;
	size_t size = sizeof(struct dns_load_name) + KEY_MAX + DNS_NAME_MAX + 4;

	if (!make_room(records, size))
		return false;
	struct dns_load_owner *added = new_owner(records);

	if (added == NULL)
		return false;
	uint8_t *at = records->bytes + records->used;
	uint8_t *key = at + sizeof(struct dns_load_name);
	size_t key_len = make_key(key, owner, name_len, &labels);

	*(struct dns_load_name *)(void *)at = (struct dns_load_name){
	    .key_len = (uint16_t)key_len,
	    .name_len = (uint8_t)name_len,
	    .labels = labels,
	};
	memcpy(key + key_len, owner, name_len);
	*added = (struct dns_load_owner){
	    .prefix = prefix_of(key, key_len),
	    .at = (uint32_t)records->used,
	};
	records->used = dns_load_records_first(records, added);
	memcpy(records->last, owner, len);
	records->last_len = len;
	count_owner(records, name_len, labels);
	return true;
}

/* Counts RECORD, and what it may take: an RRset of its own, with two names to
 * fix and to find; and where it signs the SOA, once more in negative answers.
 */
static void
count_record(struct dns_load_records *records,
    const struct dns_load_record *record, const uint8_t *rdata)
{
	records->size_max += sizeof(struct dns_rrset) + 12 + record->length +
	                     2 * sizeof(struct dns_fix) +
	                     sizeof(struct dns_target) + 8;
	records->rrsig_count += record->type == DNS_TYPE_RRSIG;
	records->nsec3_count += record->type == DNS_TYPE_NSEC3;
	if (record->type == DNS_TYPE_RRSIG &&
	    dns_dnssec_covered(rdata) == DNS_TYPE_SOA)
		records->size_max += 12 + record->length;
}

/* NAME ends in the apex, and there between two labels. */
static bool
is_inside(
    const struct dns_load_records *records, const uint8_t *name, size_t len)
{
	size_t at = 0;

	while (len - at > records->apex_len)
		at += 1 + (size_t)name[at];
	return len - at == records->apex_len &&
	       dns_name_is_equal(name + at, records->apex, records->apex_len);
}

enum dns_load_added
dns_load_records_add(struct dns_load_records *records, const uint8_t *owner,
    size_t owner_len, const struct dns_load_record *record,
    const uint8_t *rdata)
{
	if (owner_len != records->last_len ||
	    memcmp(owner, records->last, owner_len) != 0) {
		if (!is_inside(records, owner, owner_len))
			return DNS_LOAD_OUTSIDE;
		if (!add_owner(records, owner, owner_len))
			return DNS_LOAD_NO_SPACE;
	}
	size_t size = sizeof(*record) + record->length;

	if (!make_room(records, size + 3))
		return DNS_LOAD_NO_SPACE;
	uint8_t *at = records->bytes + records->used;

	memcpy(at, record, sizeof(*record));
	memcpy(at + sizeof(*record), rdata, record->length);
	records->used = (records->used + size + 3) & ~(size_t)3;
	records->owners[records->owner_count - 1].count++;
	count_record(records, record, rdata);
	if (records->size_max > size_limit)
		return DNS_LOAD_NO_SPACE;
	return DNS_LOAD_ADDED;
}

bool
dns_load_records_is_same(const struct dns_load_records *records,
    const struct dns_load_owner *a, const struct dns_load_owner *b)
{
	/* Equal names stay together while they are sorted, so that both have
	 * gone on to the same bytes. */
	if (a->prefix != b->prefix)
		return false;
	const struct dns_load_name *x = dns_load_records_name(records, a);
	const struct dns_load_name *y = dns_load_records_name(records, b);

	return x->key_len == y->key_len &&
	       memcmp(dns_load_name_key(x), dns_load_name_key(y), x->key_len) ==
	           0;
}

size_t
dns_load_records_name_end(const struct dns_load_records *records, size_t first)
{
	size_t end = first + 1;

	while (end < records->owner_count &&
	       dns_load_records_is_same(
	           records, &records->owners[first], &records->owners[end]))
		end++;
	return end;
}

size_t
dns_load_records_find(const struct dns_load_records *records,
    const struct dns_load_owner *owner, uint16_t type)
{
	size_t at = dns_load_records_first(records, owner);

	for (uint32_t left = owner->count; left > 0; left--) {
		if (dns_load_records_at(records, at)->type == type)
			return at;
		at = dns_load_records_next(records, at);
	}
	return 0;
}
