/*
 * worker_dgram.h — datagrams: recvmmsg → guards → answer → sendmmsg. All of
 * it allocates at start only.
 */
#ifndef NETLAB_WORKER_DGRAM_H
#define NETLAB_WORKER_DGRAM_H

#include "worker/worker_loop.h"

/* Makes the batch's buffers for the longest datagram of the role's services.
 * false: no memory. */
bool worker_dgram_init(struct worker *worker)
    __attribute__((warn_unused_result));

/* A worker_source's handler for UDP listeners: answers what is queued, at most
 * a few batches a turn. */
void worker_dgram_ready(
    struct worker *worker, struct worker_source *source, uint32_t events);

/* Takes LISTENER out of its SO_REUSEPORT group, so that new datagrams go to
 * the sockets that stay, and answers what its queue still holds. For a socket
 * that is about to be closed. */
void worker_dgram_retire(
    struct worker *worker, struct worker_listener *listener);

#endif
