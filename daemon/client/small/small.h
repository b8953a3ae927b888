/* small.h — what the verbs of the small services share: a host to talk to, and
 * what is shown of the talk. */
#ifndef NETLAB_CLIENT_SMALL_SMALL_H
#define NETLAB_CLIENT_SMALL_SMALL_H

#include "client/exchange.h"
#include "client/options.h"
#include "client/reach.h"
#include "client/screen.h"

enum {
	SMALL_TEXT_MAX = 65507, /* of a text that is said: what UDP can carry */
	SMALL_TRIES = 3,        /* of a datagram that is not answered */
};

struct small {
	const struct options *options; /* borrowed */
	struct screen screen;
	struct exchange exchange;
	struct reach_place place;
	enum transport transport;
	struct reach reach;
	dissector *dissect; /* what is sent and received */
};

/* For HOST, whose service has PORT unless HOST or -p says otherwise; nothing is
 * connected yet. Returns VERB_GOOD or VERB_USAGE. */
int small_open(struct small *small, const struct options *options,
    const char *host, uint16_t port, dissector *dissect)
    __attribute__((warn_unused_result));

/* Connects: anew, where it was connected. Returns as reach_open does. */
int small_connect(struct small *small) __attribute__((warn_unused_result));

/* One answer is through: OBJECT, of --json, gets what was shown, and is
 * printed; may be NULL. Another may follow. Returns as member_print does. */
int small_print(struct small *small, json_t *object)
    __attribute__((warn_unused_result));

/* Ends the talk, after small_print of OBJECT. Returns RESULT, or where that is
 * VERB_GOOD what small_print does. */
int small_close(struct small *small, json_t *object, int result)
    __attribute__((warn_unused_result));

/* Where an answer is printed: standard output, after an empty line where
 * messages have been shown. */
FILE *small_out(const struct small *small);

/* A new object of --json with the server's name. NULL: no --json. */
json_t *small_object(const struct small *small);

/* TEXT of a peer as a member of OBJECT: as it came where it is UTF-8, line ends
 * and all, else as plain.h has it. */
void small_member(json_t *object, const char *key, struct span text);

/* The next three show what is sent and received. By UDP: sends QUESTION,
 * SMALL_TRIES times at most, until a datagram comes. */
int small_ask(struct small *small, struct span question, struct space space,
    size_t *len) __attribute__((warn_unused_result));

/* Sends TEXT, not empty, by TCP. */
int small_send(struct small *small, struct span text)
    __attribute__((warn_unused_result));

/*
 * Reads by TCP until IS_WHOLE (NULL: never) takes what is there, the peer ends
 * the connection, or SPACE is full: *LEN bytes, however it ends. Returns
 * VERB_GOOD; VERB_NO_REPLY and has complained: not in time, or nothing came.
 */
int small_read(struct small *small, struct space space,
    bool (*is_whole)(const void *context, struct span bytes),
    const void *context, size_t *len) __attribute__((warn_unused_result));

#endif
