/* chat_announce.h — a listener tells the networks around that it is there: soon
 * after one another at first, then each minute; and whoever asks, at once. */
#ifndef NETLAB_CLIENT_CHAT_ANNOUNCE_H
#define NETLAB_CLIENT_CHAT_ANNOUNCE_H

#include "client/chat/chat_beacon.h"
#include "client/chat/chat_multicast.h"

#include <stdint.h>

enum {
	CHAT_ANNOUNCE_FIRST_MS = 1000,  /* then twice that … */
	CHAT_ANNOUNCE_EACH_MS = 60000,  /* … up to this */
	CHAT_ANNOUNCE_ANSWERS_MAX = 20, /* in a second, to all */
	CHAT_ANNOUNCE_AT_ONCE_MAX = 64, /* datagrams that are read in one go */
};

struct chat_announce {
	struct chat_multicast multicast;
	struct chat_beacon beacon;
	int64_t next_ms; /* INT64_MAX: it is closed */
	int64_t gap_ms;
	int64_t second_ms; /* since when … */
	unsigned answers;  /* … it has given so many */
};

/* BEACON's id is made here. Returns VERB_GOOD, or VERB_USAGE and has
 * complained: see chat_multicast_open. */
int chat_announce_open(struct chat_announce *announce,
    const struct options *options, const struct chat_beacon *beacon)
    __attribute__((warn_unused_result));

/* Does what is due, and answers questions. */
void chat_announce_work(struct chat_announce *announce);

/* Says that it is there no more; from now on it does nothing. Closed already is
 * fine. */
void chat_announce_close(struct chat_announce *announce);

#endif
