/*
 * dns_file_wire.h — questions and answers, byte by byte, in the daemon's log
 * (dns { log_wire = true }): for lessons, and to see what a client really
 * sends. Impure; a worker's own.
 */
#ifndef NETLAB_SERVICES_DNS_FILE_WIRE_H
#define NETLAB_SERVICES_DNS_FILE_WIRE_H

#include "core/addr.h"
#include "core/span.h"

enum {
	/* More nobody reads, and every client makes us write them. */
	DNS_FILE_WIRE_A_SECOND = 10,
};

/* Begins zeroed. */
struct dns_file_wire {
	uint64_t second_ends_ms; /* the one in which COUNT have been written */
	unsigned count;
	uint64_t unsaid; /* exchanges that were left out */
};

/* One question, and what was answered; empty: nothing. */
struct dns_file_wire_exchange {
	const struct addr *peer;
	enum transport transport;
	struct span request, response;
	uint64_t now_ms; /* CLOCK_MONOTONIC */
};

/* Writes EXCHANGE, or leaves it out where there have been so many in this
 * second. */
void dns_file_wire_add(
    struct dns_file_wire *log, const struct dns_file_wire_exchange *exchange);

/* Says how many were left out since it was said last, if any. */
void dns_file_wire_flush(struct dns_file_wire *log);

#endif
