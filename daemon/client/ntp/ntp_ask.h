/* ntp_ask.h — one exchange with a time server, its times taken as close to the
 * wire as a program can. */
#ifndef NETLAB_CLIENT_NTP_NTP_ASK_H
#define NETLAB_CLIENT_NTP_NTP_ASK_H

#include "client/exchange.h"
#include "client/reach.h"
#include "services/ntp/ntp_answer.h"
#include "services/ntp/ntp_sample.h"

#include <stdint.h>

enum ntp_ask_result {
	NTP_ASK_ANSWERED,
	NTP_ASK_SILENT, /* nothing, or nothing to our query, in time */
	NTP_ASK_FAILED, /* nobody is there; complained about */
};

struct ntp_ask {
	enum ntp_answer_kind kind; /* of an answer: never OTHER */
	struct ntp_answer answer;  /* but where it is SHORT */
	size_t len;                /* of its datagram */
	struct ntp_sample sample;  /* where the kind has times */
	unsigned passed_over;      /* datagrams of another origin */
};

/* Asks the kernel when datagrams arrive: once, before the first query. */
void ntp_ask_prepare(const struct reach *reach);

/*
 * Sends a query of VERSION by REACH, a UDP socket, and waits for its answer
 * until the deadline; others are counted and passed over. The query's transmit
 * timestamp is T1 or, where it is not NULL, *RANDOM. Both messages go to
 * EXCHANGE.
 */
enum ntp_ask_result ntp_ask(struct reach *reach, unsigned version,
    const uint64_t *random, struct exchange *exchange, struct ntp_ask *ask);

#endif
