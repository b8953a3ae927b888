/*
 * worker_batch.h — the datagrams in hand: a batch of questions, and the replies
 * that leave next. Private to worker/; one for each worker.
 */
#ifndef NETLAB_WORKER_WORKER_BATCH_H
#define NETLAB_WORKER_WORKER_BATCH_H

#include "core/addr.h"
#include "service.h"
#include "worker/worker_cmsg.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum { WORKER_BATCH_MAX = SERVICE_BATCH_MAX }; /* datagrams in one recvmmsg */

struct worker_dgram_batch {
	struct mmsghdr questions[WORKER_BATCH_MAX], replies[WORKER_BATCH_MAX];
	struct iovec question_bytes[WORKER_BATCH_MAX],
	    reply_bytes[WORKER_BATCH_MAX];
	struct addr peers[WORKER_BATCH_MAX]; /* of the questions */
	struct worker_cmsg_arrived question_control[WORKER_BATCH_MAX];
	struct worker_cmsg_leaving reply_control[WORKER_BATCH_MAX];
	/* Of the replies, where the service has a depart(). */
	struct departure departures[WORKER_BATCH_MAX];
	uint32_t busy;  /* questions in a batch, the sum of some: worker_send.h
	                 */
	uint32_t waves; /* of replies, full ones */
	uint32_t send_ns; /* what one costs at the least; 0: not known yet */
	size_t stride;    /* from one buffer to the next */
	uint8_t *buffers; /* of the questions, then as many for replies */
	uint8_t *outs;
};

#endif
