/* worker_dgram.c — datagrams: recvmmsg → guards → answer → sendmmsg. */
#include "worker/worker_dgram.h"

#include "core/log.h"
#include "core/stats.h"
#include "worker/outcome.h"
#include "worker/worker_batch.h"
#include "worker/worker_send.h"
#include "worker/worker_sent.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

enum {
	/* Batches of one socket before the other events get their turn. */
	BATCHES_PER_TURN = 8,
	/* More than the largest receive buffer in use (4 MiB, and the kernel
	 * counts at least 768 bytes for a datagram) can hold; a bound for the
	 * case that the socket could not be taken out of its group. */
	RETIRE_BATCHES_MAX = 256,
	PAGE = 4096,
	CACHE_LINE = 64,
};

static size_t
longest_datagram(const struct worker *worker)
{
	size_t longest = 0;

	for (unsigned i = 0; i < worker->service_count; i++)
		if (worker->services[i].service->datagram_max > longest)
			longest = worker->services[i].service->datagram_max;
	return longest;
}

bool
worker_dgram_init(struct worker *worker)
{
	size_t longest = longest_datagram(worker);
	struct worker_dgram_batch *batch = calloc(1, sizeof(*batch));

	if (batch == NULL)
		return false;
	/* Whole pages and some lines more: buffers that began at the same
	 * place of each page would all fall into the same cache set. */
	batch->stride =
	    (longest + PAGE - 1) / PAGE * PAGE + (size_t)3 * CACHE_LINE;
	batch->buffers =
	    aligned_alloc(CACHE_LINE, batch->stride * 2 * WORKER_BATCH_MAX);
	if (batch->buffers == NULL) {
		free(batch);
		return false;
	}
	batch->outs = batch->buffers + batch->stride * WORKER_BATCH_MAX;
	for (size_t i = 0; i < WORKER_BATCH_MAX; i++) {
		batch->question_bytes[i].iov_base =
		    batch->buffers + i * batch->stride;
		batch->questions[i].msg_hdr.msg_name = &batch->peers[i].any;
		batch->questions[i].msg_hdr.msg_iov = &batch->question_bytes[i];
		batch->questions[i].msg_hdr.msg_iovlen = 1;
		batch->replies[i].msg_hdr.msg_iov = &batch->reply_bytes[i];
		batch->replies[i].msg_hdr.msg_iovlen = 1;
	}
	worker->batch = batch;
	return true;
}

/* Only these sockets carry control messages; the others save their cost. */
static bool
has_control(const struct worker_listener *listener)
{
	return listener->is_wildcard ||
	       (listener->service->service->needs & NEED_RX_TIME) != 0;
}

static int
receive_batch(
    struct worker_dgram_batch *batch, const struct worker_listener *listener)
{
	bool with_control = has_control(listener);
	size_t longest = listener->service->service->datagram_max;

	for (size_t i = 0; i < WORKER_BATCH_MAX; i++) {
		struct msghdr *header = &batch->questions[i].msg_hdr;

		batch->question_bytes[i].iov_len = longest;
		header->msg_namelen = sizeof(batch->peers[i].in6);
		header->msg_control =
		    with_control ? batch->question_control[i].bytes : NULL;
		header->msg_controllen =
		    with_control ? sizeof(struct worker_cmsg_arrived) : 0;
	}
	return recvmmsg(listener->source.fd, batch->questions, WORKER_BATCH_MAX,
	    MSG_DONTWAIT, NULL);
}

