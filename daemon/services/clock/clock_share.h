/*
 * clock_share.h — what the workers of the clock room share: who looks at the
 * clock, and what has to be remembered from look to look, which so outlives
 * the worker that looked. Pure; any worker.
 */
#ifndef NETLAB_SERVICES_CLOCK_SHARE_H
#define NETLAB_SERVICES_CLOCK_SHARE_H

#include "core/addr.h"
#include "services/clock/clock_lease.h"
#include "services/clock/clock_source.h"

#include <stdbool.h>
#include <stdint.h>

/* What was logged last. */
struct clock_told {
	bool is_anything;
	bool is_kernel_dumb; /* that it would not tell its state */
	bool is_mirror_silent;
	enum clock_source_kind kind;
	enum sync_leap leap;
	uint8_t stratum;
	unsigned spent;   /* lines, of those that may be said in a row */
	uint64_t boot_ns; /* when one was last regained */
};

struct clock_memory {
	struct addr mirror; /* whose answers SOURCE remembers */
	struct clock_source source;
	struct clock_told told;
};

/* All zeros: nothing yet. */
struct clock_share {
	struct clock_lease lease;
	_Atomic unsigned current; /* which of the two holds */
	struct clock_memory memories[2];
};

/* The memory as it was last kept. */
struct clock_memory clock_share_recall(const struct clock_share *share);

/* Keeps MEMORY. Whoever is killed in here leaves the one before. */
void clock_share_keep(
    struct clock_share *share, const struct clock_memory *memory);

#endif
