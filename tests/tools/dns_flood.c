/*
 * dns_flood.c — malformed DNS messages to a name server, of every length from 0
 * to 600, random and mutated, and one line of "name=value" words about what
 * came of them.
 *
 *   dns_flood udp PORT NAME COUNT SEED   COUNT datagrams, with a good question
 *                                        behind each batch of them, whose
 * answer is awaited: nothing is sent that the server's buffers cannot hold
 *   dns_flood tcp PORT NAME COUNT SEED   COUNT connections of a few messages
 *
 *   sent      datagrams, good ones included; or connections
 *   answers   to what was malformed
 *   good      good questions answered
 *   lost      good questions without an answer
 *   wrong     answers that no server may give: too short, too long, not a
 *             response; and good questions that were not answered as such
 *
 * The same SEED sends the same bytes.
 */
#include "../bench/bench_tool.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	FLOWS = 4,
	BATCH = 32, /* FLOWS of them fit a socket's buffer by default */
	LENGTH_MAX = 600,
	SPACE = 1024, /* for what a mutation makes longer */
	ANSWER_MAX = 1232,
	HEADER = 12,
	NAME_MAX_LEN = 255,
	FRAMES_MAX = 8, /* messages on a connection */
	PATIENCE_MS = 10000,
	GOOD_ID = 0xff, /* both bytes; what is malformed begins with another */
};

struct packet {
	size_t len;
	uint8_t bytes[SPACE];
};

struct counts {
	unsigned long sent, answers, good, lost, wrong;
};

struct flood {
	struct sockaddr_in server;
	struct packet good; /* the question that is answered */
	uint64_t random;
	unsigned long made;
	struct counts counts;
};

/* ---------------------------------------------------------------- packets */

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t
next(struct flood *flood)
{
	uint64_t z = flood->random += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/* From 0 to BELOW - 1. */
static size_t
pick(struct flood *flood, size_t below)
{
	return (size_t)(next(flood) % below);
}

static void
put(struct packet *packet, const void *bytes, size_t len)
{
	if (len > SPACE - packet->len)
		len = SPACE - packet->len;
	memcpy(packet->bytes + packet->len, bytes, len);
	packet->len += len;
}

static void
put_random(struct flood *flood, struct packet *packet, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		uint8_t byte = (uint8_t)next(flood);

		put(packet, &byte, 1);
	}
}

static void
put16(struct packet *packet, unsigned value)
{
	put(packet, (uint8_t[]){(uint8_t)(value >> 8), (uint8_t)value}, 2);
}

static void
put_header(struct packet *packet, unsigned flags, unsigned questions,
    unsigned answers, unsigned authority, unsigned additional)
{
	put16(packet, 0x1234);
	put16(packet, flags);
	put16(packet, questions);
	put16(packet, answers);
	put16(packet, authority);
	put16(packet, additional);
}

/* The good question's name, TYPE, class IN. */
static void
put_question(const struct flood *flood, struct packet *packet, unsigned type)
{
	put(packet, flood->good.bytes + HEADER, flood->good.len - HEADER - 4);
	put16(packet, type);
	put16(packet, 1);
}

static void
put_opt(struct packet *packet, unsigned size, unsigned ttl_high,
    const void *options, size_t len)
{
	put(packet, "\0\0\51", 3);
	put16(packet, size);
	put16(packet, ttl_high);
	put16(packet, 0x8000); /* DO */
	put16(packet, (unsigned)len);
	put(packet, options, len);
}

/* ------------------------------------------------ well-formed, to be mutated
 */

static void
make_plain(struct flood *flood, struct packet *packet)
{
	put_header(packet, 0x0100, 1, 0, 0, 0);
	put_question(flood, packet, (unsigned)pick(flood, 300));
}

static void
make_edns(struct flood *flood, struct packet *packet)
{
	static const char options[] =
	    "\0\3\0\0"                            /* NSID */
	    "\0\12\0\10abcdefgh"                  /* COOKIE */
	    "\0\10\0\7\0\1\30\0\300\0\2"          /* client subnet */
	    "\0\13\0\2\0\144"                     /* keepalive */
	    "\0\14\0\10\0\0\0\0\0\0\0\0"          /* padding */
	    "\0\12\0\30abcdefghABCDEFGHIJKLMNOP"; /* and a server's COOKIE */

	put_header(packet, 0, 1, 0, 0, 1);
	put_question(flood, packet, 1);
	put_opt(packet, 1232, 0, options, sizeof(options) - 1);
}

