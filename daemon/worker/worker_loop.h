/*
 * worker_loop.h — the worker's own state and its event loop. Private to
 * worker/; one worker process has one struct worker.
 */
#ifndef NETLAB_WORKER_LOOP_H
#define NETLAB_WORKER_LOOP_H

#include "core/heritage.h"
#include "service.h"
#include "worker/worker_deadline.h"
#include "worker/worker_guard.h"
#include "worker/worker_limit.h"

#include <stdbool.h>
#include <stdint.h>

struct worker;
struct worker_dgram_batch;
struct worker_stream_pool;

/* Whatever epoll watches begins with one of these: event → handler. */
struct worker_source {
	int fd;
	bool is_first; /* served before the others of the same turn */
	void (*ready)(struct worker *worker, struct worker_source *source,
	    uint32_t events);
};

/* A service of this worker's role; to its room, a struct service_worker. */
struct worker_service {
	struct worker *worker;
	const struct service *service;
	void *state; /* what start() returned */
	struct stats_service *stats;
	unsigned index;               /* in the services table */
	unsigned limits;              /* enum worker_limit_part; 0: none */
	struct worker_deadline timer; /* service_calls.set_timer */
};

/* A socket of this slot, or one lent by a slot that is waiting. */
struct worker_listener {
	struct worker_source source;
	struct worker_service *service;
	enum transport transport;
	struct addr addr; /* as bound */
	bool is_wildcard;
	bool is_proxied; /* a PROXY header begins each connection */
	bool is_armed;   /* in the epoll set */
	unsigned slot;   /* whose it is */
	struct worker_listener *next;
};

struct worker {
	const struct heritage *heritage;
	const struct settings *settings;
	int epoll;
	uint64_t now_ms; /* CLOCK_MONOTONIC, at the start of this turn */
	struct worker_service services[STATS_SERVICE_MAX];
	unsigned service_count;
	struct worker_source control;
	struct worker_source *watches; /* one per service that asks for it */
	struct worker_listener *listeners;
	struct worker_wheel wheel;
	struct worker_deadline flush; /* of what the rooms have gathered */
	struct worker_guard_ports guard_ports;
	struct worker_limit limit;
	struct worker_dgram_batch *batch;
	struct worker_stream_pool *streams;
	uint64_t reserve; /* descriptors set aside: worker_reserve.h */
	uint64_t lifted;  /* of these, the ones that the limit admits now */
	bool is_draining;
	bool is_stopping; /* draining for good: who asks nothing is let go */
	uint64_t drain_end_ms; /* exit by then, whatever is left */
};

/* Adds SOURCE to the epoll set for EVENTS, or changes them. false: logged. */
bool worker_loop_watch(struct worker *worker, struct worker_source *source,
    uint32_t events, bool is_new);
void worker_loop_forget(struct worker *worker, struct worker_source *source);

enum {
	/* With a tick of the wheel on top: within a second, as service.h
	 * promises. */
	WORKER_FLUSH_MS = 800,
};

/* A hook of SERVICE runs: what it gathers is written out within a second. */
static inline void
worker_loop_mark(struct worker *worker, const struct service *service)
{
	if (service->flush != NULL && worker->flush.next == NULL)
		worker_deadline_set(&worker->wheel, &worker->flush,
		    worker->now_ms + WORKER_FLUSH_MS);
}

/* Has the rooms write out what they have gathered. */
void worker_loop_flush(struct worker *worker);

/* Serves until the drain is over. Where each turn begins and ends, the master
 * sees in the counters' slot, which is at work already as the loop begins. */
void worker_loop_run(struct worker *worker);

#endif
