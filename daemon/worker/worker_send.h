/* worker_send.h — replies leave: their last touch, and sendmmsg. */
#ifndef NETLAB_WORKER_WORKER_SEND_H
#define NETLAB_WORKER_WORKER_SEND_H

#include "worker/worker_batch.h"
#include "worker/worker_loop.h"

enum {
	/*
	 * Replies that are touched last leave in calls of so many. The last of
	 * a call waits for those before it, about a microsecond each, which
	 * its stamp cannot know to the end; each call costs a few hundred
	 * nanoseconds, shared by its replies.
	 */
	WORKER_SEND_WAVE = 8,
};

/* Sends the first COUNT replies of WORKER's batch through LISTENER. One that
 * the kernel refuses is counted and passed over. */
void worker_send(struct worker *worker, const struct worker_listener *listener,
    unsigned count);

#endif
