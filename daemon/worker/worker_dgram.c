/* worker_dgram.c — datagrams: recvmmsg → guards → answer → sendmmsg. */
#include "worker/worker_dgram.h"

#include "core/log.h"
#include "core/stats.h"
#include "worker/outcome.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum {
	BATCH_MAX = SERVICE_BATCH_MAX, /* datagrams in one recvmmsg */
	/* Batches of one socket before the other events get their turn. */
	BATCHES_PER_TURN = 8,
	/* More than the largest receive buffer in use (4 MiB, and the kernel
	 * counts at least 768 bytes for a datagram) can hold; a bound for the
	 * case that the socket could not be taken out of its group. */
	RETIRE_BATCHES_MAX = 256,
	/* Room for IP_PKTINFO or IPV6_PKTINFO, and a time stamp. */
	CONTROL_SIZE = CMSG_SPACE(sizeof(struct in6_pktinfo)) +
	               CMSG_SPACE(sizeof(struct timespec)),
	PAGE = 4096,
	CACHE_LINE = 64,
};

struct control {
	_Alignas(struct cmsghdr) char bytes[CONTROL_SIZE];
};

struct worker_dgram_batch {
	struct mmsghdr questions[BATCH_MAX], replies[BATCH_MAX];
	struct iovec question_bytes[BATCH_MAX], reply_bytes[BATCH_MAX];
	struct addr peers[BATCH_MAX];
	struct control question_control[BATCH_MAX], reply_control[BATCH_MAX];
	size_t stride;    /* from one buffer to the next */
	uint8_t *buffers; /* BATCH_MAX questions, then as many replies */
	uint8_t *outs;
};

/* What the kernel says of a datagram beside its bytes. */
struct arrival {
	struct addr local;
	uint64_t received_ns;
	bool is_group; /* sent to a broadcast or multicast address */
	const struct cmsghdr *pktinfo;
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
	    aligned_alloc(CACHE_LINE, batch->stride * 2 * BATCH_MAX);
	if (batch->buffers == NULL) {
		free(batch);
		return false;
	}
	batch->outs = batch->buffers + batch->stride * BATCH_MAX;
	for (size_t i = 0; i < BATCH_MAX; i++) {
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

	for (size_t i = 0; i < BATCH_MAX; i++) {
		struct msghdr *header = &batch->questions[i].msg_hdr;

		batch->question_bytes[i].iov_len = longest;
		header->msg_namelen = sizeof(batch->peers[i].in6);
		header->msg_control =
		    with_control ? batch->question_control[i].bytes : NULL;
		header->msg_controllen = with_control ? CONTROL_SIZE : 0;
	}
	return recvmmsg(listener->source.fd, batch->questions, BATCH_MAX,
	    MSG_DONTWAIT, NULL);
}

static void
read_pktinfo4(const struct cmsghdr *message, struct arrival *arrival)
{
	struct in_pktinfo info;

	memcpy(&info, CMSG_DATA(message), sizeof(info));
	/* The header's destination differs from the local address that got it
	 * where it is a broadcast or multicast one: ip(7). */
	arrival->is_group = info.ipi_addr.s_addr != info.ipi_spec_dst.s_addr;
	arrival->local.in4.sin_addr = info.ipi_addr;
	arrival->pktinfo = message;
}

static void
read_pktinfo6(const struct cmsghdr *message, struct arrival *arrival)
{
	struct in6_pktinfo info;

	memcpy(&info, CMSG_DATA(message), sizeof(info));
	arrival->is_group = IN6_IS_ADDR_MULTICAST(&info.ipi6_addr);
	arrival->local.in6.sin6_addr = info.ipi6_addr;
	arrival->pktinfo = message;
}

static void
read_control(struct msghdr *header, struct arrival *arrival)
{
	for (struct cmsghdr *message = CMSG_FIRSTHDR(header); message != NULL;
	     message = CMSG_NXTHDR(header, message)) {
		if (message->cmsg_level == IPPROTO_IP &&
		    message->cmsg_type == IP_PKTINFO) {
			read_pktinfo4(message, arrival);
		} else if (message->cmsg_level == IPPROTO_IPV6 &&
		           message->cmsg_type == IPV6_PKTINFO) {
			read_pktinfo6(message, arrival);
		} else if (message->cmsg_level == SOL_SOCKET &&
		           message->cmsg_type == SCM_TIMESTAMPNS) {
			struct timespec stamp;

			memcpy(&stamp, CMSG_DATA(message), sizeof(stamp));
			arrival->received_ns =
			    (uint64_t)stamp.tv_sec * 1000000000 +
			    (uint64_t)stamp.tv_nsec;
		}
	}
}

/* The outcome of a datagram that no room may see, or OUTCOME_NONE. */
static unsigned
guard(const struct worker *worker, const struct worker_listener *listener,
    const struct msghdr *header, const struct arrival *arrival,
    const struct addr *peer)
{
	uint16_t port = addr_port(peer);

	if (port == 0 ||
	    ((listener->service->service->needs & NEED_LOOP_GUARD) != 0 &&
	        worker_guard_port_loops(&worker->guard_ports, port)))
		return OUTCOME_GUARD_LOOP;
	if (arrival->is_group)
		return OUTCOME_GUARD_BROADCAST;
	if ((header->msg_flags & MSG_TRUNC) != 0)
		return OUTCOME_GUARD_OVERSIZE;
	return OUTCOME_NONE;
}

/* The reply leaves from the address that was asked (RFC 2181 §4.1). The kernel
 * routes it; only a link-local address needs the interface named. */
static void
set_source(struct msghdr *reply, struct control *control,
    const struct cmsghdr *pktinfo)
{
	struct cmsghdr *message = (struct cmsghdr *)(void *)control->bytes;

	reply->msg_control = NULL;
	reply->msg_controllen = 0;
	if (pktinfo == NULL)
		return;
	memcpy(control->bytes, pktinfo, pktinfo->cmsg_len);
	if (pktinfo->cmsg_level == IPPROTO_IP) {
		struct in_pktinfo info;

		memcpy(&info, CMSG_DATA(pktinfo), sizeof(info));
		info.ipi_spec_dst = info.ipi_addr;
		info.ipi_ifindex = 0;
		memcpy(CMSG_DATA(message), &info, sizeof(info));
		reply->msg_controllen = CMSG_SPACE(sizeof(info));
	} else {
		struct in6_pktinfo info;

		memcpy(&info, CMSG_DATA(pktinfo), sizeof(info));
		if (!IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr))
			info.ipi6_ifindex = 0;
		memcpy(CMSG_DATA(message), &info, sizeof(info));
		reply->msg_controllen = CMSG_SPACE(sizeof(info));
	}
	reply->msg_control = control->bytes;
}

