/* worker_calls.h — what a room may ask of its worker: struct service_calls. */
#ifndef NETLAB_WORKER_WORKER_CALLS_H
#define NETLAB_WORKER_WORKER_CALLS_H

#include "worker/worker_loop.h"

extern const struct service_calls worker_calls;

/* Whether DUE, off the wheel, is the timer of a service: if so, its room has
 * been called. */
bool worker_calls_expire(
    struct worker *worker, const struct worker_deadline *due);

/* Tells the rooms that the worker is about to go, and delivers what they have
 * to say to that. */
void worker_calls_drain(struct worker *worker);

#endif
