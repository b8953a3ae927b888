/* clock_kernel_test.c — the numbers are those of the time requirements. */
#include "services/clock/clock_kernel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/timex.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const uint64_t second_ns = 1000000000;
static const uint64_t now_ns = 1795226963123456789; /* 2026-11-21 */

static struct clock_kernel_facts
facts(unsigned status, int state, int64_t maxerror_us)
{
	return (struct clock_kernel_facts){
	    .is_known = true,
	    .status = status,
	    .state = state,
	    .maxerror_us = maxerror_us,
	};
}

/* The first reading of a clock. */
static struct sync_state
read_once(unsigned local_stratum, struct clock_kernel_facts reading)
{
	struct clock_kernel clock = clock_kernel_init(local_stratum, -25);

	return clock_kernel_read(&clock, &reading, now_ns);
}

static void
assert_unsynchronised(struct sync_state system)
{
	assert_int_equal(system.leap, SYNC_LEAP_UNKNOWN);
	assert_int_equal(system.stratum, 0);
	assert_int_equal(system.refid, 0);
	assert_true(system.reference_ns == 0);
}

static void
unsynchronised(void **state)
{
	(void)state;
	assert_unsynchronised(
	    read_once(0, facts(STA_UNSYNC, TIME_ERROR, 16000000)));
	assert_unsynchronised(read_once(0, facts(STA_UNSYNC, TIME_OK, 1000)));
	assert_unsynchronised(read_once(0, facts(STA_CLOCKERR, TIME_OK, 1000)));
	assert_unsynchronised(read_once(0, facts(STA_PLL, TIME_ERROR, 1000)));
	assert_unsynchronised(read_once(0, facts(STA_PLL, TIME_OK, 16000000)));
	assert_unsynchronised(
	    read_once(0, (struct clock_kernel_facts){.is_known = false}));
}

static void
synchronised(void **state)
{
	struct sync_state system =
	    read_once(0, facts(STA_PLL, TIME_OK, 15999999));

	(void)state;
	assert_int_equal(system.leap, SYNC_LEAP_NONE);
	assert_int_equal(system.stratum, 10);
	assert_int_equal(system.refid, 0x7f7f0101);
	assert_int_equal(system.precision, -25);
}

static void
leaps(void **state)
{
	(void)state;
	assert_int_equal(read_once(0, facts(STA_INS, TIME_INS, 1000)).leap,
	    SYNC_LEAP_INSERT);
	assert_int_equal(read_once(0, facts(STA_DEL, TIME_DEL, 1000)).leap,
	    SYNC_LEAP_DELETE);
	assert_int_equal(
	    read_once(0, facts(0, TIME_WAIT, 1000)).leap, SYNC_LEAP_NONE);
	assert_unsynchronised(read_once(0, facts(STA_INS, TIME_OOP, 1000)));
	assert_unsynchronised(read_once(5, facts(STA_INS, TIME_OOP, 1000)));
}

static void
local_leaps(void **state)
{
	(void)state;
	assert_int_equal(
	    read_once(5, facts(STA_UNSYNC | STA_INS, TIME_ERROR, 16000000))
	        .leap,
	    SYNC_LEAP_INSERT);
	assert_int_equal(
	    read_once(5, facts(STA_UNSYNC | STA_DEL, TIME_ERROR, 16000000))
	        .leap,
	    SYNC_LEAP_DELETE);
}

static void
local_stratum(void **state)
{
	struct clock_kernel_facts reading =
	    facts(STA_UNSYNC, TIME_ERROR, 16000000);

	(void)state;
	for (unsigned stratum = 1; stratum <= 15; stratum++) {
		struct sync_state system = read_once(stratum, reading);

		assert_int_equal(system.leap, SYNC_LEAP_NONE);
		assert_int_equal(system.stratum, stratum);
		/* ASCII at stratum 1 alone. */
		assert_int_equal(
		    system.refid, stratum == 1 ? 0x4c4f434c : 0x7f7f0101);
		assert_true(system.reference_ns != 0);
		assert_true(system.reference_ns <= now_ns);
		assert_true(now_ns - system.reference_ns <= 64 * second_ns);
		/* Far below what makes a client refuse: 1.5 s in ntpd. */
		assert_int_equal(system.root_dispersion_ns, 5000000);
	}
	assert_int_equal(
	    read_once(7, facts(STA_PLL, TIME_OK, 1000)).stratum, 7);
	assert_int_equal(
	    read_once(7, (struct clock_kernel_facts){.is_known = false})
	        .stratum,
	    7);
}

static void
local_reference_is_shared(void **state)
{
	struct clock_kernel_facts reading =
	    facts(STA_UNSYNC, TIME_ERROR, 16000000);
	struct clock_kernel one = clock_kernel_init(5, -25);
	struct clock_kernel two = clock_kernel_init(5, -25);
	struct sync_state first = clock_kernel_read(&one, &reading, now_ns);

	(void)state;
	clock_kernel_read(&two, &reading, now_ns - 1000 * second_ns);
	assert_true(clock_kernel_read(&two, &reading, now_ns).reference_ns ==
	            first.reference_ns);
}

static void
dispersion(void **state)
{
	struct clock_kernel_facts estimated = facts(0, TIME_OK, 1000);

	(void)state;
	estimated.esterror_us = 30000;
	/* The kernel's bound, one step of its growth ahead. */
	assert_true(read_once(0, facts(0, TIME_OK, 20000)).root_dispersion_ns ==
	            20500000);
	assert_true(read_once(0, estimated).root_dispersion_ns == 30500000);
}

