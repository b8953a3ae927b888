/*
 * dns_query.h — a query is made (RFC 1035 §4.1, RFC 6891), and what comes back
 * is looked at: is it the response to that query? Pure; used by the client.
 */
#ifndef NETLAB_SERVICES_DNS_QUERY_H
#define NETLAB_SERVICES_DNS_QUERY_H

#include "core/span.h"
#include "services/dns/dns_cookie.h"
#include "services/dns/dns_wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DNS_QUERY_COOKIE_MAX = DNS_COOKIE_CLIENT_SIZE + DNS_COOKIE_SERVER_MAX,
	DNS_QUERY_SOA = 2 + 20, /* two names that are the root's, numbers */
	DNS_QUERY_MAX = DNS_HEADER_SIZE + DNS_NAME_MAX + DNS_QUESTION_FIXED +
	                DNS_NAME_MAX + DNS_RECORD_FIXED + DNS_QUERY_SOA +
	                DNS_OPT_SIZE + 2 * DNS_OPTION_HEAD +
	                DNS_QUERY_COOKIE_MAX,
};

struct dns_query {
	uint16_t id;
	const uint8_t *qname; /* a whole valid name, borrowed */
	uint16_t qtype, qclass;
	bool is_recursion_desired;
	uint32_t serial; /* of IXFR alone: what is known (RFC 1995 §3) */
	bool has_edns;   /* without it, none of these is said */
	uint16_t udp_size;
	bool is_dnssec_ok;  /* DO (RFC 3225) */
	bool asks_nsid;     /* RFC 5001 */
	struct span cookie; /* the client's part, with a server's or alone (RFC
	                       7873 §4); empty: none. Borrowed */
};

/* Writes the message to OUT and returns its length. */
size_t dns_query_write(
    const struct dns_query *query, uint8_t out[DNS_QUERY_MAX]);

enum dns_query_match {
	DNS_QUERY_ANSWERED,     /* a response to this query */
	DNS_QUERY_OTHER_ID,     /* not this query's id, or too short for any */
	DNS_QUERY_NO_RESPONSE,  /* QR is not set */
	DNS_QUERY_OTHER_OPCODE, /* not the query's */
	DNS_QUERY_OTHER_QUESTION, /* not the query's, to the letter's case */
	DNS_QUERY_OTHER_COOKIE,   /* not the one that was sent (§5.3) */
};

/*
 * What REPLY is to QUERY, a message of dns_query_write. One that is malformed
 * behind a right id is ANSWERED, so that somebody says what is wrong with it.
 * A question may be missing in an error, and in the later messages of a
 * transfer (RFC 5936 §2.2.2; IS_LATER).
 */
enum dns_query_match dns_query_matches(
    struct span query, struct span reply, bool is_later);

/* "a reply with a wrong id", and so on. Static. */
const char *dns_query_match_text(enum dns_query_match match);

#endif
