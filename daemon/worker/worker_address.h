/*
 * worker_address.h — how many connections each client has: a table of open
 * addressing that never grows. Pure: the memory is the caller's.
 *
 * A client is an IPv4 address, an IPv6 network of /64 (of whose 2^64 addresses
 * one machine may use as many as it likes), or a link-local IPv6 address.
 *
 * The table has twice as many places as there may be connections, each of which
 * holds one place at most, so it can be neither filled nor made slow from
 * outside: where an address comes to lie depends on a seed that nobody is told.
 */
#ifndef NETLAB_WORKER_WORKER_ADDRESS_H
#define NETLAB_WORKER_WORKER_ADDRESS_H

#include "core/addr.h"

struct worker_address_entry {
	uint64_t high, low; /* of the address, the host's bits cleared */
	uint32_t count;     /* 0: this place is free */
};

struct worker_addresses {
	struct worker_address_entry *entries;
	size_t mask;       /* places - 1 */
	unsigned shift;    /* from a hash to a place */
	uint64_t seeds[2]; /* odd */
};

/* How many zeroed entries a table for MAX clients at a time needs. */
size_t worker_address_places(uint32_t max);

/* Makes TABLE of worker_address_places(MAX) zeroed ENTRIES, which it keeps. */
void worker_address_init(struct worker_addresses *table,
    struct worker_address_entry *entries, uint32_t max,
    const uint64_t seeds[2]);

/* Counts a connection of ADDR, unless it has LIMIT already: false. The caller
 * never has more than MAX in the table. */
bool worker_address_enter(
    struct worker_addresses *table, const struct addr *addr, uint32_t limit)
    __attribute__((warn_unused_result));

/* Takes away one that worker_address_enter has counted. */
void worker_address_leave(
    struct worker_addresses *table, const struct addr *addr);

#endif
