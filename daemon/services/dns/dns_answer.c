/* dns_answer.c — see dns_answer.h. */
#include "services/dns/dns_answer.h"

#include "services/dns/dns_additional.h"
#include "services/dns/dns_alias.h"

enum {
	META_TYPE_FIRST = 128, /* RFC 6895 §3.1: 128 to 255 are no data */
	META_TYPE_LAST = 255,
};

/* Ends with an RCODE, without AA or any record. */
static enum dns_outcome
fail(struct dns_reply *reply, uint16_t rcode, enum dns_outcome outcome)
{
	reply->rcode = rcode;
	return outcome;
}

static enum dns_outcome
end_truncated(struct dns_reply *reply)
{
	reply->flags |= DNS_FLAG_TC;
	return DNS_OUTCOME_TRUNCATED;
}

/* RFC 2308 §2.1, §2.2: the SOA says how long the absence may be believed. The
 * apex is the end of the question's name, wherever aliases have led. */
static enum dns_outcome
answer_negative(struct dns_walk *walk, enum dns_outcome outcome)
{
	struct dns_reply *reply = walk->reply;
	struct dns_owner apex = dns_reply_suffix(dns_reply_qname(),
	    (size_t)reply->query->qname_len - walk->zone->apex_len);

	if (outcome == DNS_OUTCOME_NXDOMAIN)
		reply->rcode = DNS_RCODE_NXDOMAIN;
	if (!dns_reply_add(reply, DNS_REPLY_AUTHORITY, walk->zone,
	        &walk->zone->negative, &apex))
		return end_truncated(reply);
	return outcome;
}

/* RFC 1034 §4.3.2 step 3b. AA stays set only where an alias of ours led here:
 * it speaks of the first owner in the answer (RFC 1035 §4.1.1). */
static enum dns_outcome
answer_referral(struct dns_walk *walk, const struct dns_lookup *found)
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
		return end_truncated(reply);
	return DNS_OUTCOME_REFERRAL;
}

/* The RRset of FOUND's node that answers the question, or NULL. To ANY, one is
 * enough (RFC 8482 §4.1). */
static const struct dns_rrset *
wanted(const struct dns_walk *walk, const struct dns_lookup *found)
{
	if (walk->qtype != DNS_TYPE_ANY)
		return dns_node_find(found->node, walk->qtype);
	if (found->node->rrset_count == 0)
		return NULL;
	return dns_node_rrsets(found->node);
}

static enum dns_outcome
answer_rrset(struct dns_walk *walk, const struct dns_lookup *found,
    const struct dns_rrset *rrset)
{
	struct dns_reply *reply = walk->reply;
	struct dns_owner owner = dns_walk_owner(walk, found);
	size_t at = reply->len;

	if (!dns_reply_add(reply, DNS_REPLY_ANSWER, walk->zone, rrset, &owner))
		return end_truncated(reply);
	/* An alias' target is looked up by whoever wants it. */
	if (rrset->target_count != 0 && rrset->type != DNS_TYPE_CNAME)
		dns_additional_data(reply, walk->zone, rrset, at);
	return DNS_OUTCOME_NOERROR;
}

/* Answers at the end of a chain, or says by true that FOUND is an alias. */
static bool
answer_or_alias(
    struct dns_walk *walk, struct dns_lookup *found, enum dns_outcome *outcome)
{
	*found = dns_lookup(walk->zone, walk->name, walk->len, walk->qtype);
	switch (found->kind) {
	case DNS_LOOKUP_NXDOMAIN:
		*outcome = answer_negative(walk, DNS_OUTCOME_NXDOMAIN);
		return false;
	case DNS_LOOKUP_REFERRAL:
		*outcome = answer_referral(walk, found);
		return false;
	case DNS_LOOKUP_DNAME:
		return true;
	case DNS_LOOKUP_DATA:
		break;
	}
	const struct dns_rrset *rrset = wanted(walk, found);
	if (rrset != NULL)
		*outcome = answer_rrset(walk, found, rrset);
	else if ((found->node->flags & DNS_NODE_CNAME) != 0)
		return true;
	else
		*outcome = answer_negative(walk, DNS_OUTCOME_NODATA);
	return false;
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
	struct dns_alias chain;
	enum dns_outcome outcome;

	dns_alias_begin(&chain);
	do {
		switch (dns_alias_step(&chain, walk, found)) {
		case DNS_ALIAS_FOLLOW:
			if (is_alias_wanted(walk))
				return DNS_OUTCOME_NOERROR;
			break;
		case DNS_ALIAS_END:
			return DNS_OUTCOME_NOERROR;
		case DNS_ALIAS_TOO_LONG:
			walk->reply->rcode = DNS_RCODE_YXDOMAIN;
			return DNS_OUTCOME_YXDOMAIN;
		case DNS_ALIAS_FULL:
			return end_truncated(walk->reply);
		}
	} while (answer_or_alias(walk, found, &outcome));
	return outcome;
}