static void
dispersion_floor(void **state)
{
	(void)state;
	assert_true(
	    read_once(0, facts(0, TIME_OK, 0)).root_dispersion_ns == 5000000);
	assert_true(read_once(0, facts(0, TIME_OK, 1000)).root_dispersion_ns ==
	            5000000);
	assert_true(
	    read_once(0, facts(0, TIME_OK, -5)).root_dispersion_ns == 5000000);
}

static void
lost_within_two_seconds(void **state)
{
	struct clock_kernel clock = clock_kernel_init(0, -25);
	struct clock_kernel_facts good = facts(STA_PLL, TIME_OK, 1000);
	struct clock_kernel_facts bad = facts(STA_UNSYNC, TIME_ERROR, 16000000);

	(void)state;
	assert_int_equal(clock_kernel_read(&clock, &good, now_ns).stratum, 10);
	assert_unsynchronised(
	    clock_kernel_read(&clock, &bad, now_ns + second_ns));
	assert_int_equal(
	    clock_kernel_read(&clock, &good, now_ns + 2 * second_ns).stratum,
	    10);
}

static void
reference_of_first_reading(void **state)
{
	(void)state;
	/* 20 ms are 40 s of growth, and the second that is not over. */
	assert_true(read_once(0, facts(0, TIME_OK, 20000)).reference_ns ==
	            now_ns - 41 * second_ns);
	/* Never more than a day, whatever the kernel still accepts. */
	assert_true(
	    now_ns - read_once(0, facts(0, TIME_OK, 15999999)).reference_ns <
	    86400 * second_ns);
}

static void
reference_is_kept(void **state)
{
	struct clock_kernel clock = clock_kernel_init(0, -25);
	struct clock_kernel_facts reading = facts(0, TIME_OK, 20000);
	uint64_t first =
	    clock_kernel_read(&clock, &reading, now_ns).reference_ns;

	(void)state;
	for (uint64_t i = 1; i < 1000; i++) {
		reading.maxerror_us += 500;
		assert_true(
		    clock_kernel_read(&clock, &reading, now_ns + i * second_ns)
		        .reference_ns == first);
	}
}

static void
reference_of_corrections(void **state)
{
	struct clock_kernel clock = clock_kernel_init(0, -25);
	struct clock_kernel_facts reading = facts(0, TIME_OK, 50000);

	(void)state;
	clock_kernel_read(&clock, &reading, now_ns);
	/* Seen to fall, within a second. */
	reading.maxerror_us = 2000;
	assert_true(clock_kernel_read(&clock, &reading, now_ns + second_ns)
	                .reference_ns == now_ns + second_ns);
	/* Nobody asked for an hour: only its size tells of the last one. */
	reading.maxerror_us = 1000;
	uint64_t later = now_ns + 3600 * second_ns;

	assert_true(clock_kernel_read(&clock, &reading, later).reference_ns ==
	            later - 3 * second_ns);
}

static void
reference_is_never_ahead(void **state)
{
	struct clock_kernel clock = clock_kernel_init(0, -25);
	struct clock_kernel_facts reading = facts(0, TIME_OK, 1000);

	(void)state;
	clock_kernel_read(&clock, &reading, now_ns);
	/* Set back by an hour. */
	uint64_t earlier = now_ns - 3600 * second_ns;

	assert_true(clock_kernel_read(&clock, &reading, earlier).reference_ns <=
	            earlier);
	/* A clock that has just begun to count. */
	uint64_t young =
	    clock_kernel_read(&clock, &reading, second_ns).reference_ns;

	assert_true(young != 0 && young <= second_ns);
}

static void
precision(void **state)
{
	(void)state;
	assert_int_equal(clock_kernel_precision(0), -31);
	assert_int_equal(clock_kernel_precision(1), -29);
	assert_int_equal(clock_kernel_precision(14), -26);
	assert_int_equal(clock_kernel_precision(15), -25);
	assert_int_equal(clock_kernel_precision(1000), -19);
	assert_int_equal(clock_kernel_precision(4000000), -7);
	assert_int_equal(clock_kernel_precision(15625000), -6);
	assert_int_equal(clock_kernel_precision(second_ns), -6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 9, 13: unsynchronised (RFC 5905 §7.3)", unsynchronised),
	    TEST("TIME 10, 17: synchronised", synchronised),
	    TEST("TIME 14: leap states", leaps),
	    TEST("TIME 14: leap flags of a local clock", local_leaps),
	    TEST("TIME 10, 17: local stratum (RFC 5905 §7.3)", local_stratum),
	    TEST("TIME 8: all workers say the same", local_reference_is_shared),
	    TEST("TIME 11: dispersion is maxerror or more", dispersion),
	    TEST("TIME 12: dispersion has a floor", dispersion_floor),
	    TEST("TIME 13: a lost clock is told at once",
	        lost_within_two_seconds),
	    TEST("TIME 8: reference time at first", reference_of_first_reading),
	    TEST("TIME 8: reference time stands", reference_is_kept),
	    TEST("TIME 8: reference time of corrections",
	        reference_of_corrections),
	    TEST("TIME 8: reference time is never ahead",
	        reference_is_never_ahead),
	    TEST("TIME 15: precision (RFC 5905 §7.3)", precision),
	};

	return cmocka_run_group_tests_name("clock_kernel", tests, NULL, NULL);
}
