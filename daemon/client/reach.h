/*
 * reach.h — a host and its service: found, connected to, spoken with, never
 * longer than --timeout in all. What fails is complained about here, with the
 * exit status for it: VERB_USAGE for a place that is none, VERB_NO_REPLY for
 * all that the network does.
 */
#ifndef NETLAB_CLIENT_REACH_H
#define NETLAB_CLIENT_REACH_H

#include "client/options.h"
#include "client/reach_place.h"
#include "core/addr.h"
#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	REACH_NAME_MAX = ADDR_TEXT_MAX + 8,
	REACH_DATAGRAM_MAX = 65535,
};

struct reach {
	int fd; /* connected, non-blocking; -1: closed */
	enum transport transport;
	struct addr peer, local;
	char name[REACH_NAME_MAX]; /* "127.0.0.1:53, UDP" */
	int64_t deadline_ms;       /* CLOCK_MONOTONIC; INT64_MAX: none */
	bool has_heard;            /* reach_receive_all has had bytes */
};

/*
 * Looks PLACE up (addresses of OPTIONS' family) and connects by TRANSPORT: each
 * of its addresses in turn, until one takes it; the timeout of OPTIONS begins
 * here. Returns VERB_GOOD, or VERB_NO_REPLY. A UDP socket is connected as well:
 * it hears its peer alone, and that nobody listens there.
 */
int reach_open(struct reach *reach, const struct options *options,
    const struct reach_place *place, enum transport transport)
    __attribute__((warn_unused_result));

/* Closes it; closed already is fine. */
void reach_close(struct reach *reach);

/* Sends all of BYTES (one datagram). */
int reach_send(struct reach *reach, struct span bytes)
    __attribute__((warn_unused_result));

/* No more will be sent: the peer reads the end of the stream. */
void reach_finish(struct reach *reach);

/* Waits for a datagram, or for bytes of a stream: *LEN of them are at the start
 * of SPACE. 0 by TCP: the stream has ended (a reset is VERB_NO_REPLY). */
int reach_receive(struct reach *reach, struct space space, size_t *len)
    __attribute__((warn_unused_result));

/* TCP: exactly as many bytes as SPACE has; an end before that is
 * VERB_MALFORMED, "truncated", unless nothing came at all, by earlier calls
 * either: then VERB_NO_REPLY. */
int reach_receive_all(struct reach *reach, struct space space)
    __attribute__((warn_unused_result));

/*
 * UDP: sends QUESTION, up to TRIES times in even parts of the timeout, until a
 * datagram comes that IS_ANSWER takes (others are passed over): *LEN bytes in
 * SPACE. TOLD, where not NULL, is called before each time it is sent.
 */
struct reach_question {
	struct span question;
	unsigned tries;
	bool (*is_answer)(void *context, struct span bytes);
	void (*told)(void *context, unsigned attempt); /* from 0 */
	/* Where IS_ANSWER says what it passed over last, for the complaint:
	 * "a reply with a wrong id"; or NULL. */
	const char *const *passed_over;
	void *context;
};
int reach_ask(struct reach *reach, const struct reach_question *question,
    struct space space, size_t *len) __attribute__((warn_unused_result));

/* The timeout of OPTIONS begins anew: for data that may take as long as it
 * comes. */
void reach_renew(struct reach *reach, const struct options *options);

/* Until it can be read or written, as EVENTS of poll(2) says; false: not in
 * time. For those who read its fd themselves. */
bool reach_await(const struct reach *reach, short events);

/* The clock of deadlines: CLOCK_MONOTONIC. */
int64_t reach_now_ms(void);

/* Milliseconds until the deadline, 0 … INT_MAX; -1: there is none. For poll. */
int reach_left_ms(const struct reach *reach);

#endif
