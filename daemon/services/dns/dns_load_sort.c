/*
 * dns_load_sort.c — canonical order by a natural merge sort: zone files are
 * mostly in order, or made of a few ordered runs (host1 … host9, host10 …), and
 * each run costs nothing to find and little to merge. Stable. Loader process
 * only.
 *
 * Eight bytes of the key are compared at a time, as the numbers beside the
 * owners: only names that agree in them are looked at in memory, once each for
 * their next eight. A file in no order at all then costs a few cache misses a
 * name, not twenty.
 */
#include "services/dns/dns_load_sort.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* Shorter runs are made this long by insertion first: a file in no
	 * order at all then takes five passes less. */
	RUN_MIN = 32,
	CHUNK = sizeof(uint64_t),
};

/* The end of the ordered run that begins at START. */
static size_t
run_end(const struct dns_load_owner *owners, size_t start, size_t count)
{
	size_t end = start + 1;

	while (end < count && owners[end - 1].prefix <= owners[end].prefix)
		end++;
	return end;
}

/* Puts owners END … LIMIT into the ordered ones from START. */
static void
insert(struct dns_load_owner *owners, size_t start, size_t end, size_t limit)
{
	for (; end < limit; end++) {
		struct dns_load_owner owner = owners[end];
		size_t i = end;

		for (; i > start && owners[i - 1].prefix > owner.prefix; i--)
			owners[i] = owners[i - 1];
		owners[i] = owner;
	}
}

static void
lengthen_runs(struct dns_load_owner *owners, size_t count)
{
	for (size_t start = 0; start < count;) {
		size_t end = run_end(owners, start, count);
		size_t limit =
		    count - start < RUN_MIN ? count : start + RUN_MIN;

		if (end < limit) {
			insert(owners, start, end, limit);
			end = limit;
		}
		start = end;
	}
}

static void
merge(const struct dns_load_owner *from, struct dns_load_owner *to,
    size_t start, size_t middle, size_t end)
{
	size_t a = start, b = middle, out = start;

	while (a < middle && b < end) {
		if (from[b].prefix < from[a].prefix)
			to[out++] = from[b++];
		else
			to[out++] = from[a++];
	}
	memcpy(to + out, from + a, (middle - a) * sizeof(from[0]));
	out += middle - a;
	memcpy(to + out, from + b, (end - b) * sizeof(from[0]));
}

/* Merges neighbouring runs of FROM, which has one at least, to TO. False when
 * one run is all. */
static bool
merge_runs(
    const struct dns_load_owner *from, struct dns_load_owner *to, size_t count)
{
	for (size_t start = 0, end; start < count; start = end) {
		size_t middle = run_end(from, start, count);

		if (start == 0 && middle == count)
			return false;
		end = middle < count ? run_end(from, middle, count) : middle;
		merge(from, to, start, middle, end);
	}
	return true;
}

/* Sorts COUNT owners by their prefixes. SPARE is as long. */
static void
sort_prefixes(
    struct dns_load_owner *owners, struct dns_load_owner *spare, size_t count)
{
	struct dns_load_owner *from = owners, *to = spare;

	lengthen_runs(owners, count);
	while (merge_runs(from, to, count)) {
		struct dns_load_owner *merged = to;

		to = from;
		from = merged;
	}
	if (from != owners)
		memcpy(owners, from, count * sizeof(owners[0]));
}

/* Makes the prefixes of COUNT owners the bytes of their keys from DEPTH on.
 * False where no key is that long: they are the same name. */
static bool
load_prefixes(const struct dns_load_records *records,
    struct dns_load_owner *owners, size_t count, size_t depth)
{
	bool is_longer = false;

	for (size_t i = 0; i < count; i++) {
		const struct dns_load_name *name =
		    dns_load_records_name(records, &owners[i]);
		const uint8_t *key = dns_load_name_key(name);
		uint64_t prefix = 0;

		for (size_t at = depth; at < depth + CHUNK; at++)
			prefix =
			    prefix << 8 | (at < name->key_len ? key[at] : 0);
		owners[i].prefix = prefix;
		is_longer |= name->key_len > depth;
	}
	return is_longer;
}

/* Sorts owners whose keys agree before DEPTH, and whose prefixes are the bytes
 * from there. Calls itself at most once for every eight bytes of a name. */
static void
sort_from(const struct dns_load_records *records, struct dns_load_owner *owners,
    struct dns_load_owner *spare, size_t count, size_t depth)
{
	sort_prefixes(owners, spare, count);
	for (size_t start = 0, end; start < count; start = end) {
		for (end = start + 1;
		     end < count && owners[end].prefix == owners[start].prefix;
		     end++)
			continue;
		if (end - start > 1 && load_prefixes(records, owners + start,
		                           end - start, depth + CHUNK))
			sort_from(records, owners + start, spare, end - start,
			    depth + CHUNK);
	}
}

bool
dns_load_sort(struct dns_load_records *records)
{
	size_t count = records->owner_count;
	struct dns_load_owner *spare =
	    malloc((count + 1) * sizeof(records->owners[0]));

	if (spare == NULL)
		return false;
	if (count > 0)
		sort_from(records, records->owners, spare, count, 0);
	free(spare);
	return true;
}
