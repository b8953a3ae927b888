/*
 * dns_load_reverse.h — the addresses that the zones give names, in their order:
 * what the PTR records of `reverse = true` are made from. Loader process only.
 *
 * A name counts where it is answered with that address: not a wildcard, not at
 * or below a delegation nor below a DNAME, and in no zone that is nearer to it
 * than the one that has it.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_REVERSE_H
#define NETLAB_SERVICES_DNS_LOAD_REVERSE_H

#include "core/image.h"
#include "services/dns/dns_arpa.h"
#include "services/dns/dns_load_zones.h"

/* An address with a name. */
struct dns_load_reverse_entry {
	uint8_t address[DNS_ARPA_ADDRESS];
	uint32_t is_ipv6;
	uint32_t zone; /* index in zones->list */
	uint32_t node; /* offset in its block */
	uint32_t ttl;
};

struct dns_load_reverse {
	const struct dns_load_zones *zones; /* borrowed */
	const struct image_writer *image;   /* borrowed: has their blocks */
	/* By address, then in the order of zones and names. */
	struct dns_load_reverse_entry *entries;
	size_t count, cap;
};

/* Collects the addresses of all ZONES but the reverse ones, whose blocks IMAGE
 * has already. Borrows both; its blocks stay. false: no memory. */
bool dns_load_reverse_open(struct dns_load_reverse *reverse,
    const struct dns_load_zones *zones, const struct image_writer *image)
    __attribute__((warn_unused_result));
void dns_load_reverse_close(struct dns_load_reverse *reverse);

#endif
