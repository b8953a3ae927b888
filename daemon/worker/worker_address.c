/* worker_address.c — how many connections each client has. */
#include "worker/worker_address.h"

#include "core/bytes.h"

#include <assert.h>

size_t
worker_address_places(uint32_t max)
{
	size_t places = 2;

	while (places < (size_t)max * 2)
		places *= 2;
	return places;
}

void
worker_address_init(struct worker_addresses *table,
    struct worker_address_entry *entries, uint32_t max, const uint64_t seeds[2])
{
	size_t places = worker_address_places(max);

	*table = (struct worker_addresses){
	    .entries = entries,
	    .mask = places - 1,
	    .shift = 64 - (unsigned)__builtin_ctzll(places),
	    .seeds = {seeds[0] | 1, seeds[1] | 1},
	};
}

static struct worker_address_entry
key_of(const struct addr *addr)
{
	if (addr->any.sa_family != AF_INET6)
		return (struct worker_address_entry){
		    .low = 0xffffULL << 32 | ntohl(addr->in4.sin_addr.s_addr)};
	const uint8_t *bytes = addr->in6.sin6_addr.s6_addr;
	bool is_local = IN6_IS_ADDR_LINKLOCAL(&addr->in6.sin6_addr);

	/* All of a link's machines share one /64 there. */
	return (struct worker_address_entry){
	    .high = bytes_get64be(bytes),
	    .low = is_local ? bytes_get64be(bytes + 8) : 0,
	};
}

/* Multiply-shift hashing: with seeds at random, no set of addresses that was
 * chosen without knowing them lies closer together than others. */
static size_t
home_of(const struct worker_addresses *table,
    const struct worker_address_entry *entry)
{
	return (size_t)((entry->high * table->seeds[0] +
	                    entry->low * table->seeds[1]) >>
	                table->shift);
}

/* The place of KEY, or the free one where it belongs. */
static struct worker_address_entry *
find(const struct worker_addresses *table,
    const struct worker_address_entry *key)
{
	size_t place = home_of(table, key);

	for (;; place = (place + 1) & table->mask) {
		struct worker_address_entry *entry = &table->entries[place];

		if (entry->count == 0 ||
		    (entry->high == key->high && entry->low == key->low))
			return entry;
	}
}

bool
worker_address_enter(
    struct worker_addresses *table, const struct addr *addr, uint32_t limit)
{
	struct worker_address_entry key = key_of(addr);
	struct worker_address_entry *entry = find(table, &key);

	if (entry->count >= limit)
		return false;
	key.count = entry->count + 1;
	*entry = key;
	return true;
}

/* Frees the place HOLE: whoever lies behind it and could lie in it moves there,
 * so that no search ends too early (Knuth, 6.4, algorithm R). */
static void
close_gap(struct worker_addresses *table, size_t hole)
{
	size_t place = hole;

	for (;;) {
		place = (place + 1) & table->mask;
		const struct worker_address_entry *entry =
		    &table->entries[place];

		if (entry->count == 0)
			break;
		size_t from_home =
		    (place - home_of(table, entry)) & table->mask;

		if (from_home >= ((place - hole) & table->mask)) {
			table->entries[hole] = *entry;
			hole = place;
		}
	}
	table->entries[hole].count = 0;
}

void
worker_address_leave(struct worker_addresses *table, const struct addr *addr)
{
	struct worker_address_entry key = key_of(addr);
	struct worker_address_entry *entry = find(table, &key);

	assert(entry->count > 0);
	if (--entry->count == 0)
		close_gap(table, (size_t)(entry - table->entries));
}
