/* bench_tool.h — what the small programs of tests/bench and tests/tools share.
 * Each ends with a message where something fails: they are tools. */
#ifndef NETLAB_BENCH_TOOL_H
#define NETLAB_BENCH_TOOL_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

_Noreturn static inline void
bench_die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static inline uint64_t
bench_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* A whole number from 1 to MAX, or the end. */
static inline unsigned
bench_number(const char *text, unsigned max)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*text == '\0' || *end != '\0' || value == 0 || value > max) {
		fprintf(
		    stderr, "'%s' is not a number from 1 to %u\n", text, max);
		exit(2);
	}
	return (unsigned)value;
}

static inline struct sockaddr_in
bench_address(const char *host, unsigned port)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	};

	if (inet_pton(AF_INET, host, &address.sin_addr) != 1) {
		fprintf(stderr, "'%s' is not an IPv4 address\n", host);
		exit(2);
	}
	return address;
}

#endif
