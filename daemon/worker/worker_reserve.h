/*
 * worker_reserve.h — descriptors that no client can use up. The limit on open
 * files is kept lower than it could be, and lifted while the worker reads what
 * the master sends: a socket that came with a message and found no free number
 * would be lost with it.
 */
#ifndef NETLAB_WORKER_WORKER_RESERVE_H
#define NETLAB_WORKER_WORKER_RESERVE_H

#include "worker/worker_loop.h"

/* Sets aside as many descriptors as the master may send: every socket of the
 * role's other slots, and one message's. Once, at the start. */
void worker_reserve_init(struct worker *worker);

/* Lifts the limit by what is set aside, and lowers it again. */
void worker_reserve_lift(struct worker *worker);
void worker_reserve_lower(struct worker *worker);

#endif
