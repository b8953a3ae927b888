/*
 * clock_kernel.h — what the kernel knows of its clock, turned into what a
 * server says of itself. netlabd disciplines nothing: whoever does (chrony,
 * ntpd, timesyncd) leaves its verdict in the kernel, where adjtimex(2) reads
 * it. Pure.
 */
#ifndef NETLAB_SERVICES_CLOCK_KERNEL_H
#define NETLAB_SERVICES_CLOCK_KERNEL_H

#include "core/sync.h"

#include <stdbool.h>
#include <stdint.h>

/* One reading of the kernel's clock state: adjtimex(2) with modes = 0. */
struct clock_kernel_facts {
	bool is_known;       /* false: the kernel would not tell */
	unsigned status;     /* STA_UNSYNC, STA_INS … */
	int state;           /* TIME_OK, TIME_INS … TIME_ERROR */
	int64_t maxerror_us; /* the bound, which the kernel lets grow */
	int64_t esterror_us;
};

/* What must be remembered from reading to reading. */
struct clock_kernel {
	unsigned local_stratum; /* as configured; 0: not */
	int8_t precision;       /* log2 seconds */
	uint64_t read_ns;       /* last reading; 0: none */
	int64_t maxerror_us;    /* at it */
	uint64_t reference_ns;  /* when the clock was last corrected */
};

/* A clock that nothing is known of yet. LOCAL_STRATUM: 1 to 15, or 0. */
struct clock_kernel clock_kernel_init(unsigned local_stratum, int8_t precision);

/*
 * Takes the reading FACTS of the moment NOW_NS (since 1970) and returns what
 * to tell clients until the next one, which is due within a second. A clock
 * that is not synchronised gives leap 3 and stratum 0, unless a local stratum
 * is declared. RFC 5905 §7.3.
 */
struct sync_state clock_kernel_read(struct clock_kernel *clock,
    const struct clock_kernel_facts *facts, uint64_t now_ns);

/*
 * The precision (log2 seconds, -31 to -6) of a clock whose readings are STEP_NS
 * apart at least, a second at most: the next coarser power of two, never finer
 * than real. RFC 5905 §7.3.
 */
int8_t clock_kernel_precision(uint64_t step_ns);

#endif
