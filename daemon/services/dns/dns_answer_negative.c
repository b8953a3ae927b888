/* dns_answer_negative.c — see dns_answer_negative.h. */
#include "services/dns/dns_answer_negative.h"

#include "services/dns/dns_proof.h"

/* The SOA says how long the absence may be believed. The apex is the end of the
 * question's name, wherever aliases have led. */
static enum dns_outcome
append(struct dns_walk *walk, enum dns_outcome outcome)
{
	struct dns_reply *reply = walk->reply;
	struct dns_owner apex = dns_reply_suffix(dns_reply_qname(),
	    (size_t)reply->query->qname_len - walk->zone->apex_len);

	if (!dns_reply_add(reply, DNS_REPLY_AUTHORITY, walk->zone,
	        &walk->zone->negative, &apex) ||
	    !dns_proof_append(walk))
		return dns_walk_truncate(walk);
	return outcome;
}

enum dns_outcome
dns_answer_negative_name(struct dns_walk *walk, const struct dns_lookup *found)
{
	if (!dns_proof_nxdomain(walk, found))
		return dns_walk_fail(walk);
	walk->reply->rcode = DNS_RCODE_NXDOMAIN;
	return append(walk, DNS_OUTCOME_NXDOMAIN);
}

enum dns_outcome
dns_answer_negative_type(struct dns_walk *walk, const struct dns_lookup *found)
{
	if (!dns_proof_nodata(walk, found))
		return dns_walk_fail(walk);
	return append(walk, DNS_OUTCOME_NODATA);
}
