/* worker_once.h — streams of a service that has nothing to read (RFC 867, RFC
 * 868): an answer, then the end. */
#ifndef NETLAB_WORKER_ONCE_H
#define NETLAB_WORKER_ONCE_H

#include "worker/worker_loop.h"

/*
 * What SERVICE's input() would return for STREAM, if it had one: what answer()
 * makes of an empty datagram, in OUT, and VERDICT_CLOSE, which lingers, so that
 * what the peer sends does not turn into a reset that destroys the answer on
 * its way. OUT.cap ≥ datagram_max.
 */
struct stream_step worker_once(const struct worker_service *service,
    const struct stream *stream, struct space out);

/* Ends the connections of such services that have their answer and stay open
 * all the same: peers that do not close would keep others out, while ours is
 * the side that has nothing to wait for. */
void worker_once_make_room(struct worker *worker);

#endif
