/*
 * udp_load.c — a closed-loop UDP load: each socket keeps WINDOW questions in
 * flight and asks the next one only when an answer (or the loss of one) makes
 * room. It spins and never sleeps, because a load that sleeps makes the server
 * pay for waking it. Prints one line of "name=value" words.
 *
 *   udp_load -l QUERIES -H 127.0.0.1 -P 10053 -t 3        DNS
 *   udp_load -m ntp     -H 127.0.0.1 -P 10123 -t 3        NTP
 *
 * QUERIES holds a question a line (bench_queries.h), and what its answer has to
 * be; they are asked in a random order that is the same in each run.
 */
#include "bench_queries.h"
#include "bench_tool.h"

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
	ANSWER_MAX = 4096, /* of an answer; longer ones are cut, which is
	                      harmless: only the header is looked at */
	WINDOW_MAX = 256,
	SOCKET_MAX = 64,
	ID_COUNT = 65536,
	NTP_PACKET = 48,
};

/* An answer that has not come by then is lost: loopback answers in
 * microseconds, a server that starts again in tenths of a second. */
static const uint64_t loss_ns = 1000 * 1000 * 1000;

struct totals {
	uint64_t sent, answered, lost;
	uint64_t strays;     /* answers that nobody waits for: late, twice */
	uint64_t bad;        /* no answer at all, or not the right one */
	uint64_t rcodes[16]; /* DNS: by RCODE; NTP: by leap indicator */
	uint64_t empty;      /* DNS: NOERROR without an answer record */
	uint64_t bytes;
};

/* One source port. */
struct flow {
	int fd;
	uint16_t next_id;
	unsigned in_flight;
	uint64_t progress_ns; /* when it last asked or heard something */
	const struct packet *pending[ID_COUNT]; /* what was asked, or NULL */
};

struct load {
	bool is_ntp;
	struct queries queries;
	unsigned window;
	struct totals totals;
	/* One batch, rebuilt for each socket. */
	struct mmsghdr messages[WINDOW_MAX];
	struct iovec parts[WINDOW_MAX];
	uint8_t buffers[WINDOW_MAX][ANSWER_MAX];
};

/* The one NTP request: version 4, mode 3 (RFC 5905 §7.3). */
static void
load_make_ntp(struct load *load)
{
	struct packet *packet = queries_add(&load->queries);

	packet->len = NTP_PACKET;
	packet->bytes[0] = 0x23;
	packet->bytes[40] = 0xee; /* a transmit time that is not 0 */
}

/* Where the number lies that an answer gives back: the ID of DNS, the end of
 * NTP's transmit time, which comes back as the origin time. */
static size_t
load_id_asked(const struct load *load)
{
	return load->is_ntp ? 46 : 0;
}

static size_t
load_id_answered(const struct load *load)
{
	return load->is_ntp ? 30 : 0;
}

/* Fills MESSAGES[0 … COUNT) with the next questions of FLOW. */
static void
flow_prepare(struct load *load, struct flow *flow, unsigned count)
{
	size_t id_at = load_id_asked(load);

	for (unsigned i = 0; i < count; i++) {
		const struct packet *packet = queries_next(&load->queries);
		uint16_t id = flow->next_id++;

		/* 65,536 questions later it is not coming any more. */
		if (flow->pending[id] != NULL) {
			load->totals.lost++;
			flow->in_flight--;
		}
		flow->pending[id] = packet;
		memcpy(load->buffers[i], packet->bytes, packet->len);
		load->buffers[i][id_at] = (uint8_t)(id >> 8);
		load->buffers[i][id_at + 1] = (uint8_t)id;
		load->parts[i].iov_len = packet->len;
	}
}

