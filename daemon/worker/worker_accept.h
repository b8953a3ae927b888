/* worker_accept.h — from a listener's queue to connections, as long as there is
 * room for them. */
#ifndef NETLAB_WORKER_WORKER_ACCEPT_H
#define NETLAB_WORKER_WORKER_ACCEPT_H

#include "worker/worker_loop.h"

/* What there may be too little of. */
enum worker_shortage {
	WORKER_SHORTAGE_SYSTEM,      /* descriptors or memory: errno */
	WORKER_SHORTAGE_CONNECTIONS, /* max_connections */
};

enum { WORKER_SHORTAGE_COUNT = 2 };

/* A worker_source's handler for TCP listeners: accepts what is queued. */
void worker_accept_ready(
    struct worker *worker, struct worker_source *source, uint32_t events);

/* Accepts all that LISTENER's queue holds, for one that is about to close. */
void worker_accept_retire(
    struct worker *worker, struct worker_listener *listener);

/* Accepts nothing for a moment, for want of WHAT, and says so once for as long
 * as that lasts: ERROR is the errno that told. */
void worker_accept_pause(
    struct worker *worker, enum worker_shortage what, int error);

/* The moment is over: the pool's deadline RESUME has come, or a connection has
 * gone. */
void worker_accept_resume(struct worker *worker);

#endif
