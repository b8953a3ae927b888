/* chat_backoff.h — how long to wait before the broker is tried again. Pure. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_BACKOFF_H
#define NETLAB_SERVICES_CHAT_CHAT_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

enum {
	CHAT_BACKOFF_LEAST_MS = 1000,
	CHAT_BACKOFF_MOST_MS = 60000,
	/* A connection that lasted so long was a good one. */
	CHAT_BACKOFF_GOOD_MS = 10000,
	/* So many in a row that did not last: it is no accident. */
	CHAT_BACKOFF_BRIEF_MAX = 2,
};

/* All zeros: nothing has failed yet. */
struct chat_backoff {
	uint32_t wait_ms; /* the last, without what chance had changed of it */
	uint32_t brief;   /* connections in a row that did not last */
};

/*
 * How long to wait after a failure, or the end of a connection that LASTED_MS
 * (0: there was none): the least, doubled each time up to the most, and of that
 * by RANDOM a quarter less, so that many hosts do not come at once. The most at
 * once where chat_backoff_is_vain.
 */
uint32_t chat_backoff_next(
    struct chat_backoff *backoff, uint64_t lasted_ms, uint32_t random);

/* Connections come about and do not last: coming back soon would do harm. Two
 * hosts of one name throw each other out for ever (MQTT 5 §3.1.4), and
 * mosquitto does not say that this is why. */
bool chat_backoff_is_vain(const struct chat_backoff *backoff);

#endif
