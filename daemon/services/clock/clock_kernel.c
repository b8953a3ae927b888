/* clock_kernel.c — kernel clock state → system variables. */
#include "services/clock/clock_kernel.h"

#include <sys/timex.h>

static const uint64_t second_ns = 1000000000;

/* The kernel gives up at this bound and says STA_UNSYNC; some containers
 * show one without the other. */
static const int64_t maxerror_limit_us = 16000000;

/* The kernel adds this to maxerror each second (MAXFREQ, 500 ppm). A reading
 * is used for up to one second, so one such step is added to it. */
static const int64_t maxerror_step_us = 500;

/* timesyncd sets maxerror to 0 whenever it corrects the clock, which no clock
 * on a network deserves: what we claim is never better than this. */
static const int64_t dispersion_floor_us = 5000;

/* Of a synchronised clock: the kernel does not know it. 10 is what chrony
 * takes for its local reference: good enough to be used, worse than any
 * server that knows. */
static const uint8_t stratum_default = 10;

/* A declared local clock corrects itself, so to say, at each multiple of
 * this: the growth of its dispersion starts again. As often as a reference
 * clock is polled; whole multiples make all workers say the same. */
static const uint64_t local_interval_ns = 64 * 1000000000ULL;

static const uint32_t refid_local = 0x7f7f0101;   /* 127.127.1.1 */
static const uint32_t refid_primary = 0x4c4f434c; /* "LOCL", at stratum 1 */

struct clock_kernel
clock_kernel_init(unsigned local_stratum, int8_t precision)
{
	return (struct clock_kernel){
	    .local_stratum = local_stratum,
	    .precision = precision,
	};
}

int8_t
clock_kernel_precision(uint64_t step_ns)
{
	int8_t precision = -31;

	/* 2^precision seconds, in units of 2^-31 ns to stay whole. */
	while (
	    precision < -6 && (second_ns << (31 + precision)) < step_ns << 31)
		precision++;
	return precision;
}

static int64_t
max_us(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The kernel's bound; an estimate above it would be the better bound. */
static int64_t
error_us(const struct clock_kernel_facts *facts)
{
	return max_us(0, max_us(facts->maxerror_us, facts->esterror_us));
}

static bool
is_synchronised(const struct clock_kernel_facts *facts)
{
	return facts->is_known &&
	       (facts->status & (STA_UNSYNC | STA_CLOCKERR)) == 0 &&
	       facts->state != TIME_ERROR &&
	       error_us(facts) < maxerror_limit_us;
}

/* An unsynchronised clock has no leap state, only the wish for one. */
static enum sync_leap
leap_of(const struct clock_kernel_facts *facts)
{
	if (!facts->is_known)
		return SYNC_LEAP_NONE;
	/* During the inserted second CLOCK_REALTIME says the same second
	 * twice. */
	if (facts->state == TIME_OOP)
		return SYNC_LEAP_UNKNOWN;
	if (facts->state == TIME_INS ||
	    (facts->state == TIME_ERROR && (facts->status & STA_INS) != 0))
		return SYNC_LEAP_INSERT;
	if (facts->state == TIME_DEL ||
	    (facts->state == TIME_ERROR && (facts->status & STA_DEL) != 0))
		return SYNC_LEAP_DELETE;
	return SYNC_LEAP_NONE;
}

/*
 * When the clock was last corrected, which the kernel does not say. A maxerror
 * that fell since the reading before tells it to the second. Without that, its
 * size bounds the age, because it has grown by one step a second since: no
 * correction is claimed that may not have been.
 */
static void
find_reference(struct clock_kernel *clock, int64_t maxerror_us, uint64_t now_ns)
{
	uint64_t age_ns =
	    (uint64_t)(maxerror_us / maxerror_step_us + 1) * second_ns;
	uint64_t oldest_ns = now_ns > age_ns ? now_ns - age_ns : 1;
	bool is_watched = clock->read_ns != 0 && now_ns > clock->read_ns &&
	                  now_ns - clock->read_ns < 3 * second_ns;

	if (is_watched && maxerror_us < clock->maxerror_us)
		clock->reference_ns = now_ns;
	else if (clock->reference_ns < oldest_ns ||
	         clock->reference_ns > now_ns)
		clock->reference_ns = oldest_ns;
	clock->read_ns = now_ns;
	clock->maxerror_us = maxerror_us;
}

struct sync_state
clock_kernel_read(struct clock_kernel *clock,
    const struct clock_kernel_facts *facts, uint64_t now_ns)
{
	bool is_disciplined = is_synchronised(facts);
	enum sync_leap leap = leap_of(facts);
	int64_t dispersion_us = dispersion_floor_us;
	uint64_t reference_ns = now_ns - now_ns % local_interval_ns;
	unsigned stratum = clock->local_stratum;

	if (is_disciplined) {
		find_reference(clock, error_us(facts), now_ns);
		dispersion_us = max_us(
		    dispersion_floor_us, error_us(facts) + maxerror_step_us);
		reference_ns = clock->reference_ns;
		stratum = stratum == 0 ? stratum_default : stratum;
	} else {
		clock->read_ns = 0;
	}
	if (stratum == 0 || leap == SYNC_LEAP_UNKNOWN)
		return sync_unknown(clock->precision);
	return (struct sync_state){
	    .leap = leap,
	    .stratum = (uint8_t)stratum,
	    .precision = clock->precision,
	    .refid = stratum == 1 ? refid_primary : refid_local,
	    .root_dispersion_ns = (uint64_t)dispersion_us * 1000,
	    .read_ns = now_ns,
	    .reference_ns = reference_ns,
	};
}
