/* dns_ahead.c — see dns_ahead.h. */
#include "services/dns/dns_ahead.h"

#include <assert.h>

enum { LINE = 64 }; /* of the cache */

/* A name that is about to be looked up. */
struct wish {
	const struct dns_zone *zone;
	uint64_t hash;
	unsigned lines; /* of its node that the answer reads */
};

/* Asks for the slot where the search for MESSAGE's name begins. False: there
 * is no such search. */
static bool
fetch_slot(const struct dns_catalog *catalog, const struct dns_message *message,
    struct wish *wish)
{
	const struct dns_zone *zone = dns_catalog_find(
	    catalog, message->qname, message->label_at, message->label_count);

	if (zone == NULL || (zone->flags & DNS_ZONE_FAILED) != 0)
		return false;
	wish->zone = zone;
	wish->lines = message->is_dnssec_ok && zone->proof_count != 0 ? 4 : 2;
	wish->hash = dns_name_hash(
	    message->qname, (size_t)message->qname_len - zone->apex_len);
	__builtin_prefetch(
	    dns_zone_slots(zone) + dns_zone_slot(zone, wish->hash));
	return true;
}

/* Asks for the node that the search will find: two lines, since it may begin
 * anywhere in the first, and four where signatures are behind them. */
static void
fetch_node(const struct wish *wish)
{
	const struct dns_node *node =
	    dns_zone_candidate(wish->zone, wish->hash);

	if (node == NULL)
		return;
	for (unsigned i = 0; i < wish->lines; i++)
		__builtin_prefetch((const uint8_t *)node + (size_t)i * LINE);
}

static void
fetch(const struct dns_ahead *ahead, unsigned count)
{
	struct wish wishes[SERVICE_BATCH_MAX];
	unsigned wish_count = 0;

	for (unsigned i = 0; i < count; i++)
		if (ahead->queries[i].kind == DNS_MESSAGE_QUERY &&
		    fetch_slot(ahead->catalog, &ahead->queries[i].message,
		        &wishes[wish_count]))
			wish_count++;
	for (unsigned i = 0; i < wish_count; i++)
		fetch_node(&wishes[i]);
}

void
dns_ahead_read(
    struct dns_ahead *ahead, const struct span *queries, unsigned count)
{
	assert(count <= SERVICE_BATCH_MAX);
	for (unsigned i = 0; i < count; i++)
		ahead->queries[i].kind =
		    dns_message_parse(queries[i], &ahead->queries[i].message);
	/* One alone is not worth it: nothing comes beside it. */
	if (ahead->is_fetching && count > 1)
		fetch(ahead, count);
}
