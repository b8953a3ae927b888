/* dns_proof.c — see dns_proof.h. */
#include "services/dns/dns_proof.h"

#include "services/dns/dns_alias.h"
#include "services/dns/dns_base32.h"
#include "services/dns/dns_nsec3.h"
#include "services/dns/dns_proof_nsec.h"
#include "services/dns/dns_proof_nsec3.h"

_Static_assert((int)DNS_WALK_PROOFS_MAX >= (int)DNS_ALIAS_MAX + 3,
    "a walk's proofs find room");

static const uint8_t asterisk[] = {1, '*'};

static bool
has_nsec3(const struct dns_walk *walk)
{
	return (walk->zone->flags & DNS_ZONE_NSEC3) != 0;
}

/* Notes the NSEC that covers LABEL below ENCLOSER. */
static void
cover(struct dns_walk *walk, const struct dns_node *encloser,
    const uint8_t *label)
{
	dns_walk_note(walk, dns_proof_nsec_cover(walk->zone, encloser, label));
}

/* Notes that the walk's name, below ENCLOSER, does not exist. */
static void
cover_name(struct dns_walk *walk, const struct dns_node *encloser)
{
	cover(
	    walk, encloser, walk->name + dns_walk_next_closer(walk, encloser));
}

bool
dns_proof_nxdomain(struct dns_walk *walk, const struct dns_lookup *found)
{
	if (!dns_walk_is_proven(walk))
		return true;
	if (has_nsec3(walk))
		return dns_proof_nsec3_missing(walk, found->encloser);
	cover_name(walk, found->encloser);
	cover(walk, found->encloser, asterisk);
	return true;
}

/* RFC 4035 §3.1.3.4, RFC 5155 §7.2.5: the wildcard has no such type, and no
 * name is closer than it. */
static bool
note_wildcard_nodata(struct dns_walk *walk, const struct dns_lookup *found)
{
	if (has_nsec3(walk))
		return dns_proof_nsec3_missing(walk, found->encloser);
	cover_name(walk, found->encloser);
	dns_walk_note(walk, dns_proof_nsec_at(walk->zone, found->node));
	return true;
}

bool
dns_proof_nodata(struct dns_walk *walk, const struct dns_lookup *found)
{
	if (!dns_walk_is_proven(walk))
		return true;
	if (found->is_wildcard)
		return note_wildcard_nodata(walk, found);
	if (has_nsec3(walk))
		dns_proof_nsec3_node(walk, found->node);
	else
		dns_walk_note(walk, dns_proof_nsec_at(walk->zone, found->node));
	return true;
}

bool
dns_proof_expansion(struct dns_walk *walk, const struct dns_lookup *found)
{
	if (!found->is_wildcard || !dns_walk_is_proven(walk))
		return true;
	if (has_nsec3(walk))
		return dns_proof_nsec3_expansion(walk, found->encloser);
	cover_name(walk, found->encloser);
	return true;
}

/* Offset of the apex' name in the message: the question's end. */
static uint16_t
apex_at(const struct dns_walk *walk)
{
	return (uint16_t)(DNS_HEADER_SIZE + walk->reply->query->qname_len -
	                  walk->zone->apex_len);
}

/* The owner of NODE's NSEC, any name of the zone, where it shares most with a
 * name that lies in the message: the question's, or an alias' last target. */
static struct dns_spelled_owner
owner_of(const struct dns_walk *walk, const struct dns_node *node)
{
	const struct dns_message *query = walk->reply->query;
	const uint8_t *labels = dns_node_name(node);
	size_t apex_len = walk->zone->apex_len;
	size_t common = dns_name_common(labels, node->name_len, query->qname,
	    (size_t)query->qname_len - apex_len);
	size_t tail = apex_at(walk) - common;

	/* A target may lie in another zone. */
	if (walk->name != query->qname &&
	    dns_name_common(walk->name, walk->len, walk->zone->name,
	        apex_len) == apex_len) {
		size_t len = walk->len - apex_len;
		size_t other =
		    dns_name_common(labels, node->name_len, walk->name, len);

		if (other > common) {
			tail = dns_reply_suffix(walk->place, len - other).owner;
			common = other;
		}
	}
	return (struct dns_spelled_owner){
	    .labels = dns_node_spelling(node),
	    .len = node->name_len - common,
	    .tail = (uint16_t)tail,
	};
}

static bool
append_nsec(const struct dns_walk *walk, uint32_t number)
{
	const struct dns_node *node = dns_zone_nsec(walk->zone, number);
	const struct dns_rrset *rrset = dns_node_find(node, DNS_TYPE_NSEC);
	struct dns_spelled_owner owner = owner_of(walk, node);

	return dns_reply_add_spelled(
	    walk->reply, DNS_REPLY_AUTHORITY, walk->zone, rrset, &owner);
}

static bool
append_nsec3(const struct dns_walk *walk, uint32_t number)
{
	const struct dns_nsec3 *link = dns_zone_nsec3(walk->zone, number);
	uint8_t label[1 + DNS_NSEC3_LABEL] = {DNS_NSEC3_LABEL};
	struct dns_spelled_owner owner = {
	    .labels = label,
	    .len = sizeof(label),
	    .tail = apex_at(walk),
	};

	dns_base32_encode(label + 1, link->hash, sizeof(link->hash));
	return dns_reply_add_spelled(
	    walk->reply, DNS_REPLY_AUTHORITY, walk->zone, &link->rrset, &owner);
}

bool
dns_proof_append(const struct dns_walk *walk)
{
	for (unsigned i = 0; i < walk->proof_count; i++) {
		uint32_t number = walk->proofs[i];

		if (has_nsec3(walk) ? !append_nsec3(walk, number)
		                    : !append_nsec(walk, number))
			return false;
	}
	return true;
}
