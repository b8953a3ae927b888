/* prefix_table.c — which of many prefixes an address lies in. */
#include "core/prefix_table.h"

#include <string.h>

static void
make_mask(uint8_t mask[16], unsigned len)
{
	memset(mask, 0, 16);
	memset(mask, 0xff, len / 8);
	if (len % 8 != 0)
		mask[len / 8] = (uint8_t)(0xff00u >> len % 8);
}

static void
add_ipv4(struct prefix_table *table, const struct prefix *prefix, uint8_t value)
{
	struct prefix_table_ipv4 entry = {.len = prefix->len, .value = value};
	unsigned place = table->count4++;
	uint8_t mask[16];

	make_mask(mask, prefix->len);
	memcpy(&entry.mask, mask, sizeof(entry.mask));
	memcpy(&entry.bits, prefix->bytes, sizeof(entry.bits));
	for (; place > 0 && table->ipv4[place - 1].len < entry.len; place--)
		table->ipv4[place] = table->ipv4[place - 1];
	table->ipv4[place] = entry;
}

static void
add_ipv6(struct prefix_table *table, const struct prefix *prefix, uint8_t value)
{
	struct prefix_table_ipv6 entry = {.len = prefix->len, .value = value};
	unsigned place = table->count6++;
	uint8_t mask[16];

	make_mask(mask, prefix->len);
	memcpy(entry.mask, mask, sizeof(entry.mask));
	memcpy(entry.bits, prefix->bytes, sizeof(entry.bits));
	for (; place > 0 && table->ipv6[place - 1].len < entry.len; place--)
		table->ipv6[place] = table->ipv6[place - 1];
	table->ipv6[place] = entry;
}

bool
prefix_table_add(
    struct prefix_table *table, const struct prefix *prefix, uint8_t value)
{
	unsigned count = prefix->is_ipv6 ? table->count6 : table->count4;

	if (count == PREFIX_TABLE_MAX)
		return false;
	if (prefix->is_ipv6)
		add_ipv6(table, prefix, value);
	else
		add_ipv4(table, prefix, value);
	return true;
}

uint8_t
prefix_table_find_ipv6(
    const struct prefix_table *table, const struct in6_addr *address)
{
	uint64_t bits[2];

	memcpy(bits, address, sizeof(bits));
	for (unsigned i = 0; i < table->count6; i++) {
		const struct prefix_table_ipv6 *entry = &table->ipv6[i];

		if ((bits[0] & entry->mask[0]) == entry->bits[0] &&
		    (bits[1] & entry->mask[1]) == entry->bits[1])
			return entry->value;
	}
	return 0;
}
