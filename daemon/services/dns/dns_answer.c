/* dns_answer.c — see dns_answer.h. */
#include "services/dns/dns_answer.h"

#include "services/dns/dns_answer_zone.h"
#include "services/dns/dns_chaos.h"
#include "services/dns/dns_edns.h"
#include "services/dns/dns_tsig.h"

/* Ends with an RCODE, without AA or any record; EDE says why. */
static enum dns_outcome
fail(struct dns_reply *reply, uint16_t rcode, uint16_t ede,
    enum dns_outcome outcome)
{
	reply->rcode = rcode;
	reply->ede = ede;
	return outcome;
}

static enum dns_outcome
refuse(struct dns_reply *reply, uint16_t ede)
{
	return fail(reply, DNS_RCODE_REFUSED, ede, DNS_OUTCOME_REFUSED);
}

/* The zone that QUERY asks: the one with the longest apex. DS lies above the
 * cut (RFC 4035 §3.1.4.1): at an apex the parent answers, where it is ours;
 * below one, the name's parent lies in the same zone. */
static const struct dns_zone *
find_zone(const struct dns_catalog *catalog, const struct dns_message *query)
{
	if (query->qtype == DNS_TYPE_DS && query->label_count != 0) {
		const struct dns_zone *parent = dns_catalog_find(catalog,
		    query->qname, query->label_at + 1, query->label_count - 1U);
		if (parent != NULL)
			return parent;
	}
	return dns_catalog_find(
	    catalog, query->qname, query->label_at, query->label_count);
}

static enum dns_outcome
answer_in_zone(const struct dns_context *context, struct dns_reply *reply,
    const struct dns_zone *zone)
{
	const struct dns_message *query = reply->query;
	/* No initialiser: it would clear room for proofs, which few need. */
	__attribute__((uninitialized)) struct dns_walk walk;

	walk.zone = zone;
	walk.reply = reply;
	walk.digest = context->digest;
	walk.qtype = query->qtype;
	walk.name = query->qname;
	walk.spelled = query->bytes.data + DNS_HEADER_SIZE;
	walk.len = query->qname_len;
	walk.place = dns_reply_qname();
	walk.proof_count = 0;
	reply->flags |= DNS_FLAG_AA;
	return dns_answer_zone(&walk);
}

/* Types that no zone has data of: what asks for a transfer is refused, as long
 * as nobody may have one; all others get NOTIMP (RFC 6895 §3.1 lists them). */
static enum dns_outcome
answer_meta(struct dns_reply *reply)
{
	uint16_t qtype = reply->query->qtype;

	if (qtype == DNS_TYPE_AXFR || qtype == DNS_TYPE_IXFR)
		return refuse(reply, DNS_EDE_PROHIBITED);
	return fail(
	    reply, DNS_RCODE_NOTIMP, DNS_EDE_NOT_SUPPORTED, DNS_OUTCOME_NOTIMP);
}

static bool
is_meta(uint16_t qtype)
{
	return qtype == 0 || qtype == DNS_TYPE_OPT ||
	       (qtype >= DNS_TYPE_META_FIRST && qtype < DNS_TYPE_ANY);
}

static enum dns_outcome
answer_question(const struct dns_context *context, struct dns_reply *reply)
{
	const struct dns_message *query = reply->query;

	if (query->qclass == DNS_CLASS_CH)
		return dns_chaos_answer(&context->catalog->settings, reply);
	/* Class ANY, too: our zones are of class IN, and say so only there. */
	if (query->qclass != DNS_CLASS_IN)
		return refuse(reply, DNS_EDE_NOT_AUTHORITATIVE);
	if (is_meta(query->qtype))
		return answer_meta(reply);
	const struct dns_zone *zone = find_zone(context->catalog, query);
	if (zone == NULL)
		return refuse(reply, DNS_EDE_NOT_AUTHORITATIVE);
	if ((zone->flags & DNS_ZONE_FAILED) != 0)
		return fail(reply, DNS_RCODE_SERVFAIL, DNS_EDE_NOT_READY,
		    DNS_OUTCOME_SERVFAIL);
	return answer_in_zone(context, reply, zone);
}

/* The most that the client takes and that we send it. */
static size_t
size_limit(const struct dns_message *query, enum transport transport)
{
	if (transport == TRANSPORT_TCP)
		return DNS_TCP_MAX;
	return query->udp_size < DNS_UDP_MAX ? query->udp_size : DNS_UDP_MAX;
}

