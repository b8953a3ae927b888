/* qotd_set.c — quotes by their lengths. */
#include "services/qotd/qotd_set.h"

#include "core/ascii.h"

/* How many quotes are shorter than LEN. */
static uint32_t
shorter(const struct qotd_set *set, size_t len)
{
	uint32_t least = 0, most = set->count;

	while (least < most) {
		uint32_t middle = least + (most - least) / 2;

		if (set->entries[middle].len < len)
			least = middle + 1;
		else
			most = middle;
	}
	return least;
}

static struct span
quote(const struct qotd_set *set, uint32_t index)
{
	return (struct span){
	    (const uint8_t *)set + set->entries[index].offset,
	    set->entries[index].len,
	};
}

struct span
qotd_set_draw(const struct qotd_set *set, size_t most, uint64_t random)
{
	uint32_t fitting = shorter(set, most + 1);

	return quote(set, fitting == 0 ? 0 : (uint32_t)(random % fitting));
}

static bool
is_same(const uint8_t *a, const uint8_t *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (ascii_upper(a[i]) != ascii_upper(b[i]))
			return false;
	return true;
}

bool
qotd_set_has(const struct qotd_set *set, struct span bytes)
{
	for (uint32_t i = shorter(set, bytes.len);
	     i < set->count && set->entries[i].len == bytes.len; i++)
		if (is_same(quote(set, i).data, bytes.data, bytes.len))
			return true;
	return false;
}