/* The outcome of a datagram that no room may see, or OUTCOME_NONE. */
static unsigned
guard(struct worker *worker, const struct worker_listener *listener,
    const struct worker_cmsg_arrival *arrival, size_t index)
{
	const struct msghdr *header = &worker->batch->questions[index].msg_hdr;
	const struct addr *peer = &worker->batch->peers[index];
	unsigned limits = listener->service->limits;
	uint16_t port = addr_port(peer);

	if (port == 0 ||
	    ((listener->service->service->needs & NEED_LOOP_GUARD) != 0 &&
	        worker_guard_port_loops(&worker->guard_ports, port)))
		return OUTCOME_GUARD_LOOP;
	if (arrival->is_group)
		return OUTCOME_GUARD_BROADCAST;
	if ((header->msg_flags & MSG_TRUNC) != 0)
		return OUTCOME_GUARD_OVERSIZE;
	if (limits == 0)
		return OUTCOME_NONE;
	return worker_limit_admit(
	    &worker->limit, limits, peer, (unsigned)index, worker->now_ms);
}

/* Whether the one whom GUARDED keeps away hears so from the room. */
static bool
is_told(struct worker *worker, const struct service *service, unsigned guarded,
    size_t index)
{
	return guarded == OUTCOME_GUARD_RATE && service->limited != NULL &&
	       worker_limit_tells(
	           &worker->limit, (unsigned)index, worker->now_ms);
}

/* The outcome of a reply that may not leave, or OUTCOME_NONE. */
static unsigned
withhold(struct worker *worker, const struct worker_service *service,
    const struct datagram *question, const struct reply *reply)
{
	if (reply->is_silent)
		return OUTCOME_NONE;
	if (reply->len > question->reply_max)
		return OUTCOME_GUARD_AMPLIFICATION;
	if ((service->limits & WORKER_LIMIT_TOTAL) != 0 &&
	    !worker_limit_take(&worker->limit, service->index, worker->now_ms))
		return OUTCOME_GUARD_TOTAL;
	return OUTCOME_NONE;
}

/* The room's reply to QUESTION, one that GUARDED keeps away if that is an
 * outcome; counted. */
static struct reply
ask_room(struct worker *worker, struct worker_service *service,
    unsigned guarded, struct datagram *question, struct space out)
{
	const struct service *hooks = service->service;

	if ((service->limits & WORKER_LIMIT_SHORT) != 0)
		question->reply_max =
		    worker_limit_reply_max(&worker->limit, hooks, question);
	struct reply reply =
	    guarded == OUTCOME_NONE
	        ? hooks->answer(service->state, question, out)
	        : hooks->limited(service->state, question, out);
	unsigned outcome = withhold(worker, service, question, &reply);

	if (outcome != OUTCOME_NONE)
		reply.is_silent = true;
	else if (reply.outcome == OUTCOME_NONE)
		outcome = guarded;
	else
		outcome = OUTCOME_GUARD_COUNT + reply.outcome;
	stats_add(&service->stats->outcomes[outcome], 1);
	return reply;
}

/* Answers question INDEX as reply COUNT. Returns whether there is one. */
static bool
answer_one(struct worker *worker, struct worker_listener *listener,
    size_t index, size_t count)
{
	struct worker_dgram_batch *batch = worker->batch;
	const struct service *service = listener->service->service;
	struct msghdr *header = &batch->questions[index].msg_hdr;
	struct addr *peer = &batch->peers[index];
	struct worker_cmsg_arrival arrival = {.local = listener->addr};

	peer->len = header->msg_namelen;
	if (header->msg_control != NULL)
		worker_cmsg_read(header, &arrival);
	unsigned guarded = guard(worker, listener, &arrival, index);

	if (guarded != OUTCOME_NONE &&
	    !is_told(worker, service, guarded, index)) {
		stats_add(&listener->service->stats->outcomes[guarded], 1);
		return false;
	}
	struct datagram question = {
	    .bytes = {batch->question_bytes[index].iov_base,
	        batch->questions[index].msg_len},
	    .peer = peer,
	    .local = &arrival.local,
	    .received_ns = arrival.received_ns,
	    .now_ms = worker->now_ms,
	    .number = (unsigned)index,
	    .reply_max = service->datagram_max,
	};
	struct space out = {
	    batch->outs + count * batch->stride, service->datagram_max};
	struct reply reply =
	    ask_room(worker, listener->service, guarded, &question, out);

	if (reply.is_silent)
		return false;
	batch->reply_bytes[count] = (struct iovec){out.data, reply.len};
	struct msghdr *reply_header = &batch->replies[count].msg_hdr;

	reply_header->msg_name = &peer->any;
	reply_header->msg_namelen = peer->len;
	reply_header->msg_control = NULL;
	reply_header->msg_controllen = 0;
	if (arrival.pktinfo != NULL)
		worker_cmsg_set_source(reply_header,
		    &batch->reply_control[count], arrival.pktinfo);
	if (service->depart != NULL)
		batch->departures[count] = (struct departure){
		    .bytes = {out.data, reply.len},
		    .peer = peer,
		    .mark = reply.mark,
		};
	return true;
}

