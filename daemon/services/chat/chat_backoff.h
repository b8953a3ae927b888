/* chat_backoff.h — how long to wait before the broker is tried again. Pure. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_BACKOFF_H
#define NETLAB_SERVICES_CHAT_CHAT_BACKOFF_H

#include <stdint.h>

enum {
	CHAT_BACKOFF_LEAST_MS = 1000,
	CHAT_BACKOFF_MOST_MS = 60000,
	/* A connection that lasted so long was a good one. */
	CHAT_BACKOFF_GOOD_MS = 10000,
};

/* All zeros: nothing has failed yet. */
struct chat_backoff {
	uint32_t wait_ms; /* the last, without what chance had changed of it */
};

/*
 * How long to wait after a failure, or the end of a connection that LASTED_MS
 * (0: there was none): the least, doubled each time up to the most, and of that
 * by RANDOM a quarter less, so that many hosts do not come at once.
 */
uint32_t chat_backoff_next(
    struct chat_backoff *backoff, uint64_t lasted_ms, uint32_t random);

/* The same, where coming back soon would do harm: the most at once. */
uint32_t chat_backoff_most(struct chat_backoff *backoff, uint32_t random);

#endif
