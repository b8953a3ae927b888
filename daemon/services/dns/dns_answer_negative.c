/* dns_answer_negative.c — see dns_answer_negative.h. */
#include "services/dns/dns_answer_negative.h"

/* RFC 2308 §2.1, §2.2: the SOA says how long the absence may be believed. The
 * apex is the end of the question's name, wherever aliases have led. */
enum dns_outcome
dns_answer_negative(struct dns_walk *walk, enum dns_outcome outcome)
{
	struct dns_reply *reply = walk->reply;
	struct dns_owner apex = dns_reply_suffix(dns_reply_qname(),
	    (size_t)reply->query->qname_len - walk->zone->apex_len);

	if (outcome == DNS_OUTCOME_NXDOMAIN)
		reply->rcode = DNS_RCODE_NXDOMAIN;
	if (!dns_reply_add(reply, DNS_REPLY_AUTHORITY, walk->zone,
	        &walk->zone->negative, &apex))
		return dns_walk_truncate(walk);
	return outcome;
}
