/* dns_alias.c — see dns_alias.h. */
#include "services/dns/dns_alias.h"

#include "core/bytes.h"
#include "services/dns/dns_proof.h"

#include <assert.h>
#include <string.h>

/* A link's target: SPELLED as it stands in the zone, in wire form. */
struct target {
	uint8_t *spelled;
	size_t len;
	uint32_t ttl; /* of the link */
	/* Whose signatures hold for the link; NULL: none, it is synthetic (RFC
	 * 6672 §5.3.1). */
	const struct dns_rrset *cname;
};

/* Has the chain been here? Two names with one hash only end a chain early. */
static bool
is_loop(
    const struct dns_alias *chain, uint64_t hash, const struct dns_node *node)
{
	for (unsigned i = 0; i < chain->count; i++)
		if (chain->links[i].name_hash == hash &&
		    chain->links[i].node == node)
			return true;
	return false;
}

static bool
has_been_at(const struct dns_alias *chain, const struct dns_node *node)
{
	for (unsigned i = 0; i < chain->count; i++)
		if (chain->links[i].node == node)
			return true;
	return false;
}

/* The target of a CNAME: the labels in its RDATA, and behind them, where there
 * is a pointer, the rest of the owner's name that it points to. */
static void
cname_target(const struct dns_walk *walk, const struct dns_lookup *found,
    const struct dns_rrset *rrset, struct target *target)
{
	const uint8_t *rdata = dns_rrset_wire(walk->zone, rrset) + DNS_RR_RDATA;
	size_t at = 0;

	while (rdata[at] != 0 && rdata[at] <= DNS_LABEL_MAX)
		at += 1U + rdata[at];
	if (rdata[at] == 0) {
		memcpy(target->spelled, rdata, at + 1);
		target->len = at + 1;
		return;
	}
	size_t from = found->skip + dns_rrset_fixes(walk->zone, rrset)->to;
	memcpy(target->spelled, rdata, at);
	memcpy(target->spelled + at, walk->spelled + from, walk->len - from);
	target->len = at + walk->len - from;
}

/* RFC 6672 §2.2: the DNAME's target takes the place of its owner. False: too
 * long. The RDATA of DNAME is never compressed (§2.5). */
static bool
dname_target(const struct dns_walk *walk, const struct dns_lookup *found,
    const struct dns_rrset *rrset, struct target *target)
{
	const uint8_t *rdata = dns_rrset_wire(walk->zone, rrset) + DNS_RR_RDATA;
	size_t len = bytes_get16be(rdata - 2);

	if (found->skip + len > DNS_NAME_MAX)
		return false;
	memcpy(target->spelled, walk->spelled, found->skip);
	memcpy(target->spelled + found->skip, rdata, len);
	target->len = found->skip + len;
	return true;
}

/* Appends the signatures of the link that has just been written. */
static void
append_signatures(const struct dns_walk *walk, const struct dns_rrset *cname)
{
	bool is_whole = dns_reply_add_signatures(
	    walk->reply, DNS_REPLY_ANSWER, walk->zone, cname, &walk->place);

	assert(is_whole); /* append_link has looked */
	(void)is_whole;
}

/*
 * Appends the link "the walk's name CNAME target" with its signatures. The
 * target ends in a pointer to the question's name, never to another target, so
 * that each name of the chain lies in two pieces at the most, as struct
 * dns_owner has it. COMMON: how much of it the question's name can stand for.
 * Moves the walk's place to the target. False: no room.
 */
