/* dns_answer_referral.c — see dns_answer_referral.h. */
#include "services/dns/dns_answer_referral.h"

#include "services/dns/dns_additional.h"
#include "services/dns/dns_proof.h"

/* RFC 4035 §3.1.4: what makes the delegation secure, or the proof that nothing
 * does. */
static bool
append_security(const struct dns_walk *walk, const struct dns_rrset *ds,
    const struct dns_owner *owner)
{
	if (ds != NULL && !dns_reply_add(walk->reply, DNS_REPLY_AUTHORITY,
	                      walk->zone, ds, owner))
		return false;
	return dns_proof_append(walk);
}

enum dns_outcome
dns_answer_referral(struct dns_walk *walk, const struct dns_lookup *found)
{
	struct dns_reply *reply = walk->reply;
	struct dns_owner owner = dns_walk_owner(walk, found);
	const struct dns_rrset *ns = dns_node_find(found->node, DNS_TYPE_NS);
	const struct dns_rrset *ds = dns_node_find(found->node, DNS_TYPE_DS);
	bool is_proven = dns_walk_is_proven(walk);
	size_t at = reply->len;

	if (ds == NULL && !dns_proof_nodata(walk, found))
		return dns_walk_fail(walk);
	/* AA speaks of the first owner in the answer (RFC 1035 §4.1.1). */
	if (reply->counts[DNS_REPLY_ANSWER] == 0)
		reply->flags &= (uint16_t)~DNS_FLAG_AA;
	if (!dns_reply_add_unsigned(
	        reply, DNS_REPLY_AUTHORITY, walk->zone, ns, &owner) ||
	    (is_proven && !append_security(walk, ds, &owner)) ||
	    !dns_additional_glue(reply, walk->zone, ns, at))
		return dns_walk_truncate(walk);
	return DNS_OUTCOME_REFERRAL;
}
