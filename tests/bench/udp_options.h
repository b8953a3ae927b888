/*
 * udp_options.h — the command line of udp_load.
 *
 *   udp_load -l QUERIES -H 127.0.0.1 -P 10053 -t 3        DNS
 *   udp_load -m ntp     -H 127.0.0.1 -P 10123 -t 3        NTP
 *   udp_load -m echo    -H 127.0.0.1 -P 10007 -t 3        echo (RFC 862)
 *     -z SIZE        bytes in a datagram
 *     -x             interleaved (RFC 9769)
 *     -k HEX         with a MAC by this key, number 1
 *     -a ADDRESSES   from so many (bench_sources.h)
 *     -r RATE        an open loop: so many questions a second, evenly spread,
 *                    as long as no more than WINDOW of a socket are in flight
 *     -b             bursts: WINDOW questions of each socket at once, and a
 *                    rest in which servers on this CPU can answer
 */
#ifndef NETLAB_BENCH_UDP_OPTIONS_H
#define NETLAB_BENCH_UDP_OPTIONS_H

#include "bench_sources.h"
#include "bench_tool.h"

#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

enum {
	UDP_WINDOW_MAX = 512,
	UDP_SOCKET_MAX = 64,
	UDP_ANSWER_MAX = 4096, /* longer ones are cut */
	UDP_ECHO_LEAST = 16,   /* so long that our number fits, and the least
	                          of what a load looks at */
};

struct udp_options {
	const char *host, *queries, *key; /* the last two: NULL, none */
	bool is_ntp, is_echo, is_interleaved, is_in_bursts;
	unsigned port, flows, window, seconds;
	unsigned sources; /* 0: sockets are connected */
	unsigned rate;    /* of an open loop; 0: closed */
	unsigned size;    /* of echo */
	uint64_t count;
};

_Noreturn static inline void
udp_options_usage(void)
{
	fprintf(stderr,
	    "usage: udp_load [-m dns|ntp|echo] [-l QUERIES] [-H ADDRESS] -P "
	    "PORT\n"
	    "                [-s SOCKETS] [-w WINDOW] [-t SECONDS] [-n "
	    "COUNT]\n"
	    "                [-a ADDRESSES] [-r RATE] [-b] [-x] [-k HEX] [-z "
	    "SIZE]\n");
	exit(2);
}

/* Takes an option that says how often is asked; false: it says what. */
static inline bool
udp_options_take_number(struct udp_options *options, int option)
{
	switch (option) {
	case 'P':
		options->port = bench_number(optarg, 65535);
		return true;
	case 's':
		options->flows = bench_number(optarg, UDP_SOCKET_MAX);
		return true;
	case 'w':
		options->window = bench_number(optarg, UDP_WINDOW_MAX);
		return true;
	case 't':
		options->seconds = bench_number(optarg, 600);
		return true;
	case 'n':
		options->count = bench_number(optarg, 2000000000);
		return true;
	case 'a':
		options->sources = bench_number(optarg, SOURCES_MAX);
		return true;
	case 'r':
		options->rate = bench_number(optarg, 10000000);
		return true;
	case 'z':
		options->size = bench_number(optarg, UDP_ANSWER_MAX);
		return true;
	default:
		return false;
	}
}

static inline void
udp_options_take(struct udp_options *options, int option)
{
	switch (option) {
	case 'm':
		options->is_ntp = strcmp(optarg, "ntp") == 0;
		options->is_echo = strcmp(optarg, "echo") == 0;
		break;
	case 'l':
		options->queries = optarg;
		break;
	case 'H':
		options->host = optarg;
		break;
	case 'b':
		options->is_in_bursts = true;
		break;
	case 'x':
		options->is_interleaved = true;
		break;
	case 'k':
		options->key = optarg;
		break;
	default:
		udp_options_usage();
	}
}

static inline struct udp_options
udp_options_read(int argc, char **argv)
{
	struct udp_options options = {
	    .host = "127.0.0.1",
	    .flows = 8,
	    .window = 16,
	    .seconds = 2,
	    .count = UINT64_MAX,
	    .size = 64,
	};
	int option;

	while (
	    (option = getopt(argc, argv, "m:l:H:P:s:w:t:n:a:r:z:bxk:")) != -1)
		if (!udp_options_take_number(&options, option))
			udp_options_take(&options, option);
	if (options.port == 0 || options.size < UDP_ECHO_LEAST ||
	    (!options.is_ntp && !options.is_echo && options.queries == NULL))
		udp_options_usage();
	return options;
}

#endif