/* RFC 8945 §5.2.1: a key that the server does not have. */
static enum dns_outcome
answer_signed(struct dns_reply *reply)
{
	if (!dns_tsig_is_whole(reply->query))
		return fail(reply, DNS_RCODE_FORMERR, DNS_EDE_NONE,
		    DNS_OUTCOME_FORMERR);
	return fail(
	    reply, DNS_RCODE_NOTAUTH, DNS_EDE_NONE, DNS_OUTCOME_NOTAUTH);
}

/* What is to be answered: options and signature come before the question. */
static enum dns_outcome
answer_whole(const struct dns_context *context, struct dns_reply *reply,
    enum dns_message_kind kind)
{
	const struct dns_message *query = reply->query;

	if (query->options != 0) {
		switch (dns_edns_answer(context, kind, reply)) {
		case DNS_EDNS_FORMERR:
			return fail(reply, DNS_RCODE_FORMERR, DNS_EDE_NONE,
			    DNS_OUTCOME_FORMERR);
		case DNS_EDNS_BADCOOKIE:
			return fail(reply, DNS_RCODE_BADCOOKIE, DNS_EDE_NONE,
			    DNS_OUTCOME_BADCOOKIE);
		case DNS_EDNS_ANSWER:
			break;
		}
	}
	if (query->tsig_at != 0)
		return answer_signed(reply);
	if (kind == DNS_MESSAGE_FETCH)
		return DNS_OUTCOME_COOKIE;
	if (kind == DNS_MESSAGE_CHANGE)
		return refuse(reply, DNS_EDE_PROHIBITED);
	return answer_question(context, reply);
}

static enum dns_outcome
answer_kind(const struct dns_context *context, struct dns_reply *reply,
    enum dns_message_kind kind)
{
	switch (kind) {
	case DNS_MESSAGE_QUERY:
	case DNS_MESSAGE_FETCH:
	case DNS_MESSAGE_CHANGE:
		return answer_whole(context, reply, kind);
	case DNS_MESSAGE_FORMERR:
		return fail(reply, DNS_RCODE_FORMERR, DNS_EDE_NONE,
		    DNS_OUTCOME_FORMERR);
	case DNS_MESSAGE_NOTIMP:
		return fail(
		    reply, DNS_RCODE_NOTIMP, DNS_EDE_NONE, DNS_OUTCOME_NOTIMP);
	case DNS_MESSAGE_BADVERS:
		return fail(reply, DNS_RCODE_BADVERS, DNS_EDE_NONE,
		    DNS_OUTCOME_BADVERS);
	case DNS_MESSAGE_SILENT:
		break;
	}
	return DNS_OUTCOME_SILENT;
}

/* Echo, daytime, qotd, chargen and time answer whatever comes to them, most of
 * them in text, which is no query: an error would get more of it. So one forged
 * datagram could have two servers talk for ever. */
static bool
is_loop(const struct dns_context *context, enum dns_message_kind kind)
{
	static const uint16_t ports[] = {7, 13, 17, 19, 37};
	uint16_t port;

	if ((kind != DNS_MESSAGE_FORMERR && kind != DNS_MESSAGE_NOTIMP) ||
	    context->transport != TRANSPORT_UDP)
		return false;
	port = addr_port(context->peer);
	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		if (port == ports[i])
			return true;
	return false;
}

struct dns_answer
dns_answer_message(const struct dns_context *context,
    const struct dns_message *message, enum dns_message_kind kind,
    struct space out)
{
	if (kind == DNS_MESSAGE_SILENT || is_loop(context, kind))
		return (struct dns_answer){.outcome = DNS_OUTCOME_SILENT};

	struct dns_reply reply;
	dns_reply_begin(
	    &reply, message, out, size_limit(message, context->transport));
	enum dns_outcome outcome = answer_kind(context, &reply, kind);
	size_t len = dns_reply_finish(&reply);
	if (outcome == DNS_OUTCOME_NOTAUTH)
		len = dns_tsig_append_badkey(&reply, len);
	return (struct dns_answer){.len = len, .outcome = outcome};
}

struct dns_answer
dns_answer(
    const struct dns_context *context, struct span query, struct space out)
{
	/* Half a kilobyte, of which the parser fills what there is. */
	__attribute__((uninitialized)) struct dns_message message;
	enum dns_message_kind kind = dns_message_parse(query, &message);

	return dns_answer_message(context, &message, kind, out);
}
