/* dns_answer_referral.c — see dns_answer_referral.h. */
#include "services/dns/dns_answer_referral.h"

#include "services/dns/dns_additional.h"

/* RFC 1034 §4.3.2 step 3b. AA stays set only where an alias of ours led here:
 * it speaks of the first owner in the answer (RFC 1035 §4.1.1). */
enum dns_outcome
dns_answer_referral(struct dns_walk *walk, const struct dns_lookup *found)
{
	struct dns_reply *reply = walk->reply;
	struct dns_owner owner = dns_walk_owner(walk, found);
	const struct dns_rrset *ns = dns_node_find(found->node, DNS_TYPE_NS);
	size_t at = reply->len;

	if (reply->counts[DNS_REPLY_ANSWER] == 0)
		reply->flags &= (uint16_t)~DNS_FLAG_AA;
	if (!dns_reply_add(
	        reply, DNS_REPLY_AUTHORITY, walk->zone, ns, &owner) ||
	    !dns_additional_glue(reply, walk->zone, ns, at))
		return dns_walk_truncate(walk);
	return DNS_OUTCOME_REFERRAL;
}
