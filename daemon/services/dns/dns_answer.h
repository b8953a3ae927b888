/*
 * dns_answer.h — query in, response out: the whole authoritative answer path.
 * Pure; used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_ANSWER_H
#define NETLAB_SERVICES_DNS_ANSWER_H

#include "core/addr.h"
#include "core/digest.h"
#include "core/span.h"
#include "services/dns/dns_catalog.h"
#include "services/dns/dns_message.h"
#include "services/dns/dns_outcome.h"

/* What an answer depends on beside the query; all borrowed. */
struct dns_context {
	const struct dns_catalog *catalog; /* zones and settings */
	const struct addr *peer; /* who asks: a cookie is made for it */
	enum transport transport;
	uint32_t now;          /* seconds since 1970, modulo 2^32 */
	struct digest *digest; /* hashes names in NSEC3 zones */
};

struct dns_answer {
	size_t len; /* bytes written; 0: stay silent */
	enum dns_outcome outcome;
};

/*
 * Answers QUERY in CONTEXT. Writes to OUT, which has room for DNS_UDP_MAX or
 * DNS_TCP_MAX bytes, as the transport has it, and overlaps QUERY nowhere. Never
 * silent but for a message shorter than a header or with QR set (RFC 1035
 * §4.1.1), and for an error by UDP to a port of servers that answer anything,
 * lest two servers answer each other for ever. Keeps nothing.
 */
struct dns_answer dns_answer(
    const struct dns_context *context, struct span query, struct space out);

/* The same of a query that has been parsed: MESSAGE, which was found to be of
 * that KIND. */
struct dns_answer dns_answer_message(const struct dns_context *context,
    const struct dns_message *message, enum dns_message_kind kind,
    struct space out);

#endif
