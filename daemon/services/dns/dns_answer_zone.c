/* dns_answer_zone.c — see dns_answer_zone.h. */
#include "services/dns/dns_answer_zone.h"

#include "services/dns/dns_additional.h"
#include "services/dns/dns_alias.h"
#include "services/dns/dns_answer_negative.h"
#include "services/dns/dns_answer_referral.h"
#include "services/dns/dns_proof.h"

/* The RRset of FOUND's node that answers the question, or NULL. To ANY, one is
 * enough (RFC 8482 §4.1): data rather than NSEC, where there is any. */
static const struct dns_rrset *
wanted(const struct dns_walk *walk, const struct dns_lookup *found)
{
	if (walk->qtype != DNS_TYPE_ANY)
		return dns_node_find(found->node, walk->qtype);
	if (found->node->rrset_count == 0)
		return NULL;
	const struct dns_rrset *first = dns_node_rrsets(found->node);
	bool is_nsec = first->type == DNS_TYPE_NSEC;

	return is_nsec && found->node->rrset_count > 1 ? first + 1 : first;
}

/* Appends the signatures of all of FOUND's RRsets: as many as there are answer
 * a question for type RRSIG. */
static bool
append_signatures(struct dns_walk *walk, const struct dns_lookup *found)
{
	const struct dns_rrset *rrsets = dns_node_rrsets(found->node);
	struct dns_owner owner = dns_walk_owner(walk, found);

	for (unsigned i = 0; i < found->node->rrset_count; i++)
		if (!dns_reply_add_signatures(walk->reply, DNS_REPLY_ANSWER,
		        walk->zone, &rrsets[i], &owner))
			return false;
	return true;
}

/* Ends with OUTCOME an answer that has data: what wildcards have been expanded
 * for it is proven behind it. */
static enum dns_outcome
end_answer(struct dns_walk *walk, enum dns_outcome outcome)
{
	return dns_proof_append(walk) ? outcome : dns_walk_truncate(walk);
}

static enum dns_outcome
answer_signatures(struct dns_walk *walk, const struct dns_lookup *found)
{
	if (!dns_proof_expansion(walk, found))
		return dns_walk_fail(walk);
	if (!append_signatures(walk, found))
		return dns_walk_truncate(walk);
	return end_answer(walk, DNS_OUTCOME_NOERROR);
}

static bool
has_signatures(const struct dns_node *node)
{
	const struct dns_rrset *rrsets = dns_node_rrsets(node);

	for (unsigned i = 0; i < node->rrset_count; i++)
		if (rrsets[i].sig_len != 0)
			return true;
	return false;
}

static enum dns_outcome
answer_rrset(struct dns_walk *walk, const struct dns_lookup *found,
    const struct dns_rrset *rrset)
{
	struct dns_reply *reply = walk->reply;
	struct dns_owner owner = dns_walk_owner(walk, found);
	size_t at = reply->len;

	if (found->is_wildcard && !dns_proof_expansion(walk, found))
		return dns_walk_fail(walk);
	if (!dns_reply_add(reply, DNS_REPLY_ANSWER, walk->zone, rrset, &owner))
		return dns_walk_truncate(walk);
	if (walk->proof_count != 0 && !dns_proof_append(walk))
		return dns_walk_truncate(walk);
	/* An alias' target is looked up by whoever wants it. */
	if (rrset->target_count != 0 && rrset->type != DNS_TYPE_CNAME)
		dns_additional_data(reply, walk->zone, rrset, at);
	return DNS_OUTCOME_NOERROR;
}

/* FOUND is a node that answers with its own data: does so, or says by true that
 * it is an alias. */
static bool
answer_data_or_alias(struct dns_walk *walk, const struct dns_lookup *found,
    enum dns_outcome *outcome)
{
	const struct dns_rrset *rrset = wanted(walk, found);

	if (rrset != NULL)
		*outcome = answer_rrset(walk, found, rrset);
	else if (walk->qtype == DNS_TYPE_RRSIG && has_signatures(found->node))
		*outcome = answer_signatures(walk, found);
	else if ((found->node->flags & DNS_NODE_CNAME) != 0)
		return true;
	else
		*outcome = dns_answer_negative_type(walk, found);
	return false;
}

/* Answers at the end of a chain, or says by true that FOUND is an alias. */
static bool
answer_or_alias(
    struct dns_walk *walk, struct dns_lookup *found, enum dns_outcome *outcome)
{
	*found = dns_lookup(walk->zone, walk->name, walk->len, walk->qtype);
	switch (found->kind) {
	case DNS_LOOKUP_NXDOMAIN:
		*outcome = dns_answer_negative_name(walk, found);
		return false;
	case DNS_LOOKUP_REFERRAL:
		*outcome = dns_answer_referral(walk, found);
		return false;
	case DNS_LOOKUP_DNAME:
		return true;
	case DNS_LOOKUP_DATA:
		break;
	}
	return answer_data_or_alias(walk, found, outcome);
}

/* Does the CNAME that a DNAME means answer the question itself? Then it is not
 * followed, just as one that stands in the zone. */
static bool
is_alias_wanted(const struct dns_walk *walk)
{
	return walk->qtype == DNS_TYPE_CNAME || walk->qtype == DNS_TYPE_ANY;
}

/* FOUND is an alias: follows it and all that come after it. */
static enum dns_outcome
answer_alias(struct dns_walk *walk, struct dns_lookup *found)
{
	/* A kilobyte, of which a chain fills what it is long. */
	__attribute__((uninitialized)) struct dns_alias chain;
	enum dns_outcome outcome;

	dns_alias_begin(&chain);
	do {
		switch (dns_alias_step(&chain, walk, found)) {
		case DNS_ALIAS_FOLLOW:
			if (is_alias_wanted(walk))
				return end_answer(walk, DNS_OUTCOME_NOERROR);
			break;
		case DNS_ALIAS_END:
			return end_answer(walk, DNS_OUTCOME_NOERROR);
		case DNS_ALIAS_TOO_LONG:
			walk->reply->rcode = DNS_RCODE_YXDOMAIN;
			return end_answer(walk, DNS_OUTCOME_YXDOMAIN);
		case DNS_ALIAS_FULL:
			return dns_walk_truncate(walk);
		case DNS_ALIAS_UNPROVEN:
			return dns_walk_fail(walk);
		}
	} while (answer_or_alias(walk, found, &outcome));
	return outcome;
}

enum dns_outcome
dns_answer_zone(struct dns_walk *walk)
{
	struct dns_lookup found;
	enum dns_outcome outcome;

	if (answer_or_alias(walk, &found, &outcome))
		outcome = answer_alias(walk, &found);
	return outcome;
}
