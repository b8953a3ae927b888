/*
 * outcome.h — the ways in which the worker itself ends a datagram or a
 * connection: mostly before any room sees it. Those of datagrams come first in
 * every service's counters; the service's own outcomes follow: counter index =
 * OUTCOME_GUARD_COUNT + index in outcomes[].
 */
#ifndef NETLAB_WORKER_OUTCOME_H
#define NETLAB_WORKER_OUTCOME_H

enum outcome_guard {
	OUTCOME_GUARD_LOOP,      /* from a source port that may answer back */
	OUTCOME_GUARD_BROADCAST, /* sent to a broadcast or multicast address */
	OUTCOME_GUARD_OVERSIZE,  /* longer than the service reads */
	OUTCOME_GUARD_SENDER, /* from an address that no single host can have */
	OUTCOME_GUARD_DENIED, /* from an address that may not ask */
	OUTCOME_GUARD_RATE,   /* its source asks too often */
	OUTCOME_GUARD_AMPLIFICATION, /* its reply would be too long */
	OUTCOME_GUARD_TOTAL,         /* the service has replied often enough */
};

enum { OUTCOME_GUARD_COUNT = 8 };

/* Why a connection ended before its room heard of it. Such a one counts among
 * the service's CONNECTIONS, and no request does. */
enum outcome_refusal {
	OUTCOME_REFUSAL_ADDRESS,      /* its client has too many */
	OUTCOME_REFUSAL_PROXY_FROM,   /* not from a trusted proxy */
	OUTCOME_REFUSAL_PROXY_HEADER, /* no PROXY header, a wrong one, or none
	                                 in time */
	OUTCOME_REFUSAL_DENIED,       /* from an address that may not ask */
	OUTCOME_REFUSAL_FULL, /* max_connections are open, and its service says
	                         so to it */
};

enum { OUTCOME_REFUSAL_COUNT = 5 };

extern const char *const outcome_refusal_names[OUTCOME_REFUSAL_COUNT];
extern const char *const outcome_guard_names[OUTCOME_GUARD_COUNT];

#endif
