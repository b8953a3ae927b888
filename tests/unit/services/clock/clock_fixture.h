/* clock_fixture.h — readings of a clock, for the tests of the clock room. */
#ifndef TESTS_CLOCK_FIXTURE_H
#define TESTS_CLOCK_FIXTURE_H

#include "services/clock/clock_kernel.h"
#include "services/clock/clock_moment.h"
#include "services/clock/clock_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/timex.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const uint64_t second_ns = CLOCK_MOMENT_SECOND_NS;
static const uint64_t now_ns = 1795226963123456789; /* 2026-11-21 */
static const uint64_t boot_ns = 5000000000000;

/* What the file says by default. */
static const struct clock_settings plain_settings = {
    .stratum = 10,
    .dispersion_min_ns = 5000000,
};

/* SECONDS later than now, nobody having set the clock. */
static inline struct clock_moment
at(uint64_t seconds)
{
	return (struct clock_moment){
	    .real_ns = now_ns + seconds * second_ns,
	    .boot_ns = boot_ns + seconds * second_ns,
	};
}

static inline struct clock_kernel_facts
facts(unsigned status, int state, int64_t maxerror_us)
{
	return (struct clock_kernel_facts){
	    .is_known = true,
	    .status = status,
	    .state = state,
	    .maxerror_us = maxerror_us,
	};
}

static inline void
assert_unsynchronised(struct sync_state state)
{
	assert_int_equal(state.leap, SYNC_LEAP_UNKNOWN);
	assert_int_equal(state.stratum, 0);
	assert_int_equal(state.refid, 0);
	assert_true(state.reference_ns == 0);
	assert_true(state.root_delay_ns == second_ns);
	assert_true(state.root_dispersion_ns == second_ns);
}

#endif
