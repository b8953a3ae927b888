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

#include <assert.h>

enum {
	/* A link of an alias chain needs one, its end three. */
	DNS_WALK_PROOFS_MAX = 20,
};

struct dns_walk {
	const struct dns_zone *zone;
	struct dns_reply *reply;
	struct digest *digest; /* hashes names in NSEC3 zones */
	uint16_t qtype;
	/* The name that is looked up now: QNAME, later an alias' target. LEN
	 * bytes; SPELLED as its writer spelled it, NAME in lower case. */
	const uint8_t *name;
	const uint8_t *spelled;
	size_t len;
	struct dns_owner place; /* of that name in the message */
	/* What AUTHORITY is to prove at the end (dns_proof.h): numbers in the
	 * zone's list of proofs, none twice. */
	unsigned proof_count;
	uint32_t proofs[DNS_WALK_PROOFS_MAX];
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

/* Does the client want proofs, and has the zone any? */
static inline bool
dns_walk_is_proven(const struct dns_walk *walk)
{
	const unsigned chains = DNS_ZONE_NSEC | DNS_ZONE_NSEC3;

	return walk->reply->query->is_dnssec_ok &&
	       (walk->zone->flags & chains) != 0;
}

/* Notes that AUTHORITY is to hold proof NUMBER. */
static inline void
dns_walk_note(struct dns_walk *walk, uint32_t number)
{
	for (unsigned i = 0; i < walk->proof_count; i++)
		if (walk->proofs[i] == number)
			return;
	assert(walk->proof_count < DNS_WALK_PROOFS_MAX);
	walk->proofs[walk->proof_count++] = number;
}

/* Where, in the walk's name, the next closer name (RFC 5155 §1.3) begins: one
 * label longer than the name of ENCLOSER, below which the walk's lies. */
static inline size_t
dns_walk_next_closer(
    const struct dns_walk *walk, const struct dns_node *encloser)
{
	size_t end = walk->len - walk->zone->apex_len - encloser->name_len;
	size_t at = 0, next = 1 + (size_t)walk->name[0];

	for (; next < end; next += 1 + (size_t)walk->name[next])
		at = next;
	return at;
}

/* Ends the walk with what is there: RFC 2181 §9, the rest is to be had by TCP.
 */
static inline enum dns_outcome
dns_walk_truncate(struct dns_walk *walk)
{
	walk->reply->flags |= DNS_FLAG_TC;
	return DNS_OUTCOME_TRUNCATED;
}

/* Ends the walk with an error, and nothing of what was found. */
static inline enum dns_outcome
dns_walk_fail(struct dns_walk *walk)
{
	struct dns_reply *reply = walk->reply;

	reply->len = reply->query->question_end;
	reply->flags = 0;
	reply->rcode = DNS_RCODE_SERVFAIL;
	for (unsigned i = 0; i < DNS_REPLY_SECTIONS; i++)
		reply->counts[i] = 0;
	return DNS_OUTCOME_SERVFAIL;
}

#endif
