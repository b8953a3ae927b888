/* clock_kernel.c — kernel clock state → system variables. */
#include "services/clock/clock_kernel.h"

#include <sys/timex.h>

/* The kernel gives up at this bound and says STA_UNSYNC; some containers
 * show one without the other. */
static const int64_t maxerror_limit_us = 16000000;

/* The kernel adds this to maxerror each second (MAXFREQ, 500 ppm). */
static const int64_t maxerror_step_us = 500;

/* Steps that a reading is ahead, because it is used for a second, and until
 * another worker looks where the one that did is gone: 2.5 s in all. */
static const int64_t steps_ahead = 3;

int8_t
clock_kernel_precision(uint64_t step_ns)
{
	int8_t precision = -31;

	/* 2^precision seconds, in units of 2^-31 ns to stay whole. */
	while (precision < -6 &&
	       (CLOCK_MOMENT_SECOND_NS << (31 + precision)) < step_ns << 31)
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
enum sync_leap
clock_kernel_leap(const struct clock_kernel_facts *facts)
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
 * correction is claimed that may not have been. Where somebody has set the
 * clock, the same instant has another name.
 */
static void
find_reference(struct clock_kernel *clock, int64_t maxerror_us,
    const struct clock_moment *now)
{
	uint64_t age_ns = (uint64_t)(maxerror_us / maxerror_step_us + 1) *
	                  CLOCK_MOMENT_SECOND_NS;
	uint64_t oldest_ns = now->real_ns > age_ns ? now->real_ns - age_ns : 1;
	bool is_watched =
	    clock->read.boot_ns != 0 && now->boot_ns > clock->read.boot_ns &&
	    now->boot_ns - clock->read.boot_ns < 3 * CLOCK_MOMENT_SECOND_NS;

	if (is_watched)
		clock->reference_ns +=
		    (uint64_t)clock_moment_step(&clock->read, now);
	if (is_watched && maxerror_us < clock->maxerror_us)
		clock->reference_ns = now->real_ns;
	else if ((!is_watched && clock->reference_ns < oldest_ns) ||
	         clock->reference_ns > now->real_ns)
		clock->reference_ns = oldest_ns;
	clock->read = *now;
	clock->maxerror_us = maxerror_us;
}

/*
 * The kernel's bound, which holds until the next reading. timesyncd sets it to
 * 0 whenever it corrects the clock, which no clock on a network deserves: what
 * is claimed is never better than the least that is configured, growing as RFC
 * 5905 has it since that correction.
 */
static uint64_t
dispersion_ns(const struct clock_kernel *clock,
    const struct clock_settings *settings, const struct clock_moment *now)
{
	uint64_t bound_ns =
	    (uint64_t)(clock->maxerror_us + steps_ahead * maxerror_step_us) *
	    1000;
	uint64_t least_ns = settings->dispersion_min_ns +
	                    sync_growth(now->real_ns - clock->reference_ns);

	return bound_ns > least_ns ? bound_ns : least_ns;
}

struct sync_state
clock_kernel_read(struct clock_kernel *clock,
    const struct clock_settings *settings,
    const struct clock_kernel_facts *facts, const struct clock_moment *now)
{
	enum sync_leap leap = clock_kernel_leap(facts);

	if (!is_synchronised(facts) || leap == SYNC_LEAP_UNKNOWN) {
		clock->read = (struct clock_moment){0};
		return sync_unknown(0);
	}
	find_reference(clock, error_us(facts), now);
	return (struct sync_state){
	    .leap = leap,
	    .stratum = settings->stratum,
	    .refid = settings->stratum == 1 ? settings->refid
	                                    : CLOCK_KERNEL_REFID_LOCAL,
	    .root_dispersion_ns = dispersion_ns(clock, settings, now),
	    .read_ns = now->real_ns,
	    .reference_ns = clock->reference_ns,
	};
}
