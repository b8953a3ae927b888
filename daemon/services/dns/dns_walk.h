/*
 * dns_walk.h — an answer on its way through a zone: from the question's name,
 * over aliases, to the data, referral or negative answer at the end. Shared by
 * the parts of the answer path; pure.
 */
#ifndef NETLAB_SERVICES_DNS_WALK_H
#define NETLAB_SERVICES_DNS_WALK_H

#include "services/dns/dns_lookup.h"
#include "services/dns/dns_outcome.h"
#include "services/dns/dns_reply.h"

struct dns_walk {
	const struct dns_zone *zone;
	struct dns_reply *reply;
	uint16_t qtype;
	/* The name that is looked up now: QNAME, later an alias' target. LEN
	 * bytes; SPELLED as its writer spelled it, NAME in lower case. */
	const uint8_t *name;
	const uint8_t *spelled;
	size_t len;
	struct dns_owner place; /* of that name in the message */
};

/* Where the owner of FOUND's RRsets lies in the message. */
static inline struct dns_owner
dns_walk_owner(const struct dns_walk *walk, const struct dns_lookup *found)
{
	if (found->skip == 0)
		return walk->place;
	struct dns_owner owner = dns_reply_suffix(walk->place, found->skip);
	/* RFC 4592 §3.3.3: what is synthesised has the asked name for owner;
	 * only the names behind it are the wildcard's. */
	if (found->is_wildcard)
		owner.owner = walk->place.owner;
	return owner;
}

/* Ends the walk with what is there: RFC 2181 §9, the rest is to be had by TCP.
 */
static inline enum dns_outcome
dns_walk_truncate(struct dns_walk *walk)
{
	walk->reply->flags |= DNS_FLAG_TC;
	return DNS_OUTCOME_TRUNCATED;
}

#endif
