/* dns_arpa.h — names beneath in-addr.arpa (RFC 1035 §3.5, RFC 2317) and
 * ip6.arpa (RFC 3596 §2.5), and the addresses that they stand for. Pure;
 * any process. */
#ifndef NETLAB_SERVICES_DNS_ARPA_H
#define NETLAB_SERVICES_DNS_ARPA_H

#include "core/prefix.h"
#include "services/dns/dns_name.h"

enum { DNS_ARPA_ADDRESS = 16 }; /* bytes; IPv4 in the first four */

/* The addresses whose names lie at or below a name. */
struct dns_arpa {
	uint8_t first[DNS_ARPA_ADDRESS];
	uint8_t last[DNS_ARPA_ADDRESS];
	bool is_ipv6;
	/* Some last bytes of a network of 24 bits, below a label of their own
	 * (RFC 2317 §4). */
	bool is_classless;
};

/* Reads NAME, a whole name in lower case. false: no address's name can lie at
 * or below it. "0/25.2.0.192.in-addr.arpa" is a prefix, "0-127.…" a range. */
bool dns_arpa_read(const uint8_t *name, struct dns_arpa *arpa)
    __attribute__((warn_unused_result));

/* Writes the whole name of ADDRESS, or, for a CLASSLESS apex, its name below
 * that. Returns the length. */
size_t dns_arpa_write(bool is_ipv6, const uint8_t *address,
    const uint8_t *classless, uint8_t out[DNS_NAME_MAX]);

/* Writes the name of the zone that has the names of PREFIX. Returns the length,
 * or 0: it does not end between two labels. */
size_t dns_arpa_write_prefix(const struct prefix *prefix,
    uint8_t out[DNS_NAME_MAX]) __attribute__((warn_unused_result));

#endif
