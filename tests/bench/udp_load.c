/*
 * udp_load.c — a closed-loop UDP load: each socket keeps WINDOW questions in
 * flight and asks the next one only when an answer (or the loss of one) makes
 * room. It spins and never sleeps, because a load that sleeps makes the server
 * pay for waking it. Prints one line of "name=value" words (bench_totals.h);
 * its options are in udp_options.h.
 *
 * QUERIES holds a question a line (bench_queries.h), and what its answer has to
 * be; they are asked in a random order that is the same in each run.
 */
#include "bench_ntp.h"
#include "bench_queries.h"
#include "bench_sources.h"
#include "bench_tool.h"
#include "bench_totals.h"
#include "udp_options.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	ECHO_NUMBER = 4, /* offset in a datagram */
	ID_COUNT = 65536,
};

/* An answer that has not come by then is lost: loopback answers in
 * microseconds, a server that starts again in tenths of a second. */
static const uint64_t loss_ns = 1000 * 1000 * 1000;
static const uint64_t second_ns = 1000 * 1000 * 1000;

/* One source port. */
struct flow {
	int fd;
	unsigned number; /* of this flow */
	uint16_t next_id;
	unsigned in_flight;
	uint64_t progress_ns; /* when it last asked or heard something */
	const struct packet *pending[ID_COUNT]; /* what was asked, or NULL */
};

struct load {
	struct udp_options options;
	struct queries queries; /* of NTP and echo: one, which stands for all */
	struct ntp_asker ntp;
	struct sockaddr_in server;
	struct totals totals;
	/* One batch, rebuilt for each socket. */
	struct mmsghdr messages[UDP_WINDOW_MAX];
	struct iovec parts[UDP_WINDOW_MAX];
	struct source_control controls[UDP_WINDOW_MAX];
	uint8_t buffers[UDP_WINDOW_MAX][UDP_ANSWER_MAX];
	uint8_t echoed[UDP_ANSWER_MAX]; /* what echo is sent, but the number */
};

/* Where the number lies that an answer gives back: the ID of DNS, the end of
 * NTP's transmit time, which comes back as the origin time. That of echo lies
 * behind what the floor looks at. */
static size_t
load_id_answered(const struct load *load)
{
	if (load->options.is_echo)
		return ECHO_NUMBER;
	return load->options.is_ntp ? NTP_NUMBER_ANSWERED : 0;
}

static size_t
load_source(const struct load *load, const struct flow *flow, uint16_t id)
{
	if (load->options.sources == 0)
		return flow->number;
	return source_of(load->options.sources, flow->number, id);
}

/* Writes question ID, PACKET, into BYTES. Returns its length. */
static size_t
load_write(struct load *load, const struct packet *packet, size_t source,
    uint16_t id, uint8_t *bytes)
{
	if (load->options.is_ntp)
		return ntp_ask(&load->ntp, source, id, bytes);

	size_t len = load->options.is_echo ? load->options.size : packet->len;
	size_t id_at = load->options.is_echo ? ECHO_NUMBER : 0;

	memcpy(
	    bytes, load->options.is_echo ? load->echoed : packet->bytes, len);
	bytes[id_at] = (uint8_t)(id >> 8);
	bytes[id_at + 1] = (uint8_t)id;
	return len;
}

/* Fills MESSAGES[0 … COUNT) with the next questions of FLOW. */
static void
flow_prepare(struct load *load, struct flow *flow, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const struct packet *packet = queries_next(&load->queries);
		uint16_t id = flow->next_id++;
		size_t source = load_source(load, flow, id);

		/* 65,536 questions later it is not coming any more. */
		if (flow->pending[id] != NULL) {
			load->totals.lost++;
			flow->in_flight--;
		}
		flow->pending[id] = packet;
		load->parts[i].iov_len =
		    load_write(load, packet, source, id, load->buffers[i]);
		if (load->options.sources != 0)
			source_set(&load->messages[i].msg_hdr,
			    &load->controls[i], &load->server, source);
	}
}

static void
flow_ask(struct load *load, struct flow *flow, uint64_t most, uint64_t now)
{
	unsigned count = load->options.window - flow->in_flight;
	int sent;

	if (count > most)
		count = (unsigned)most;
	if (count == 0)
		return;
	flow_prepare(load, flow, count);
	sent = sendmmsg(flow->fd, load->messages, count, 0);
	if (sent == -1 && errno == ECONNREFUSED)
		sent = 0; /* an earlier one was refused: say it as a loss */
	if (sent == -1)
		bench_die("sendmmsg");
	/* What the kernel did not take was never asked. */
	for (unsigned i = count; i > (unsigned)sent; i--)
		flow->pending[--flow->next_id] = NULL;
	flow->in_flight += (unsigned)sent;
	flow->progress_ns = now;
	load->totals.sent += (unsigned)sent;
}

/* Whether BYTES answer what FLOW has ASKED by this ID. */
static bool
load_is_answered(struct load *load, const struct flow *flow,
    const struct packet *asked, uint16_t id, const uint8_t *bytes, size_t len)
{
	if (load->options.is_ntp)
		return ntp_is_answered(
		    &load->ntp, load_source(load, flow, id), bytes, len);
	if (load->options.is_echo)
		return len == load->options.size &&
		       memcmp(bytes, load->echoed, ECHO_NUMBER) == 0 &&
		       memcmp(bytes + ECHO_NUMBER + 2, load->echoed,
		           len - ECHO_NUMBER - 2) == 0;
	return packet_is_answered(asked, bytes, len);
}

/* A wrong answer counts as bad and as answered: the server has worked for it.
 */
static void
flow_take(
    struct load *load, struct flow *flow, const uint8_t *bytes, size_t len)
{
	struct totals *totals = &load->totals;
	size_t id_at = load_id_answered(load);