static void
read_ahead(struct worker_dgram_batch *batch,
    const struct worker_service *service, unsigned count)
{
	struct span datagrams[WORKER_BATCH_MAX];

	for (unsigned i = 0; i < count; i++)
		datagrams[i] = (struct span){
		    batch->question_bytes[i].iov_base,
		    batch->questions[i].msg_len,
		};
	service->service->read_ahead(service->state, datagrams, count);
}

/* Answers one batch. Returns whether the queue may hold more. */
static bool
serve_batch(struct worker *worker, struct worker_listener *listener)
{
	int received = receive_batch(worker->batch, listener);
	unsigned wave, count = 0;

	/* EAGAIN: another worker was lent this socket and was faster. Anything
	 * else is an ICMP error of an earlier reply: the call has cleared it.
	 */
	if (received <= 0)
		return false;
	wave = worker_send_wave(
	    worker->batch, listener->service->service, (unsigned)received);
	worker_loop_mark(worker, listener->service->service);
	if ((listener->service->limits & WORKER_LIMIT_RATE) != 0)
		worker_limit_ahead(&worker->limit, listener->service->index,
		    worker->batch->peers, (unsigned)received);
	if (listener->service->service->read_ahead != NULL)
		read_ahead(
		    worker->batch, listener->service, (unsigned)received);
	for (size_t i = 0; i < (size_t)received; i++) {
		if (answer_one(worker, listener, i, count))
			count++;
		if (count < wave)
			continue;
		worker_send(worker, listener, count);
		count = 0;
	}
	if (count > 0)
		worker_send(worker, listener, count);
	/* Last: who reads that many finds what became of each. */
	stats_add(&listener->service->stats->received, (uint64_t)received);
	return received == WORKER_BATCH_MAX;
}

void
worker_dgram_ready(
    struct worker *worker, struct worker_source *source, uint32_t events)
{
	struct worker_listener *listener = (struct worker_listener *)source;
	unsigned batches = 0;

	/* Stamps of replies that left late. Other errors end with the next
	 * call. */
	if ((events & EPOLLERR) != 0 &&
	    listener->service->service->sent != NULL)
		worker_sent_read(listener);
	while (serve_batch(worker, listener) && ++batches < BATCHES_PER_TURN)
		continue;
}

void
worker_dgram_retire(struct worker *worker, struct worker_listener *listener)
{
	struct addr nobody = listener->addr;

	/* A connected socket gets datagrams of its peer alone, and the kernel
	 * passes it over when it spreads the group's. Port 9 discards. */
	if (nobody.any.sa_family == AF_INET6) {
		nobody.in6.sin6_addr = in6addr_loopback;
		nobody.in6.sin6_port = htons(9);
	} else {
		nobody.in4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		nobody.in4.sin_port = htons(9);
	}
	if (connect(listener->source.fd, &nobody.any, nobody.len) == -1)
		log_debug("connect of a retired socket: %s", strerror(errno));
	for (unsigned i = 0; i < RETIRE_BATCHES_MAX; i++)
		if (!serve_batch(worker, listener))
			return;
}
