/*
 * outcome.h — the ways in which the worker itself ends a datagram, before any
 * room sees it. They come first in every service's counters; the service's own
 * outcomes follow: counter index = OUTCOME_GUARD_COUNT + index in outcomes[].
 */
#ifndef NETLAB_WORKER_OUTCOME_H
#define NETLAB_WORKER_OUTCOME_H

enum outcome_guard {
	OUTCOME_GUARD_LOOP,      /* from a source port that may answer back */
	OUTCOME_GUARD_BROADCAST, /* sent to a broadcast or multicast address */
	OUTCOME_GUARD_OVERSIZE,  /* longer than the service reads */
};

enum { OUTCOME_GUARD_COUNT = 3 };

extern const char *const outcome_guard_names[OUTCOME_GUARD_COUNT];

#endif