/* IXFR with its SOA, NOTIFY, UPDATE: records where queries have none. */
static void
make_records(struct flood *flood, struct packet *packet)
{
	static const unsigned opcodes[] = {0x0000, 0x2000, 0x2800, 0x1000};

	put_header(packet, opcodes[pick(flood, 4)], 1, 1, 1, 1);
	put_question(flood, packet, 251);
	put(packet, "\300\14\0\6\0\1\0\0\0\0\0\30\0\0", 14);
	put_random(flood, packet, 20);
	put(packet, "\300\14\0\1\0\1\0\0\0\0\0\4\300\0\2\1", 16);
	put(packet, "\3key\0\0\372\0\377\0\0\0\0\0\20\3md5\0", 20); /* TSIG */
	put_random(flood, packet, 16);
}

/* A name of labels of any length, of pointers and of reserved types. */
static void
make_labels(struct flood *flood, struct packet *packet)
{
	put_header(packet, 0, 1, 0, 0, 0);
	while (packet->len < LENGTH_MAX && pick(flood, 12) != 0) {
		uint8_t label = (uint8_t)pick(flood, 66);

		switch (pick(flood, 8)) {
		case 0:
			put16(packet, 0xc000 | (unsigned)pick(flood, 100));
			break;
		case 1:
			label = (uint8_t)next(flood);
			put(packet, &label, 1);
			break;
		default:
			put(packet, &label, 1);
			put_random(flood, packet, label);
		}
	}
	put(packet, "\0\0\1\0\1", 5);
}

/* A header with a few of each section, and nothing of it. */
static void
make_counts(struct flood *flood, struct packet *packet)
{
	put_header(packet, (unsigned)next(flood) & 0x7fff,
	    (unsigned)pick(flood, 4), (unsigned)pick(flood, 4),
	    (unsigned)pick(flood, 4), (unsigned)pick(flood, 4));
	put_random(flood, packet, pick(flood, LENGTH_MAX));
}

static void
make_options(struct flood *flood, struct packet *packet)
{
	uint8_t options[LENGTH_MAX];
	size_t len = pick(flood, 200);

	for (size_t i = 0; i < len; i++)
		options[i] = pick(flood, 2) == 0 ? (uint8_t)pick(flood, 17)
		                                 : (uint8_t)next(flood);
	put_header(packet, 0, (unsigned)pick(flood, 2), 0, 0, 1);
	put_question(flood, packet, 1);
	put_opt(packet, (unsigned)pick(flood, 5000),
	    pick(flood, 4) == 0 ? (unsigned)next(flood) & 0xffff : 0, options,
	    len);
}

/* --------------------------------------------------------------- mutations */

static void
mutate(struct flood *flood, struct packet *packet)
{
	size_t at = pick(flood, packet->len + 1), rest = packet->len - at;
	size_t len = pick(flood, 8) + 1;

	switch (pick(flood, 5)) {
	case 0: /* a bit */
		if (rest > 0)
			packet->bytes[at] ^= (uint8_t)(1 << pick(flood, 8));
		break;
	case 1: /* a byte */
		if (rest > 0)
			packet->bytes[at] = (uint8_t)next(flood);
		break;
	case 2: /* the end is missing */
		packet->len = at;
		break;
	case 3: /* something is missing in the middle */
		if (len < rest) {
			memmove(packet->bytes + at, packet->bytes + at + len,
			    rest - len);
			packet->len -= len;
		}
		break;
	default: /* something is there twice */
		if (len <= rest && packet->len + len <= SPACE) {
			memmove(
			    packet->bytes + at + len, packet->bytes + at, rest);
			packet->len += len;
		}
	}
}

/* Cut, or filled up, to LEN. */
static void
set_length(struct flood *flood, struct packet *packet, size_t len)
{
	if (packet->len > len)
		packet->len = len;
	put_random(flood, packet, len - packet->len);
}

