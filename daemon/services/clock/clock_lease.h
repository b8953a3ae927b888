/*
 * clock_lease.h — which of the workers looks at the clock: one at a time, by a
 * word in memory that all of them share. Whoever dies, hangs or goes loses it
 * by doing nothing. Pure; any worker.
 */
#ifndef NETLAB_SERVICES_CLOCK_LEASE_H
#define NETLAB_SERVICES_CLOCK_LEASE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	/* From one renewal on. The holder renews it once a second; another
	 * takes it within two seconds of the holder's end. */
	CLOCK_LEASE_MS = 1500,
};

/* All zeros: nobody has it. */
struct clock_lease {
	_Atomic uint64_t word; /* its holder, and until when */
};

/* The name of a worker: of its SLOT and GENERATION (service.h). A worker that
 * comes in the place of a dead one has that one's name, and its lease. */
uint32_t clock_lease_name(unsigned generation, unsigned slot);

/*
 * Takes the lease for NAME at NOW_MS (CLOCK_MONOTONIC), or renews it. Returns
 * whether NAME has it now: not while another holds it, unless that one is of an
 * older generation, whose settings no longer hold.
 */
bool clock_lease_take(
    struct clock_lease *lease, uint32_t name, uint64_t now_ms);

/* Milliseconds until the lease ends unless it is renewed; 0: it has. */
uint64_t clock_lease_left_ms(const struct clock_lease *lease, uint64_t now_ms);

#endif
