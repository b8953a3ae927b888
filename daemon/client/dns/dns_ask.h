/* dns_ask.h — a question goes to a server, and its response comes back. */
#ifndef NETLAB_CLIENT_DNS_DNS_ASK_H
#define NETLAB_CLIENT_DNS_DNS_ASK_H

#include "client/dns/dns_servers.h"
#include "client/dns/dns_task.h"
#include "client/exchange.h"
#include "client/reach.h"
#include "services/dns/dns_query.h"

enum { DNS_ASK_LENGTH = 2 }; /* before a message on TCP (RFC 1035 §4.2.2) */

struct dns_ask {
	const struct dns_task *task; /* borrowed */
	struct exchange *exchange;   /* borrowed */
	struct dns_servers servers;
	struct reach reach;
	int64_t deadline_ms; /* of the whole question */
	int64_t sent_ns;     /* when the query went out last */
	unsigned count;      /* messages that had an id, for the next one's */
	uint8_t cookie[DNS_QUERY_COOKIE_MAX];
	size_t cookie_len; /* 0: none is sent */
	/* The query, with room before it for its length. */
	uint8_t query[DNS_ASK_LENGTH + DNS_QUERY_MAX];
	size_t query_len;
	const char *passed_over; /* what else came, static; NULL: nothing */
	uint64_t passed_count;   /* of such messages */
	uint8_t space[DNS_ASK_LENGTH + DNS_TCP_MAX];
	/* What came. */
	struct span reply;           /* in SPACE */
	char server[REACH_NAME_MAX]; /* "127.0.0.1:53, UDP" */
	double ms;                   /* from the query to it */
};

/* Begins: finds the servers. Returns an enum verb_exit. */
int dns_ask_open(struct dns_ask *ask, const struct dns_task *task,
    struct exchange *exchange) __attribute__((warn_unused_result));

/*
 * Asks TASK's question: each server in turn, until one answers; by UDP, and by
 * TCP where that was told, or the answer is truncated. Returns VERB_GOOD: REPLY
 * is a response to it, maybe a malformed one; or another enum verb_exit, and
 * has complained. Asks anew each time that it is called.
 */
int dns_ask(struct dns_ask *ask) __attribute__((warn_unused_result));

/* By TCP, and the connection stays: dns_ask_next reads the next message of the
 * same response. dns_ask_close ends it. */
int dns_ask_stream(struct dns_ask *ask) __attribute__((warn_unused_result));
int dns_ask_next(struct dns_ask *ask) __attribute__((warn_unused_result));
void dns_ask_close(struct dns_ask *ask);

#endif