static void
make_malformed(struct flood *flood, struct packet *packet)
{
	static void (*const makers[])(struct flood *, struct packet *) = {
	    make_plain, make_edns, make_records, make_labels, make_counts,
	    make_options};
	size_t kind = pick(flood, 8);

	packet->len = 0;
	if (kind < sizeof(makers) / sizeof(makers[0])) {
		makers[kind](flood, packet);
		for (size_t i = pick(flood, 6); i > 0; i--)
			mutate(flood, packet);
	}
	/* Random bytes have each length in turn; others often their own. */
	if (packet->len == 0 || pick(flood, 3) == 0)
		set_length(flood, packet, flood->made % (LENGTH_MAX + 1));
	flood->made++;
	if (packet->len > 0 && packet->bytes[0] == GOOD_ID)
		packet->bytes[0] = 0;
}

static void
make_good(struct flood *flood, const char *name)
{
	struct packet *good = &flood->good;

	put_header(good, 0, 1, 0, 0, 0);
	memset(good->bytes, GOOD_ID, 2);
	while (*name != '\0') {
		uint8_t len = (uint8_t)strcspn(name, ".");

		if (len == 0 || len > 63 || good->len + len > NAME_MAX_LEN) {
			fprintf(stderr, "bad name\n");
			exit(2);
		}
		put(good, &len, 1);
		put(good, name, len);
		name += len + (name[len] == '.');
	}
	put(good, "\0\0\1\0\1", 5);
}

/* ----------------------------------------------------------------- answers */

static bool
is_good(const uint8_t *answer, size_t len)
{
	return len > 2 && answer[0] == GOOD_ID && answer[1] == GOOD_ID;
}

/* Counts one; true when it is the one to the good question. */
static bool
count_answer(struct flood *flood, const uint8_t *answer, size_t len, size_t max)
{
	bool is_response = len >= HEADER && len <= max && answer[2] & 0x80;

	if (!is_good(answer, len)) {
		flood->counts.answers++;
		flood->counts.wrong += !is_response;
		return false;
	}
	flood->counts.good++;
	if (!is_response || (answer[3] & 15) != 0 || answer[7] == 0)
		flood->counts.wrong++;
	return true;
}

/* --------------------------------------------------------------- datagrams */

static int
open_flow(const struct flood *flood)
{
	int room = 1 << 20;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd == -1 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room)) == -1 ||
	    connect(fd, (const struct sockaddr *)&flood->server,
	        sizeof(flood->server)) == -1)
		bench_die("socket");
	return fd;
}

/* COUNT malformed ones at most, and the good question. */
static void
send_batch(struct flood *flood, int fd, unsigned long count)
{
	struct packet packets[BATCH];
	struct iovec parts[BATCH + 1];
	struct mmsghdr messages[BATCH + 1] = {0};
	unsigned len = count < BATCH ? (unsigned)count : BATCH;

	for (unsigned i = 0; i < len; i++) {
		make_malformed(flood, &packets[i]);
		parts[i] = (struct iovec){packets[i].bytes, packets[i].len};
	}
	parts[len] = (struct iovec){flood->good.bytes, flood->good.len};
	for (unsigned i = 0; i <= len; i++) {
		messages[i].msg_hdr.msg_iov = &parts[i];
		messages[i].msg_hdr.msg_iovlen = 1;
	}
	for (unsigned sent = 0; sent <= len;) {
		int more = sendmmsg(fd, messages + sent, len + 1 - sent, 0);

		if (more == -1)
			bench_die("sendmmsg");
		sent += (unsigned)more;
	}
	flood->counts.sent += len + 1;
}

/* Reads until the answer to the good question. False: none came. */
static bool
read_batch(struct flood *flood, int fd)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	uint8_t answer[65536];

	for (;;) {
		ssize_t len = recv(fd, answer, sizeof(answer), MSG_DONTWAIT);

		if (len >= 0) {
			if (count_answer(
			        flood, answer, (size_t)len, ANSWER_MAX))
				return true;
			continue;
		}
		if (errno != EAGAIN)
			bench_die("recv");
		if (poll(&poll_fd, 1, PATIENCE_MS) == 0) {
			flood->counts.lost++;
			return false;
		}
	}
}