	if (len < DNS_HEADER || len < id_at + 2) {
		totals->bad++;
		return;
	}
	uint16_t id = (uint16_t)(bytes[id_at] << 8 | bytes[id_at + 1]);
	const struct packet *asked = flow->pending[id];

	if (asked == NULL) {
		totals->strays++;
		return;
	}
	if (!load_is_answered(load, flow, asked, id, bytes, len))
		totals->bad++;
	else if (load->options.is_ntp)
		totals_count_ntp(totals, bytes);
	else if (!load->options.is_echo)
		totals_count_dns(totals, bytes);
	flow->pending[id] = NULL;
	flow->in_flight--;
	totals->answered++;
	totals->bytes += len;
}

static void
flow_listen(struct load *load, struct flow *flow, uint64_t now)
{
	int count;

	for (unsigned i = 0; i < load->options.window; i++) {
		load->parts[i].iov_len = UDP_ANSWER_MAX;
		load->messages[i].msg_hdr.msg_name = NULL;
		load->messages[i].msg_hdr.msg_control = NULL;
		load->messages[i].msg_hdr.msg_controllen = 0;
	}
	count = recvmmsg(
	    flow->fd, load->messages, load->options.window, MSG_DONTWAIT, NULL);
	if (count == -1) {
		if (errno != EAGAIN && errno != EINTR && errno != ECONNREFUSED)
			bench_die("recvmmsg");
		return;
	}
	for (int i = 0; i < count; i++)
		flow_take(
		    load, flow, load->buffers[i], load->messages[i].msg_len);
	flow->progress_ns = now;
}

/* Gives up on all that FLOW waits for. */
static void
flow_lose(struct load *load, struct flow *flow)
{
	load->totals.lost += flow->in_flight;
	flow->in_flight = 0;
	memset(flow->pending, 0, sizeof(flow->pending));
}

static void
flow_open(const struct load *load, struct flow *flow)
{
	int size = 4 << 20;

	flow->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (flow->fd == -1)
		bench_die("socket");
	/* Best effort: a smaller buffer shows as loss. */
	(void)setsockopt(
	    flow->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	if (load->options.sources == 0 &&
	    connect(flow->fd, (const struct sockaddr *)&load->server,
	        sizeof(load->server)) == -1)
		bench_die("connect");
}

/* How many questions one socket may ask NOW. Those that an open loop owes are
 * left to all sockets in turns. */
static uint64_t
load_due(const struct load *load, uint64_t start, uint64_t now)
{
	uint64_t due;

	if (load->options.rate == 0)
		return UINT64_MAX;
	due = (now - start) * load->options.rate / second_ns;
	return due > load->totals.sent;
}

/* Leaves the CPU for as long as answers may take: by the clock, because a
 * socket that waits would have the server wake it. */
static void
load_rest(void)
{
	const struct timespec rest = {.tv_nsec = 500 * 1000};

	nanosleep(&rest, NULL);
}

/* Asks until the time is up or COUNT questions are out, then waits for what
 * is still on its way. */
static void
load_run(struct load *load, struct flow *flows, uint64_t start)
{
	const struct udp_options *options = &load->options;
	uint64_t until = start + options->seconds * second_ns;
	unsigned waiting;

	do {
		uint64_t now = bench_now_ns();
		bool is_asking =
		    now < until && load->totals.sent < options->count;

		waiting = 0;
		for (unsigned i = 0; i < options->flows; i++) {
			struct flow *flow = &flows[i];

			flow_listen(load, flow, now);
			if (is_asking && (!load->options.is_in_bursts ||
			                     flow->in_flight == 0))
				flow_ask(load, flow,
				    load_due(load, start, bench_now_ns()), now);
			if (now > flow->progress_ns + loss_ns)
				flow_lose(load, flow);
			waiting += flow->in_flight;
		}
		if (!is_asking && waiting == 0)
			break;
		if (load->options.is_in_bursts)
			load_rest();
	} while (true);
}

/* What is asked, and by whom. */
static void
load_init(struct load *load)
{
	const struct udp_options *options = &load->options;

	load->server = bench_address(options->host, options->port);
	/* All bits set, so that the floor, which sets one, sends them back as
	 * they are. */
	memset(load->echoed, 0xff, sizeof(load->echoed));
	if (options->is_ntp || options->is_echo)
		(void)queries_add(&load->queries);
	else
		queries_read(&load->queries, options->queries);
	if (options->key != NULL)
		ntp_asker_set_key(&load->ntp, options->key);
	if (options->is_interleaved)
		ntp_asker_interleave(&load->ntp,
		    options->sources > 0 ? options->sources : options->flows);
	for (unsigned i = 0; i < UDP_WINDOW_MAX; i++) {
		load->parts[i].iov_base = load->buffers[i];
		load->messages[i].msg_hdr.msg_iov = &load->parts[i];
		load->messages[i].msg_hdr.msg_iovlen = 1;
	}
}

int
main(int argc, char **argv)
{
	static struct load load;
	struct flow *flows;
	uint64_t start;

	load.options = udp_options_read(argc, argv);
	load_init(&load);
	flows = calloc(load.options.flows, sizeof(*flows));
	if (flows == NULL)
		bench_die("flows");
	for (unsigned i = 0; i < load.options.flows; i++) {
		flows[i].number = i;
		flow_open(&load, &flows[i]);
	}
	start = bench_now_ns();
	load_run(&load, flows, start);
	load.totals.interleaved = load.ntp.interleaved;
	totals_print(&load.totals, (double)(bench_now_ns() - start) / 1e9);
	return load.totals.answered > 0 ? 0 : 1;
}
