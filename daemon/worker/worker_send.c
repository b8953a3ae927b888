/* worker_send.c — replies leave: their last touch, and sendmmsg. */
#include "worker/worker_send.h"

#include "core/stats.h"
#include "worker/worker_sent.h"

#include <errno.h>
#include <time.h>

enum {
	WAVES_LEARNT = 16,   /* fewer say nothing */
	EACH_MAX_NS = 10000, /* more is another process's turn */
	SLOWLY = 64,
};

static uint64_t
clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/*
 * Takes note of what COUNT replies cost that began to leave at START_NS. The
 * least counts, which rises slowly: what is derived from it tells when a reply
 * leaves at the earliest.
 */
static void
learn(struct worker_dgram_batch *batch, unsigned count, uint64_t start_ns)
{
	uint64_t each_ns = (clock_ns() - start_ns) / count;

	if (each_ns > EACH_MAX_NS)
		each_ns = EACH_MAX_NS;
	if (batch->send_ns == 0 || each_ns < batch->send_ns)
		batch->send_ns = (uint32_t)each_ns;
	else
		batch->send_ns += ((uint32_t)each_ns - batch->send_ns) / SLOWLY;
}

/* The room's last touch; it says whose departure it wants to know. Returns
 * whether there are any. */
static bool
depart(struct worker_dgram_batch *batch, const struct worker_service *service,
    unsigned count)
{
	uint32_t each_ns = batch->waves < WAVES_LEARNT ? 0 : batch->send_ns;
	bool is_watching = false;

	/* An eighth less than the least that those before it have cost: a
	 * processor may be faster now than it was. Of its own cost, more than
	 * a fifth comes before it leaves: the way into the kernel and through
	 * IP. */
	for (unsigned i = 0; i < count; i++)
		batch->departures[i].after_ns =
		    i * (each_ns - each_ns / 8) + each_ns / 5;
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

	if (listener->service->service->depart == NULL) {
		send_all(batch, listener, count);
		return;
	}
	bool is_watching = depart(batch, listener->service, count);

	if (count == WORKER_SEND_WAVE) {
		uint64_t start_ns = clock_ns();

		send_all(batch, listener, count);
		learn(batch, count, start_ns);
		batch->waves++;
	} else {
		send_all(batch, listener, count);
	}
	/* Most have been stamped by now. */
	if (is_watching)
		worker_sent_read(listener);
}
