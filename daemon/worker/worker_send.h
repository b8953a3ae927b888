/* worker_send.h — replies leave: their last touch, and sendmmsg. */
#ifndef NETLAB_WORKER_WORKER_SEND_H
#define NETLAB_WORKER_WORKER_SEND_H

#include "worker/worker_batch.h"
#include "worker/worker_loop.h"

enum {
	/*
	 * Replies that are touched last leave in calls of so many while the
	 * worker is busy. The last of a call waits for those before it, some
	 * microseconds each, which its stamp cannot know to the end. Each call
	 * costs some 0.4 µs: a tenth of a reply that leaves alone.
	 */
	WORKER_SEND_WAVE = 8,
	/* It is busy where more questions than that come together on average;
	 * one batch of many is what waited while another process ran. */
	WORKER_SEND_BUSY = 8,
	WORKER_SEND_AVERAGE = 8, /* over so many batches */
};

/* How many replies of SERVICE leave in a call where RECEIVED questions came. */
static inline unsigned
worker_send_wave(struct worker_dgram_batch *batch,
    const struct service *service, unsigned received)
{
	if (service->depart == NULL)
		return WORKER_BATCH_MAX;
	batch->busy += received - batch->busy / WORKER_SEND_AVERAGE;
	return batch->busy > WORKER_SEND_BUSY * WORKER_SEND_AVERAGE
	           ? WORKER_SEND_WAVE
	           : 1;
}

/* Sends the first COUNT replies of WORKER's batch through LISTENER. One that
 * the kernel refuses is counted and passed over. */
void worker_send(struct worker *worker, const struct worker_listener *listener,
    unsigned count);

#endif
