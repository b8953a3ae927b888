/* worker_send.c — replies leave: their last touch, and sendmmsg. */
#include "worker/worker_send.h"

#include "core/stats.h"
#include "worker/worker_sent.h"

#include <errno.h>

/* The room's last touch; it says whose departure it wants to know. Returns
 * whether there are any. */
static bool
depart(struct worker_dgram_batch *batch, const struct worker_service *service,
    unsigned count)
{
	bool is_watching = false;

	service->service->depart(service->state, batch->departures, count);
	for (unsigned i = 0; i < count; i++) {
		if (!batch->departures[i].is_watched)
			continue;
		worker_cmsg_watch(
		    &batch->replies[i].msg_hdr, &batch->reply_control[i]);
		is_watching = true;
	}
	return is_watching;
}

/*
 * One reply that the kernel refuses (no route, a full buffer, an ICMP error
 * that came back) is counted and passed over: waiting for it would make every
 * other peer wait.
 */
static void
send_all(struct worker_dgram_batch *batch,
    const struct worker_listener *listener, unsigned count)
{
	struct stats_service *stats = listener->service->stats;
	unsigned done = 0;

	while (done < count) {
		int sent = sendmmsg(listener->source.fd, batch->replies + done,
		    count - done, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent == -1 && errno == EINTR)
			continue;
		if (sent == -1) {
			stats_add(&stats->send_errors, 1);
			done++;
			continue;
		}
		stats_add(&stats->sent, (uint64_t)sent);
		done += (unsigned)sent;
	}
}

void
worker_send(struct worker *worker, const struct worker_listener *listener,
    unsigned count)
{
	struct worker_dgram_batch *batch = worker->batch;

	bool is_watching = listener->service->service->depart != NULL &&
	                   depart(batch, listener->service, count);

	send_all(batch, listener, count);
	/* Most have been stamped by now. */
	if (is_watching)
		worker_sent_read(listener);
}
