/*
 * dns_load_pointer.h — `reverse = true`: the PTR records of a zone. Loader
 * process only.
 *
 * An address with several names gets all of them (RFC 2181 §10.2), up to
 * DNS_LOAD_POINTER_MAX, by the smallest of their TTLs.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_POINTER_H
#define NETLAB_SERVICES_DNS_LOAD_POINTER_H

#include "services/dns/dns_load_records.h"
#include "services/dns/dns_load_report.h"
#include "services/dns/dns_load_reverse.h"

enum {
	/* A host has a few names; a thousand sites on one address would make
	 * an answer that only TCP could carry, for nobody. */
	DNS_LOAD_POINTER_MAX = 16,
};

/* Adds the PTR records that ZONE, which is reverse, would have without a file
 * to CONTENT. */
void dns_load_pointer_hash(const struct dns_load_reverse *reverse,
    const struct dns_load_zone *zone, uint64_t content[2]);

/* Adds the PTR records of ZONE to RECORDS, which has those of its file: its own
 * names stay as they are, and nothing is put below its delegations. */
void dns_load_pointer_add(const struct dns_load_reverse *reverse,
    const struct dns_load_zone *zone, struct dns_load_records *records,
    struct dns_load_report *report);

#endif
