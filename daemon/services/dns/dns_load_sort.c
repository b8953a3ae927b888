/*
 * dns_load_sort.c — canonical order by a natural merge sort: zone files are
 * mostly in order, or made of a few ordered runs (host1 … host9, host10 …), and
 * each run costs nothing to find and little to merge. Stable. Loader process
 * only.
 */
#include "services/dns/dns_load_sort.h"

#include <stdlib.h>
#include <string.h>

/* Shorter runs are made this long by insertion first: a file in no order at
 * all then takes five passes less. */
enum { RUN_MIN = 32 };

struct sorter {
	const struct dns_load_records *records;
	struct dns_load_owner *from, *to;
	size_t count;
};

static bool
is_after(const struct sorter *sorter, const struct dns_load_owner *a,
    const struct dns_load_owner *b)
{
	if (a->prefix != b->prefix)
		return a->prefix > b->prefix;
	const struct dns_load_name *x =
	    dns_load_records_name(sorter->records, a);
	const struct dns_load_name *y =
	    dns_load_records_name(sorter->records, b);
	size_t shorter = x->key_len < y->key_len ? x->key_len : y->key_len;
	int order = memcmp(dns_load_name_key(x), dns_load_name_key(y), shorter);

	return order != 0 ? order > 0 : x->key_len > y->key_len;
}

/* The end of the ordered run that begins at START. */
static size_t
run_end(const struct sorter *sorter, size_t start)
{
	size_t end = start + 1;

	while (end < sorter->count &&
	       !is_after(sorter, &sorter->from[end - 1], &sorter->from[end]))
		end++;
	return end;
}

/* Puts owners END … LIMIT into the ordered ones from START. */
static void
insert(struct sorter *sorter, size_t start, size_t end, size_t limit)
{
	for (; end < limit; end++) {
		struct dns_load_owner owner = sorter->from[end];
		size_t i = end;

		for (; i > start &&
		       is_after(sorter, &sorter->from[i - 1], &owner);
		     i--)
			sorter->from[i] = sorter->from[i - 1];
		sorter->from[i] = owner;
	}
}

static void
lengthen_runs(struct sorter *sorter)
{
	for (size_t start = 0; start < sorter->count;) {
		size_t end = run_end(sorter, start);
		size_t limit = start + RUN_MIN;

		if (limit > sorter->count)
			limit = sorter->count;
		if (end < limit) {
			insert(sorter, start, end, limit);
			end = limit;
		}
		start = end;
	}
}

static void
merge(struct sorter *sorter, size_t start, size_t middle, size_t end)
{
	struct dns_load_owner *from = sorter->from;
	size_t a = start, b = middle, out = start;

	while (a < middle && b < end) {
		if (is_after(sorter, &from[a], &from[b]))
			sorter->to[out++] = from[b++];
		else
			sorter->to[out++] = from[a++];
	}
	memcpy(sorter->to + out, from + a, (middle - a) * sizeof(from[0]));
	out += middle - a;
	memcpy(sorter->to + out, from + b, (end - b) * sizeof(from[0]));
}

/* Merges neighbouring runs, and swaps the arrays. True when one run was all. */
static bool
merge_pass(struct sorter *sorter)
{
	struct dns_load_owner *done = sorter->to;

	for (size_t start = 0; start < sorter->count;) {
		size_t middle = run_end(sorter, start);

		if (start == 0 && middle == sorter->count)
			return true;
		size_t end =
		    middle < sorter->count ? run_end(sorter, middle) : middle;

		merge(sorter, start, middle, end);
		start = end;
	}
	sorter->to = sorter->from;
	sorter->from = done;
	return false;
}

bool
dns_load_sort(struct dns_load_records *records)
{
	struct sorter sorter = {
	    .records = records,
	    .from = records->owners,
	    .count = records->owner_count,
	};

	if (sorter.count == 0 || run_end(&sorter, 0) == sorter.count)
		return true;
	sorter.to = malloc(sorter.count * sizeof(sorter.to[0]));
	if (sorter.to == NULL)
		return false;
	lengthen_runs(&sorter);
	while (!merge_pass(&sorter))
		continue;
	/* The arrays may have changed places, an even number of times or not.
	 */
	records->owners = sorter.from;
	records->owner_cap = sorter.count;
	free(sorter.to);
	return true;
}
