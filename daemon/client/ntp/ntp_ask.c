/* ntp_ask.c — one exchange with a time server. */
#include "client/ntp/ntp_ask.h"

#include "client/complain.h"
#include "client/dissect/dissect_ntp.h"
#include "client/verb.h"
#include "services/ntp/ntp_query.h"
#include "services/ntp/ntp_stamp.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static int64_t
ns_of(const struct timespec *time)
{
	return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

static int64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return ns_of(&now);
}

void
ntp_ask_prepare(const struct reach *reach)
{
	/* Without it, T4 is when we were woken: later, and no more wrong. */
	(void)setsockopt(
	    reach->fd, SOL_SOCKET, SO_TIMESTAMPNS, &(int){1}, sizeof(int));
}

/* When the kernel had the datagram; else now. */
static int64_t
arrival_of(struct msghdr *message)
{
	struct timespec time;

	for (struct cmsghdr *one = CMSG_FIRSTHDR(message); one != NULL;
	     one = CMSG_NXTHDR(message, one))
		if (one->cmsg_level == SOL_SOCKET &&
		    one->cmsg_type == SCM_TIMESTAMPNS) {
			memcpy(&time, CMSG_DATA(one), sizeof(time));
			return ns_of(&time);
		}
	return now_ns();
}

/* One datagram into SPACE: its length, and when it came; -1: errno. */
static ssize_t
receive(const struct reach *reach, struct space space, int64_t *arrived_ns)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(struct timespec))];
	} control;
	struct iovec place = {space.data, space.cap};
	struct msghdr message = {
	    .msg_iov = &place,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control),
	};
	ssize_t len = recvmsg(reach->fd, &message, MSG_DONTWAIT);

	if (len >= 0)
		*arrived_ns = arrival_of(&message);
	return len;
}

static enum ntp_ask_result
await_answer(const struct reach *reach, const uint8_t query[NTP_HEADER_LEN],
    struct exchange *exchange, struct ntp_ask *ask)
{
	uint8_t packet[REACH_DATAGRAM_MAX];
	int64_t t4 = 0;

	while (reach_await(reach, POLLIN)) {
		ssize_t len =
		    receive(reach, (struct space){packet, sizeof(packet)}, &t4);

		if (len == -1 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (len == -1) {
			complain(VERB_NO_REPLY, "%s: %s", reach->name,
			    strerror(errno));
			return NTP_ASK_FAILED;
		}
		const struct span bytes = {packet, (size_t)len};

		ask->len = bytes.len;
		ask->kind = ntp_answer_read(query, bytes, &ask->answer);
		if (ask->kind == NTP_ANSWER_OTHER) {
			if (ask->passed_over++ < EXCHANGE_PASSED_MAX)
				exchange_received(exchange,
				    "Passed over: message", reach->name, bytes,
				    dissect_ntp);
			continue;
		}
		exchange_received(
		    exchange, "Answer", reach->name, bytes, dissect_ntp);
		ask->sample = ntp_sample(ask->sample.t1, ask->answer.receive,
		    ask->answer.transmit, t4);
		return NTP_ASK_ANSWERED;
	}
	return NTP_ASK_SILENT;
}

enum ntp_ask_result
ntp_ask(struct reach *reach, unsigned version, const uint64_t *random,
    struct exchange *exchange, struct ntp_ask *ask)
{
	uint8_t query[NTP_HEADER_LEN];
	const struct span bytes = {query, sizeof(query)};

	*ask = (struct ntp_ask){0};
	/* Nothing in between: what comes after T1 is part of the delay. */
	ask->sample.t1 = now_ns();
	ntp_query(query, version,
	    random != NULL ? *random : ntp_stamp((uint64_t)ask->sample.t1));
	if (reach_send(reach, bytes) != VERB_GOOD)
		return NTP_ASK_FAILED;
	exchange_sent(exchange, "Query", reach->name, bytes, dissect_ntp);
	return await_answer(reach, query, exchange, ask);
}
