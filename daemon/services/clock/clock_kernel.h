/*
 * clock_kernel.h — what the kernel knows of its clock, turned into what a
 * server says of itself. netlabd disciplines nothing: whoever does (chrony,
 * ntpd, timesyncd) leaves its verdict in the kernel, where adjtimex(2) reads
 * it. Pure.
 */
#ifndef NETLAB_SERVICES_CLOCK_KERNEL_H
#define NETLAB_SERVICES_CLOCK_KERNEL_H

#include "core/sync.h"
#include "services/clock/clock_moment.h"
#include "services/clock/clock_settings.h"

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

/* What is remembered from reading to reading. All zeros: none yet. */
struct clock_kernel {
	struct clock_moment read; /* of the last one that found it
	                             synchronised */
	int64_t maxerror_us;      /* at it */
	uint64_t reference_ns;    /* when the clock was last corrected */
};

/* The reference id of a host's own clock, 127.127.1.1, as ntpd has it. */
#define CLOCK_KERNEL_REFID_LOCAL UINT32_C(0x7f7f0101)

/*
 * Takes the reading FACTS of the moment NOW and returns what to tell clients
 * until the next one, which is due within a second; of stratum 0 where the
 * clock is not synchronised. Its precision is the caller's to set. RFC 5905
 * §7.3.
 */
struct sync_state clock_kernel_read(struct clock_kernel *clock,
    const struct clock_settings *settings,
    const struct clock_kernel_facts *facts, const struct clock_moment *now);

/* The leap second that the kernel is told of, whether or not its clock is
 * synchronised; UNKNOWN while it is inserted, when the clock says one second
 * twice. */
enum sync_leap clock_kernel_leap(const struct clock_kernel_facts *facts);

/*
 * The precision (log2 seconds, -31 to -6) of a clock whose readings are STEP_NS
 * apart at least, a second at most: the next coarser power of two, never finer
 * than real. RFC 5905 §7.3.
 */
int8_t clock_kernel_precision(uint64_t step_ns);

#endif