static bool
append_link(struct dns_walk *walk, const struct target *target, size_t common)
{
	struct dns_reply *reply = walk->reply;
	bool has_tail = common > 1;
	size_t labels = has_tail ? target->len - common : target->len;
	size_t rdata_len = labels + (has_tail ? 2 : 0);
	bool is_signed = reply->query->is_dnssec_ok && target->cname != NULL;
	size_t size =
	    DNS_RR_RDATA + rdata_len + (is_signed ? target->cname->sig_len : 0);

	if (size > reply->limit - reply->len)
		return false;
	uint8_t *rr = reply->data + reply->len;
	size_t at = reply->len + DNS_RR_RDATA;
	size_t tail =
	    DNS_HEADER_SIZE + (size_t)reply->query->qname_len - common;

	bytes_put16be(rr, (uint16_t)(DNS_POINTER | walk->place.owner));
	bytes_put16be(rr + DNS_RR_TYPE, DNS_TYPE_CNAME);
	bytes_put16be(rr + DNS_RR_CLASS, DNS_CLASS_IN);
	bytes_put32be(rr + DNS_RR_TTL, target->ttl);
	bytes_put16be(rr + DNS_RR_LENGTH, (uint16_t)rdata_len);
	memcpy(rr + DNS_RR_RDATA, target->spelled, labels);
	if (has_tail)
		bytes_put16be(
		    rr + DNS_RR_RDATA + labels, (uint16_t)(DNS_POINTER | tail));
	reply->len += DNS_RR_RDATA + rdata_len;
	reply->counts[DNS_REPLY_ANSWER]++;
	if (is_signed)
		append_signatures(walk, target->cname);
	walk->place = (struct dns_owner){
	    .owner = (uint16_t)(labels != 0 ? at : tail),
	    .head = (uint16_t)at,
	    .head_len = (uint16_t)labels,
	    .tail = (int32_t)tail,
	};
	return true;
}

/* Appends a DNAME unless the chain came by it before: no RRset twice. */
static bool
append_dname(const struct dns_alias *chain, struct dns_walk *walk,
    const struct dns_lookup *found, const struct dns_rrset *rrset)
{
	struct dns_owner owner = dns_walk_owner(walk, found);

	return has_been_at(chain, found->node) ||
	       dns_reply_add(
	           walk->reply, DNS_REPLY_ANSWER, walk->zone, rrset, &owner);
}

/* Appends the link to TARGET and moves the walk there. */
static enum dns_alias_step
follow(
    struct dns_alias *chain, struct dns_walk *walk, const struct target *target)
{
	const struct dns_message *query = walk->reply->query;

	dns_name_lower(chain->name, target->spelled, target->len);
	size_t common = dns_name_common(
	    chain->name, target->len, query->qname, query->qname_len);
	if (!append_link(walk, target, common))
		return DNS_ALIAS_FULL;
	walk->name = chain->name;
	walk->spelled = target->spelled;
	walk->len = target->len;
	/* The question lies in the zone: what shares its apex does, too. */
	bool is_inside = common >= walk->zone->apex_len;
	/* Signatures can make a chain so long that nothing behind it could be
	 * pointed to: its end has to be asked for. */
	if (walk->reply->len > DNS_FIX_SELF_MAX)
		return DNS_ALIAS_END;
	return is_inside ? DNS_ALIAS_FOLLOW : DNS_ALIAS_END;
}

enum dns_alias_step
dns_alias_step(struct dns_alias *chain, struct dns_walk *walk,
    const struct dns_lookup *found)
{
	bool is_dname = found->kind == DNS_LOOKUP_DNAME;
	uint64_t hash = dns_name_hash(walk->name, walk->len);

	if (chain->count == DNS_ALIAS_MAX || is_loop(chain, hash, found->node))
		return DNS_ALIAS_END;
	if (!dns_proof_expansion(walk, found))
		return DNS_ALIAS_UNPROVEN;
	const struct dns_rrset *rrset = dns_node_find(
	    found->node, is_dname ? DNS_TYPE_DNAME : DNS_TYPE_CNAME);
	assert(rrset != NULL); /* the node's flags said that it has it */
	struct target target = {
	    .spelled = chain->spelled[chain->count % 2],
	    .ttl = dns_rrset_ttl(walk->zone, rrset),
	    .cname = is_dname ? NULL : rrset,
	};

	if (!is_dname) {
		cname_target(walk, found, rrset, &target);
	} else {
		if (!append_dname(chain, walk, found, rrset))
			return DNS_ALIAS_FULL;
		if (!dname_target(walk, found, rrset, &target))
			return DNS_ALIAS_TOO_LONG;
	}
	chain->links[chain->count].name_hash = hash;
	chain->links[chain->count].node = found->node;
	chain->count++;
	return follow(chain, walk, &target);
}