/* The zone that QUERY asks: the one with the longest apex. DS lies above the
 * cut (RFC 4035 §3.1.4.1): at an apex the parent answers, where it is ours;
 * below one, the name's parent lies in the same zone. */
static const struct dns_zone *
find_zone(const struct dns_catalog *catalog, const struct dns_message *query)
{
	if (query->qtype == DNS_TYPE_DS && query->label_count != 0) {
		size_t label = query->label_at[1];
		const struct dns_zone *parent = dns_catalog_find(
		    catalog, query->qname + label, query->qname_len - label);
		if (parent != NULL)
			return parent;
	}
	return dns_catalog_find(catalog, query->qname, query->qname_len);
}

static enum dns_outcome
answer_in_zone(struct dns_reply *reply, const struct dns_zone *zone)
{
	const struct dns_message *query = reply->query;
	struct dns_walk walk = {
	    .zone = zone,
	    .reply = reply,
	    .qtype = query->qtype,
	    .name = query->qname,
	    .spelled = query->bytes.data + DNS_HEADER_SIZE,
	    .len = query->qname_len,
	    .place = dns_reply_qname(),
	};
	struct dns_lookup found;
	enum dns_outcome outcome;

	reply->flags |= DNS_FLAG_AA;
	if (answer_or_alias(&walk, &found, &outcome))
		outcome = answer_alias(&walk, &found);
	return outcome;
}

/* Types that no zone has data of: what asks for a transfer is refused, as long
 * as nobody may have one; all others get NOTIMP (RFC 6895 §3.1 lists them). */
static enum dns_outcome
answer_meta(struct dns_reply *reply)
{
	uint16_t qtype = reply->query->qtype;

	if (qtype == DNS_TYPE_AXFR || qtype == DNS_TYPE_IXFR)
		return fail(reply, DNS_RCODE_REFUSED, DNS_OUTCOME_REFUSED);
	return fail(reply, DNS_RCODE_NOTIMP, DNS_OUTCOME_NOTIMP);
}

static bool
is_meta(uint16_t qtype)
{
	return qtype == 0 || qtype == DNS_TYPE_OPT ||
	       (qtype >= META_TYPE_FIRST && qtype < META_TYPE_LAST);
}

static enum dns_outcome
answer_question(const struct dns_catalog *catalog, struct dns_reply *reply)
{
	const struct dns_message *query = reply->query;

	/* RFC 8945 §5.2.1: a key that the server does not have. */
	if (query->tsig_at != 0)
		return fail(reply, DNS_RCODE_NOTAUTH, DNS_OUTCOME_NOTAUTH);
	/* Class ANY, too: our zones are of class IN, and say so only there. */
	if (query->qclass != DNS_CLASS_IN)
		return fail(reply, DNS_RCODE_REFUSED, DNS_OUTCOME_REFUSED);
	if (is_meta(query->qtype))
		return answer_meta(reply);
	const struct dns_zone *zone = find_zone(catalog, query);
	if (zone == NULL)
		return fail(reply, DNS_RCODE_REFUSED, DNS_OUTCOME_REFUSED);
	if ((zone->flags & DNS_ZONE_FAILED) != 0)
		return fail(reply, DNS_RCODE_SERVFAIL, DNS_OUTCOME_SERVFAIL);
	return answer_in_zone(reply, zone);
}

/* The most that the client takes and that we send it. */
static size_t
size_limit(const struct dns_message *query, enum transport transport)
{
	if (transport == TRANSPORT_TCP)
		return DNS_TCP_MAX;
	return query->udp_size < DNS_UDP_MAX ? query->udp_size : DNS_UDP_MAX;
}

static enum dns_outcome
answer_kind(const struct dns_catalog *catalog, struct dns_reply *reply,
    enum dns_message_kind kind)
{
	switch (kind) {
	case DNS_MESSAGE_QUERY:
		return answer_question(catalog, reply);
	case DNS_MESSAGE_FORMERR:
		return fail(reply, DNS_RCODE_FORMERR, DNS_OUTCOME_FORMERR);
	case DNS_MESSAGE_NOTIMP:
		return fail(reply, DNS_RCODE_NOTIMP, DNS_OUTCOME_NOTIMP);
	case DNS_MESSAGE_BADVERS:
		return fail(reply, DNS_RCODE_BADVERS, DNS_OUTCOME_BADVERS);
	case DNS_MESSAGE_SILENT:
		break;
	}
	return DNS_OUTCOME_SILENT;
}

struct dns_answer
dns_answer(
    const struct dns_context *context, struct span query, struct space out)
{
	struct dns_message message;
	enum dns_message_kind kind = dns_message_parse(query, &message);
	if (kind == DNS_MESSAGE_SILENT)
		return (struct dns_answer){.outcome = DNS_OUTCOME_SILENT};

	struct dns_reply reply;
	dns_reply_begin(
	    &reply, &message, out, size_limit(&message, context->transport));
	enum dns_outcome outcome = answer_kind(context->catalog, &reply, kind);
	return (struct dns_answer){
	    .len = dns_reply_finish(&reply),
	    .outcome = outcome,
	};
}
