/*
 * chat_options.h — the command line of chat_load.
 *
 *   chat_load -P 31621 -c 5000 -R 100 -r 10000 -t 5
 *     -c CLIENTS   connections, each a person
 *     -R ROOMS     which they are spread over
 *     -r LINES     said in a second, by all of them in turns
 *     -z BYTES     of text in a line
 *     -s READERS   of each room, who stop reading once they are in
 *     -a CLIENTS   that share an address: 127.1.0.0 and on (0: all one)
 *     -m irc       speaks IRC (RFC 2812) instead
 *     -w           "in" on standard output when all are in, and nothing more
 *                  until standard input ends
 */
#ifndef NETLAB_BENCH_CHAT_OPTIONS_H
#define NETLAB_BENCH_CHAT_OPTIONS_H

#include "bench_tool.h"
#include "chat_lines.h"

#include <stdbool.h>
#include <unistd.h>

struct chat_options {
	unsigned port, clients, rooms, rate, seconds, size;
	unsigned stopped;     /* of each room */
	unsigned per_address; /* 0: all have one */
	bool is_irc, is_waiting;
};

_Noreturn static inline void
chat_options_usage(void)
{
	fprintf(stderr,
	    "usage: chat_load -P PORT [-c CLIENTS] [-R ROOMS] [-r LINES]\n"
	    "                 [-t SECONDS] [-z BYTES] [-s STOPPED] "
	    "[-a CLIENTS]\n"
	    "                 [-m chat|irc] [-w]\n");
	exit(2);
}

static inline void
chat_options_take(struct chat_options *options, int option)
{
	switch (option) {
	case 'P':
		options->port = bench_number(optarg, 65535);
		break;
	case 'c':
		options->clients = bench_number(optarg, 60000);
		break;
	case 'R':
		options->rooms = bench_number(optarg, 10000);
		break;
	case 'r':
		options->rate = bench_number(optarg, 10000000);
		break;
	case 't':
		options->seconds = bench_number(optarg, 600);
		break;
	case 'z':
		options->size = bench_number(optarg, CHAT_TEXT_MAX);
		break;
	case 's':
		options->stopped = bench_number(optarg, 1000);
		break;
	case 'a':
		options->per_address = bench_number(optarg, 60000);
		break;
	case 'm':
		options->is_irc = strcmp(optarg, "irc") == 0;
		break;
	case 'w':
		options->is_waiting = true;
		break;
	default:
		chat_options_usage();
	}
}

static inline struct chat_options
chat_options_read(int argc, char **argv)
{
	struct chat_options options = {
	    .clients = 5000,
	    .rooms = 100,
	    .rate = 10000,
	    .seconds = 5,
	    .size = 40,
	};
	int option;

	while ((option = getopt(argc, argv, "P:c:R:r:t:z:s:a:m:w")) != -1)
		chat_options_take(&options, option);
	if (options.port == 0 || options.clients < 2 * options.rooms ||
	    options.size < CHAT_STAMP)
		chat_options_usage();
	return options;
}

#endif
