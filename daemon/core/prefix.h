/* prefix.h — a range of addresses, like 10.0.0.0/8. Pure. */
#ifndef NETLAB_CORE_PREFIX_H
#define NETLAB_CORE_PREFIX_H

#include "core/addr.h"

struct prefix {
	uint8_t bytes[16]; /* in network order; IPv4: the first four */
	uint8_t len;       /* bits that count */
	bool is_ipv6;
};

/*
 * Reads TEXT, a numeric IPv4 or IPv6 address, alone or with "/BITS" behind it.
 * Returns NULL and fills PREFIX, or returns what is wrong, a static string, and
 * leaves PREFIX alone. Bits that are set behind the prefix are wrong: such a
 * text says less than its writer meant, or more.
 */
const char *prefix_parse(const char *text, struct prefix *prefix)
    __attribute__((warn_unused_result));

/* Whether ADDR, its port aside, lies in PREFIX. */
bool prefix_has(const struct prefix *prefix, const struct addr *addr);

#endif
