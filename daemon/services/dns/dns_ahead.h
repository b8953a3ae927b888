/*
 * dns_ahead.h — reads a batch of queries ahead, and asks the cache for the
 * memory that their answers will need. Pure; used in workers.
 *
 * A name of a big zone costs two misses, its slot and its node, each as long as
 * the rest of the answer. Asked for one after the other they are waited for;
 * asked for together, they come together.
 */
#ifndef NETLAB_SERVICES_DNS_AHEAD_H
#define NETLAB_SERVICES_DNS_AHEAD_H

#include "service.h"
#include "services/dns/dns_catalog.h"
#include "services/dns/dns_message.h"

enum {
	/* Zones that are smaller in all stay in a core's own cache, and there
	 * asking costs more than it saves. */
	DNS_AHEAD_FETCH_MIN = 256 << 10,
};

struct dns_ahead {
	const struct dns_catalog *catalog;
	bool is_fetching; /* the zones are big enough */
	struct dns_ahead_query {
		enum dns_message_kind kind;
		struct dns_message message; /* borrows the query */
	} queries[SERVICE_BATCH_MAX];
};

/* Takes COUNT queries apart, at most SERVICE_BATCH_MAX, into AHEAD's first
 * ones. */
void dns_ahead_read(
    struct dns_ahead *ahead, const struct span *queries, unsigned count);

#endif