/* Answers question INDEX as reply COUNT. Returns whether there is one. */
static bool
answer_one(struct worker *worker, struct worker_listener *listener,
    size_t index, size_t count)
{
	struct worker_dgram_batch *batch = worker->batch;
	const struct service *service = listener->service->service;
	struct stats_service *stats = listener->service->stats;
	struct msghdr *header = &batch->questions[index].msg_hdr;
	struct addr *peer = &batch->peers[index];
	struct arrival arrival = {.local = listener->addr};

	peer->len = header->msg_namelen;
	if (header->msg_control != NULL)
		read_control(header, &arrival);
	unsigned guarded = guard(worker, listener, header, &arrival, peer);

	if (guarded != OUTCOME_NONE) {
		stats_add(&stats->outcomes[guarded], 1);
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
	    service->answer(listener->service->state, &question, out);

	stats_add(&stats->outcomes[OUTCOME_GUARD_COUNT + reply.outcome], 1);
	if (reply.is_silent)
		return false;
	batch->reply_bytes[count] = (struct iovec){out.data, reply.len};
	struct msghdr *reply_header = &batch->replies[count].msg_hdr;

	reply_header->msg_name = &peer->any;
	reply_header->msg_namelen = peer->len;
	set_source(reply_header, &batch->reply_control[count], arrival.pktinfo);
	return true;
}

static void
read_ahead(struct worker_dgram_batch *batch,
    const struct worker_service *service, unsigned count)
{
	struct span datagrams[BATCH_MAX];

	for (unsigned i = 0; i < count; i++)
		datagrams[i] = (struct span){
		    batch->question_bytes[i].iov_base,
		    batch->questions[i].msg_len,
		};
	service->service->read_ahead(service->state, datagrams, count);
}

/*
 * Sends COUNT replies. One that the kernel refuses (no route, a full buffer,
 * an ICMP error that came back) is counted and passed over: waiting for it
 * would make every other peer wait.
 */
static void
send_batch(struct worker_dgram_batch *batch,
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

/* Answers one batch. Returns whether the queue may hold more. */
static bool
serve_batch(struct worker *worker, struct worker_listener *listener)
{
	int received = receive_batch(worker->batch, listener);
	unsigned count = 0;

	/* EAGAIN: another worker was lent this socket and was faster. Anything
	 * else is an ICMP error of an earlier reply: the call has cleared it.
	 */
	if (received <= 0)
		return false;
	worker_loop_mark(worker, listener->service->service);
	stats_add(&listener->service->stats->received, (uint64_t)received);
	if (listener->service->service->read_ahead != NULL)
		read_ahead(
		    worker->batch, listener->service, (unsigned)received);
	for (size_t i = 0; i < (size_t)received; i++)
		if (answer_one(worker, listener, i, count))
			count++;
	send_batch(worker->batch, listener, count);
	return received == BATCH_MAX;
}

void
worker_dgram_ready(
    struct worker *worker, struct worker_source *source, uint32_t events)
{
	struct worker_listener *listener = (struct worker_listener *)source;
	unsigned batches = 0;

	(void)events;
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