static void
flood_udp(struct flood *flood, unsigned long count)
{
	int flows[FLOWS];

	for (unsigned i = 0; i < FLOWS; i++)
		flows[i] = open_flow(flood);
	while (flood->made < count && flood->counts.lost == 0) {
		for (unsigned i = 0; i < FLOWS; i++)
			send_batch(flood, flows[i], count - flood->made);
		for (unsigned i = 0; i < FLOWS; i++)
			read_batch(flood, flows[i]);
	}
	for (unsigned i = 0; i < FLOWS; i++)
		close(flows[i]);
}

/* ------------------------------------------------------------- connections */

static int
open_connection(const struct flood *flood)
{
	struct timeval patience = {.tv_sec = PATIENCE_MS / 1000};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd == -1 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
	        sizeof(patience)) == -1 ||
	    connect(fd, (const struct sockaddr *)&flood->server,
	        sizeof(flood->server)) == -1)
		bench_die("connect");
	return fd;
}

/* A few messages, each with its length or, at times, another one. */
static size_t
make_frames(struct flood *flood, uint8_t *out)
{
	size_t len = 0;

	for (size_t i = pick(flood, FRAMES_MAX) + 1; i > 0; i--) {
		struct packet packet;
		size_t told;

		make_malformed(flood, &packet);
		told = pick(flood, 16) == 0 ? pick(flood, 65536) : packet.len;
		out[len++] = (uint8_t)(told >> 8);
		out[len++] = (uint8_t)told;
		memcpy(out + len, packet.bytes, packet.len);
		len += packet.len;
	}
	return len;
}

/* Counts the whole messages of what comes until the server closes. */
static void
read_frames(struct flood *flood, int fd)
{
	static uint8_t data[1 << 20];
	size_t len = 0, at = 0;
	ssize_t got;

	while (len < sizeof(data) &&
	       (got = recv(fd, data + len, sizeof(data) - len, 0)) != 0) {
		if (got > 0) {
			len += (size_t)got;
		} else {
			/* A reset is an end; else it does not end at all. */
			flood->counts.lost += errno == EAGAIN;
			break;
		}
	}
	while (at + 2 <= len) {
		size_t told = (size_t)data[at] << 8 | data[at + 1];

		if (told > len - at - 2)
			break;
		count_answer(flood, data + at + 2, told, 65535);
		at += 2 + told;
	}
}

static void
flood_tcp(struct flood *flood, unsigned long count)
{
	uint8_t frames[FRAMES_MAX * (SPACE + 2)];

	for (unsigned long i = 0; i < count; i++) {
		int fd = open_connection(flood);
		size_t len = make_frames(flood, frames);

		flood->counts.sent++;
		/* One that the server has closed already is no error. */
		(void)!send(fd, frames, len, MSG_NOSIGNAL);
		/* Some go away without a word. */
		if (pick(flood, 8) != 0) {
			shutdown(fd, SHUT_WR);
			read_frames(flood, fd);
		}
		close(fd);
	}
}

int
main(int argc, char **argv)
{
	static struct flood flood;
	unsigned long count;

	if (argc != 6 ||
	    (strcmp(argv[1], "udp") != 0 && strcmp(argv[1], "tcp") != 0)) {
		fprintf(
		    stderr, "usage: dns_flood udp|tcp PORT NAME COUNT SEED\n");
		return 2;
	}
	flood.server = bench_address("127.0.0.1", bench_number(argv[2], 65535));
	make_good(&flood, argv[3]);
	count = bench_number(argv[4], UINT32_MAX);
	flood.random = bench_number(argv[5], UINT32_MAX);
	if (strcmp(argv[1], "udp") == 0)
		flood_udp(&flood, count);
	else
		flood_tcp(&flood, count);
	printf("sent=%lu answers=%lu good=%lu lost=%lu wrong=%lu\n",
	    flood.counts.sent, flood.counts.answers, flood.counts.good,
	    flood.counts.lost, flood.counts.wrong);
	return 0;
}