static void
flow_ask(struct load *load, struct flow *flow, uint64_t now)
{
	unsigned count = load->window - flow->in_flight;
	int sent;

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

static bool
answer_is_ntp(struct totals *totals, const uint8_t *bytes, size_t len)
{
	if (len < NTP_PACKET || (bytes[0] & 7) != 4)
		return false;
	totals->rcodes[bytes[0] >> 6]++;
	return true;
}

static bool
answer_is_dns(struct totals *totals, const struct packet *asked,
    const uint8_t *bytes, size_t len)
{
	if (!packet_is_answered(asked, bytes, len))
		return false;
	totals->rcodes[bytes[3] & 15]++;
	if ((bytes[3] & 15) == 0 && bytes[6] == 0 && bytes[7] == 0)
		totals->empty++;
	return true;
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
	unsigned id = (unsigned)(bytes[id_at] << 8 | bytes[id_at + 1]);
	const struct packet *asked = flow->pending[id];

	if (asked == NULL) {
		totals->strays++;
		return;
	}
	if (load->is_ntp ? !answer_is_ntp(totals, bytes, len)
	                 : !answer_is_dns(totals, asked, bytes, len))
		totals->bad++;
	flow->pending[id] = NULL;
	flow->in_flight--;
	totals->answered++;
	totals->bytes += len;
}

static void
flow_listen(struct load *load, struct flow *flow, uint64_t now)
{
	int count;

	for (unsigned i = 0; i < load->window; i++)
		load->parts[i].iov_len = ANSWER_MAX;
	count = recvmmsg(
	    flow->fd, load->messages, load->window, MSG_DONTWAIT, NULL);
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
flow_open(struct flow *flow, const struct sockaddr_in *server)
{
	int size = 4 << 20;

	flow->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (flow->fd == -1)
		bench_die("socket");
	/* Best effort: a smaller buffer shows as loss. */
	(void)setsockopt(
	    flow->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	if (connect(flow->fd, (const struct sockaddr *)server,
	        sizeof(*server)) == -1)
		bench_die("connect");
}

/* Asks until the time is up or COUNT questions are out, then waits for what
 * is still on its way. */
static void
load_run(struct load *load, struct flow *flows, unsigned flow_count,
    uint64_t until, uint64_t count)
{
	unsigned waiting;

	do {
		uint64_t now = bench_now_ns();
		bool is_asking = now < until && load->totals.sent < count;

		waiting = 0;
		for (unsigned i = 0; i < flow_count; i++) {
			flow_listen(load, &flows[i], now);
			if (is_asking)
				flow_ask(load, &flows[i], now);
			if (now > flows[i].progress_ns + loss_ns)
				flow_lose(load, &flows[i]);
			waiting += flows[i].in_flight;
		}
		if (!is_asking && waiting == 0)
			break;
	} while (true);
}

static void
load_print(const struct load *load, double seconds)
{
	const struct totals *totals = &load->totals;

	printf("sent=%lu answered=%lu lost=%lu strays=%lu bad=%lu "
	       "seconds=%.6f rate=%.0f bytes=%lu empty=%lu",
	    totals->sent, totals->answered, totals->lost, totals->strays,
	    totals->bad, seconds, (double)totals->answered / seconds,
	    totals->bytes, totals->empty);
	for (unsigned i = 0; i < 16; i++)
		if (totals->rcodes[i] > 0)
			printf(" %s%u=%lu", load->is_ntp ? "leap" : "rcode", i,
			    totals->rcodes[i]);
	printf("\n");
}

_Noreturn static void
usage(void)
{
	fprintf(stderr,
	    "usage: udp_load [-m dns|ntp] [-l QUERIES] [-H ADDRESS] -P PORT\n"
	    "                [-s SOCKETS] [-w WINDOW] [-t SECONDS] [-n "
	    "COUNT]\n");
	exit(2);
}

struct options {
	const char *host, *queries;
	unsigned port, flows, seconds;
	uint64_t count;
};

static struct options
options_read(int argc, char **argv, struct load *load)
{
	struct options options = {
	    .host = "127.0.0.1",
	    .flows = 8,
	    .seconds = 2,
	    .count = UINT64_MAX,
	};
	int option;

	while ((option = getopt(argc, argv, "m:l:H:P:s:w:t:n:")) != -1) {
		switch (option) {
		case 'm':
			load->is_ntp = strcmp(optarg, "ntp") == 0;
			break;
		case 'l':
			options.queries = optarg;
			break;
		case 'H':
			options.host = optarg;
			break;
		case 'P':
			options.port = bench_number(optarg, 65535);
			break;
		case 's':
			options.flows = bench_number(optarg, SOCKET_MAX);
			break;
		case 'w':
			load->window = bench_number(optarg, WINDOW_MAX);
			break;
		case 't':
			options.seconds = bench_number(optarg, 600);
			break;
		case 'n':
			options.count = bench_number(optarg, 2000000000);
			break;
		default:
			usage();
		}
	}
	if (options.port == 0 || (!load->is_ntp && options.queries == NULL))
		usage();
	return options;
}

int
main(int argc, char **argv)
{
	static struct load load = {.window = 16};
	struct options options = options_read(argc, argv, &load);
	struct sockaddr_in server = bench_address(options.host, options.port);
	struct flow *flows = calloc(options.flows, sizeof(*flows));
	uint64_t start;

	if (flows == NULL)
		bench_die("flows");
	if (load.is_ntp)
		load_make_ntp(&load);
	else
		queries_read(&load.queries, options.queries);
	for (unsigned i = 0; i < WINDOW_MAX; i++) {
		load.parts[i].iov_base = load.buffers[i];
		load.messages[i].msg_hdr.msg_iov = &load.parts[i];
		load.messages[i].msg_hdr.msg_iovlen = 1;
	}
	for (unsigned i = 0; i < options.flows; i++)
		flow_open(&flows[i], &server);
	start = bench_now_ns();
	load_run(&load, flows, options.flows,
	    start + (uint64_t)options.seconds * 1000000000, options.count);
	load_print(&load, (double)(bench_now_ns() - start) / 1e9);
	return load.totals.answered > 0 ? 0 : 1;
}
