/*
 * worker_pool.h — what all connections of a worker share: their memory, their
 * list, and how many each client has.
 */
#ifndef NETLAB_WORKER_WORKER_POOL_H
#define NETLAB_WORKER_WORKER_POOL_H

#include "worker/worker_loop.h"

struct connection;

/* Makes worker->streams. False: no memory, and the worker is to exit. */
bool worker_pool_init(struct worker *worker)
    __attribute__((warn_unused_result));

/* A zeroed connection of SERVICE, out of those that have ended or a new chunk;
 * NULL: no memory. */
struct connection *worker_pool_take(
    struct worker *worker, struct worker_service *service);

/* CONNECTION is one of those that are open. */
void worker_pool_add(struct worker *worker, struct connection *connection);

/* Counts CONNECTION for its client, unless that is exempt. False: that has as
 * many as it may, and so one was refused. */
bool worker_pool_admit(struct worker *worker, struct connection *connection)
    __attribute__((warn_unused_result));

/* CONNECTION has ended. Its memory stays until the turn is over. */
void worker_pool_remove(struct worker *worker, struct connection *connection);

/* The turn is over: what has ended in it is there to be taken again. */
void worker_pool_recycle(struct worker *worker);

#endif
