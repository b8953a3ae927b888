/*
 * echo_load.c — one connection to an echo server: sends MIB mebibytes, as fast
 * as they are taken, reads what comes back meanwhile and compares every byte.
 * It spins, so that the server need not wake it. Prints one line of
 * "name=value" words; exits 1 when something came back that was not sent, or
 * not all of it.
 *
 *   echo_load -P 10007 -m 1024
 */
#include "bench_tool.h"

#include <sys/socket.h>
#include <unistd.h>

enum {
	CHUNK = 256 * 1024, /* in one call */
	/* What is sent repeats after so many bytes, a prime: what comes back
	 * twice, or at another place, is seen. */
	PERIOD = 65521,
};

static const uint64_t patience_ns = 5ULL * 1000 * 1000 * 1000;

struct load {
	int fd;
	uint64_t total, sent, got;
	uint8_t pattern[PERIOD + CHUNK];
	uint8_t input[CHUNK];
};

static void
pattern_make(struct load *load)
{
	uint32_t x = 1;

	for (size_t i = 0; i < PERIOD; i++) {
		x = x * 1664525 + 1013904223;
		load->pattern[i] = (uint8_t)(x >> 24);
	}
	for (size_t i = PERIOD; i < sizeof(load->pattern); i++)
		load->pattern[i] = load->pattern[i - PERIOD];
}

static size_t
chunk_of(uint64_t left)
{
	return left < CHUNK ? (size_t)left : CHUNK;
}

/* Returns how many bytes it sent; the last one goes with the end of our side.
 */
static size_t
load_send(struct load *load)
{
	size_t len = chunk_of(load->total - load->sent);
	ssize_t sent;

	if (len == 0)
		return 0;
	sent = send(load->fd, load->pattern + load->sent % PERIOD, len,
	    MSG_DONTWAIT | MSG_NOSIGNAL);
	if (sent == -1 && errno != EAGAIN)
		bench_die("send");
	if (sent == -1)
		return 0;
	load->sent += (uint64_t)sent;
	if (load->sent == load->total && shutdown(load->fd, SHUT_WR) == -1)
		bench_die("shutdown");
	return (size_t)sent;
}

/* Returns how many bytes came back. */
static size_t
load_receive(struct load *load)
{
	ssize_t got =
	    recv(load->fd, load->input, sizeof(load->input), MSG_DONTWAIT);

	if (got == -1 && errno != EAGAIN)
		bench_die("recv");
	if (got == 0) {
		fprintf(
		    stderr, "the server ended it after %lu bytes\n", load->got);
		exit(1);
	}
	if (got == -1)
		return 0;
	if (memcmp(load->input, load->pattern + load->got % PERIOD,
	        (size_t)got) != 0) {
		fprintf(
		    stderr, "another byte came back, after %lu\n", load->got);
		exit(1);
	}
	load->got += (uint64_t)got;
	return (size_t)got;
}

/* The end of the server's side follows the last byte. */
static void
load_finish(struct load *load)
{
	struct timeval patience = {.tv_sec = 20};

	(void)setsockopt(
	    load->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (recv(load->fd, load->input, 1, 0) != 0) {
		fprintf(stderr, "the server does not end its side\n");
		exit(1);
	}
}

static void
load_run(struct load *load)
{
	uint64_t progress_ns = bench_now_ns();

	while (load->got < load->total) {
		if (load_send(load) + load_receive(load) > 0)
			progress_ns = bench_now_ns();
		if (bench_now_ns() > progress_ns + patience_ns) {
			fprintf(stderr,
			    "nothing moves after %lu of %lu bytes\n", load->got,
			    load->sent);
			exit(1);
		}
	}
	load_finish(load);
}

static void
load_open(struct load *load, unsigned port)
{
	struct sockaddr_in server = bench_address("127.0.0.1", port);

	load->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (load->fd == -1 ||
	    connect(load->fd, (const struct sockaddr *)&server,
	        sizeof(server)) == -1)
		bench_die("connect");
}

int
main(int argc, char **argv)
{
	static struct load load;
	unsigned port = 0, mib = 1024;
	uint64_t start;
	double seconds;
	int option;

	while ((option = getopt(argc, argv, "P:m:")) != -1) {
		if (option == 'P')
			port = bench_number(optarg, 65535);
		else if (option == 'm')
			mib = bench_number(optarg, 1 << 20);
	}
	if (port == 0) {
		fprintf(stderr, "usage: echo_load -P PORT [-m MIB]\n");
		return 2;
	}
	load.total = (uint64_t)mib << 20;
	pattern_make(&load);
	load_open(&load, port);
	start = bench_now_ns();
	load_run(&load);
	seconds = (double)(bench_now_ns() - start) / 1e9;
	printf("mib=%u seconds=%.6f rate=%.1f\n", mib, seconds, mib / seconds);
	return 0;
}
