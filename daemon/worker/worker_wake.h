/*
 * worker_wake.h — connections that their room has something for, unasked
 * (service_calls.wake): each is called once for all that came meanwhile.
 *
 * The first leave at once. The next wait until a round is due again, later the
 * more there were: so a quiet room has no delay, and in a busy one a reader
 * costs some sends a second instead of one for each line, however many lines
 * there are.
 */
#ifndef NETLAB_WORKER_WORKER_WAKE_H
#define NETLAB_WORKER_WORKER_WAKE_H

#include "worker/worker_loop.h"

struct connection;

enum {
	/* From one round to the next: less is seen by nobody who reads. */
	WORKER_WAKE_ROUND_MS = 16,
	/* … and a millisecond more for so many connections of a round. Each
	 * costs some 5 µs: a quarter of the time, at most. */
	WORKER_WAKE_PER_MS = 50,
	/* Connections in one turn: the events wait for some milliseconds. */
	WORKER_WAKE_PER_TURN = 256,
};

/* All zeros: none. */
struct worker_wakes {
	struct connection *first, *last; /* of the next round */
	unsigned count;                  /* of these */
	struct connection *now;          /* what is left of this round */
	uint64_t due_ms;                 /* of the next round */
};

/* Has CONNECTION's room called with STREAM_WAKE, once its output is out. */
void worker_wake(struct worker *worker, struct connection *connection);

/* Once a turn: goes on with a round, or begins one that is due. */
void worker_wake_run(struct worker *worker);

/* All who are woken now, due or not. */
void worker_wake_run_all(struct worker *worker);

/* How long until there is something to run; -1: nobody is woken. */
int worker_wake_sleep_ms(const struct worker *worker);

#endif
