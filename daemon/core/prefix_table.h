/*
 * prefix_table.h — which of many prefixes an address lies in: the longest one.
 * For tables of a few, asked for every datagram. Pure.
 */
#ifndef NETLAB_CORE_PREFIX_TABLE_H
#define NETLAB_CORE_PREFIX_TABLE_H

#include "core/prefix.h"

enum { PREFIX_TABLE_MAX = 256 }; /* of each family */

struct prefix_table_ipv4 {
	in_addr_t bits, mask; /* in network order */
	uint8_t len, value;
};

struct prefix_table_ipv6 {
	uint64_t bits[2], mask[2]; /* in network order */
	uint8_t len, value;
};

/* All zeros: none. */
struct prefix_table {
	unsigned count4, count6;
	struct prefix_table_ipv4 ipv4[PREFIX_TABLE_MAX]; /* longest first */
	struct prefix_table_ipv6 ipv6[PREFIX_TABLE_MAX];
};

/* Adds PREFIX, which stands for VALUE, not 0; of two that are the same, the
 * first counts. False: the table is full. */
bool prefix_table_add(struct prefix_table *table, const struct prefix *prefix,
    uint8_t value) __attribute__((warn_unused_result));

/* For prefix_table_find alone. */
uint8_t prefix_table_find_ipv6(
    const struct prefix_table *table, const struct in6_addr *address);

/* The value of the longest prefix that ADDR, its port aside, lies in; 0: none.
 */
static inline uint8_t
prefix_table_find(const struct prefix_table *table, const struct addr *addr)
{
	if (addr->any.sa_family == AF_INET6)
		return table->count6 == 0 ? 0
		                          : prefix_table_find_ipv6(
		                                table, &addr->in6.sin6_addr);
	for (unsigned i = 0; i < table->count4; i++)
		if ((addr->in4.sin_addr.s_addr & table->ipv4[i].mask) ==
		    table->ipv4[i].bits)
			return table->ipv4[i].value;
	return 0;
}

#endif
