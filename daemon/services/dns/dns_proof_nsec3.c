/* dns_proof_nsec3.c — see dns_proof_nsec3.h. */
#include "services/dns/dns_proof_nsec3.h"

#include "services/dns/dns_nsec3.h"

/* Notes NUMBER, unless the chain has nothing there. */
static void
note(struct dns_walk *walk, uint32_t number)
{
	if (number != DNS_NODE_UNPROVEN)
		dns_walk_note(walk, number);
}

/* Has NODE an NSEC3 of its own, so that it can prove to be an encloser? */
static bool
is_matched(const struct dns_node *node)
{
	const struct dns_node_proof *proof = dns_node_proof(node);

	return proof != NULL && proof->match != DNS_NODE_UNPROVEN;
}

void
dns_proof_nsec3_node(struct dns_walk *walk, const struct dns_node *node)
{
	const struct dns_node_proof *proof = dns_node_proof(node);

	if (proof == NULL)
		return;
	note(walk, proof->encloser);
	if (!is_matched(node))
		note(walk, proof->next_closer);
}

bool
dns_proof_nsec3_expansion(
    struct dns_walk *walk, const struct dns_node *encloser)
{
	const struct dns_zone *zone = walk->zone;
	size_t at = dns_walk_next_closer(walk, encloser);
	struct span salt = {
	    dns_zone_at(zone, zone->nsec3_salt), zone->nsec3_salt_len};
	uint8_t hash[DNS_NSEC3_HASH_SIZE];
	bool is_match;

	if (!dns_nsec3_hash(walk->digest, walk->name + at, walk->len - at,
	        zone->nsec3_iterations, salt, hash))
		return false;
	uint32_t number = dns_nsec3_find(
	    dns_zone_nsec3(zone, 0), zone->proof_count, hash, &is_match);
	/* RFC 5155 §7.2.9: a hash that two names share proves nothing. */
	if (is_match)
		return false;
	dns_walk_note(walk, number);
	return true;
}

/* Notes the NSEC3 that covers or matches "*" below the nearest ancestor of
 * ENCLOSER, itself included, that has a match. */
static void
note_wildcard(struct dns_walk *walk, const struct dns_node *encloser)
{
	const struct dns_zone *zone = walk->zone;
	const struct dns_node *node = encloser;
	size_t at = walk->len - zone->apex_len - encloser->name_len;

	while (node != NULL && !is_matched(node) && node->name_len != 0) {
		at += 1 + (size_t)walk->name[at];
		node = dns_zone_find(zone, walk->name + at, walk->len - at);
	}
	const struct dns_node_proof *proof =
	    node == NULL ? NULL : dns_node_proof(node);

	if (proof != NULL)
		note(walk, proof->wildcard);
}

bool
dns_proof_nsec3_missing(struct dns_walk *walk, const struct dns_node *encloser)
{
	dns_proof_nsec3_node(walk, encloser);
	/* An encloser that has no match lies itself in the span that opts out:
	 * what covers it has been noted. */
	if (is_matched(encloser) && !dns_proof_nsec3_expansion(walk, encloser))
		return false;
	note_wildcard(walk, encloser);
	return true;
}
