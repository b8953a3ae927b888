/*
 * dns_load_chain.h — the NSEC3 chain of a zone (RFC 5155): found before the
 * nodes are made, so that each gets what proves it, and put behind them. Loader
 * process only.
 *
 * A zone may have several chains while its parameters change; one that an
 * NSEC3PARAM of the apex names is complete (§7.3), and serves. The NSEC3 of
 * others are kept beside it.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_CHAIN_H
#define NETLAB_SERVICES_DNS_LOAD_CHAIN_H

#include "core/digest.h"
#include "services/dns/dns_load_records.h"
#include "services/dns/dns_load_report.h"
#include "services/dns/dns_zone.h"

enum {
	/* RFC 9276 §3.2: more are a burden to whoever validates, and some take
	 * the zone for one that is not signed. */
	DNS_LOAD_CHAIN_ITERATIONS_WARN = 100,
};

/* Where a link comes from: owners FIRST … END, one of whose records it is. */
struct dns_load_link {
	const struct dns_load_record *record;
	size_t first, end;
};

struct dns_load_chain {
	struct dns_load_report *report; /* borrowed */
	struct digest *digest;
	/* Ascending by hash, the first COUNT of them of the chain that serves,
	 * the other ones behind them; their RRsets are filled in last. */
	struct dns_nsec3 *links;
	struct dns_load_link *sources; /* of each link */
	uint32_t count, all, cap;
	uint16_t iterations;
	struct span salt; /* borrowed from the records */
	bool has_failed;  /* libcrypto did, in dns_load_prove */
};

/* Finds the chain in RECORDS, which are sorted, and tells what is wrong with
 * it. Its COUNT is 0 where none can serve. false: no memory, and CHAIN is to be
 * closed all the same. */
bool dns_load_chain_open(struct dns_load_chain *chain,
    const struct dns_load_records *records, struct dns_load_report *report)
    __attribute__((warn_unused_result));

void dns_load_chain_close(struct dns_load_chain *chain);

#endif
