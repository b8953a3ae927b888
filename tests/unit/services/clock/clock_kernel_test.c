/* clock_kernel_test.c — the numbers are those of the time requirements. */
#include "clock_fixture.h"

/* PHI in a second, as the daemon rounds it: 15.3 µs. */
static const uint64_t phi_ns = 15258;

static struct sync_state
read_at(struct clock_kernel *clock, struct clock_kernel_facts reading,
    struct clock_moment now)
{
	return clock_kernel_read(clock, &plain_settings, &reading, &now);
}

/* The first reading of a clock. */
static struct sync_state
read_once(struct clock_kernel_facts reading)
{
	struct clock_kernel clock = {0};

	return read_at(&clock, reading, at(0));
}

static void
unsynchronised(void **state)
{
	(void)state;
	assert_unsynchronised(
	    read_once(facts(STA_UNSYNC, TIME_ERROR, 16000000)));
	assert_unsynchronised(read_once(facts(STA_UNSYNC, TIME_OK, 1000)));
	assert_unsynchronised(read_once(facts(STA_CLOCKERR, TIME_OK, 1000)));
	assert_unsynchronised(read_once(facts(STA_PLL, TIME_ERROR, 1000)));
	assert_unsynchronised(read_once(facts(STA_PLL, TIME_OK, 16000000)));
	assert_unsynchronised(read_once(facts(STA_PLL, TIME_OK, INT64_MAX)));
	assert_unsynchronised(
	    read_once((struct clock_kernel_facts){.is_known = false}));
}

static void
synchronised(void **state)
{
	struct sync_state system = read_once(facts(STA_PLL, TIME_OK, 15999999));

	(void)state;
	assert_int_equal(system.leap, SYNC_LEAP_NONE);
	assert_int_equal(system.stratum, 10);
	assert_int_equal(system.refid, 0x7f7f0101);
	assert_int_equal(system.root_delay_ns, 0);
	assert_true(system.read_ns == now_ns);
}

static void
strata(void **state)
{
	struct clock_settings settings = plain_settings;
	struct clock_kernel_facts reading = facts(STA_PLL, TIME_OK, 1000);
	struct clock_moment now = at(0);

	(void)state;
	for (uint8_t stratum = 1; stratum <= 15; stratum++) {
		struct clock_kernel clock = {0};

		settings.stratum = stratum;
		settings.refid = stratum == 1 ? 0x47505300 : 0;
		struct sync_state system =
		    clock_kernel_read(&clock, &settings, &reading, &now);

		assert_int_equal(system.stratum, stratum);
		/* ASCII at stratum 1 alone. */
		assert_int_equal(
		    system.refid, stratum == 1 ? 0x47505300 : 0x7f7f0101);
	}
}

static void
leaps(void **state)
{
	(void)state;
	assert_int_equal(
	    read_once(facts(STA_INS, TIME_INS, 1000)).leap, SYNC_LEAP_INSERT);
	assert_int_equal(
	    read_once(facts(STA_DEL, TIME_DEL, 1000)).leap, SYNC_LEAP_DELETE);
	assert_int_equal(
	    read_once(facts(STA_INS, TIME_WAIT, 1000)).leap, SYNC_LEAP_NONE);
	assert_unsynchronised(read_once(facts(STA_INS, TIME_OOP, 1000)));
}

/* As the kernel goes through them at the end of a day, second for second. */
static void
leap_second(void **state)
{
	static const struct {
		int state;
		enum sync_leap leap;
	} seconds[] = {
	    {TIME_OK, SYNC_LEAP_NONE},
	    {TIME_INS, SYNC_LEAP_INSERT},
	    {TIME_INS, SYNC_LEAP_INSERT},
	    {TIME_OOP, SYNC_LEAP_UNKNOWN}, /* 23:59:59 once more */
	    {TIME_WAIT, SYNC_LEAP_NONE},
	    {TIME_OK, SYNC_LEAP_NONE},
	};
	struct clock_kernel clock = {0};
	struct clock_moment now = at(0);

	(void)state;
	for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++) {
		struct sync_state system = read_at(&clock,
		    facts(STA_INS, seconds[i].state, 1000 + 500 * (int64_t)i),
		    now);

		assert_int_equal(system.leap, seconds[i].leap);
		assert_true(system.reference_ns <= now.real_ns);
		now.boot_ns += second_ns;
		if (seconds[i].leap != SYNC_LEAP_UNKNOWN)
			now.real_ns += second_ns;
	}
}

static void
unsynchronised_leaps(void **state)
{
	const struct clock_kernel_facts unknown = {.is_known = false};
	struct clock_kernel_facts reading =
	    facts(STA_UNSYNC | STA_INS, TIME_ERROR, 16000000);

	(void)state;
	assert_int_equal(clock_kernel_leap(&reading), SYNC_LEAP_INSERT);
	reading.status = STA_UNSYNC | STA_DEL;
	assert_int_equal(clock_kernel_leap(&reading), SYNC_LEAP_DELETE);
	reading.status = STA_UNSYNC;
	assert_int_equal(clock_kernel_leap(&reading), SYNC_LEAP_NONE);
	assert_int_equal(clock_kernel_leap(&unknown), SYNC_LEAP_NONE);
}

static void
dispersion(void **state)
{
	struct clock_kernel_facts estimated = facts(0, TIME_OK, 1000);

	(void)state;
	estimated.esterror_us = 30000;
	/* The kernel's bound, three steps of its growth ahead. */
	assert_true(
	    read_once(facts(0, TIME_OK, 20000)).root_dispersion_ns == 21500000);
	assert_true(read_once(estimated).root_dispersion_ns == 31500000);
}

static void
dispersion_least(void **state)
{
	(void)state;
	/* One second, and three, may have passed since the correction. */
	assert_true(read_once(facts(0, TIME_OK, 0)).root_dispersion_ns ==
	            5000000 + phi_ns);
	assert_true(read_once(facts(0, TIME_OK, -5)).root_dispersion_ns ==
	            5000000 + phi_ns);
	assert_true(read_once(facts(0, TIME_OK, 1000)).root_dispersion_ns ==
	            5000000 + 3 * second_ns / 65536);
}

/* From timesyncd's correction on, which sets maxerror to 0: it grows by PHI or
 * more in each second, below the least that is claimed as well. */
static void
dispersion_grows(void **state)
{
	struct clock_kernel clock = {0};
	uint64_t before = 0;

	(void)state;
	read_at(&clock, facts(0, TIME_OK, 9000), at(0));
	for (uint64_t i = 1; i < 100; i++) {
		uint64_t now = read_at(
		    &clock, facts(0, TIME_OK, 500 * (int64_t)(i - 1)), at(i))
		                   .root_dispersion_ns;

		assert_true(now >= 5000000);
		assert_true(now >= 500000 * (i - 1));
		if (i > 1)
			assert_true(now >= before + 15000);
		before = now;
	}
}

static void
lost_within_two_seconds(void **state)
{
	struct clock_kernel clock = {0};
	struct clock_kernel_facts good = facts(STA_PLL, TIME_OK, 1000);
	struct clock_kernel_facts bad = facts(STA_UNSYNC, TIME_ERROR, 16000000);

	(void)state;
	assert_int_equal(read_at(&clock, good, at(0)).stratum, 10);
	assert_unsynchronised(read_at(&clock, bad, at(1)));
	assert_int_equal(read_at(&clock, good, at(2)).stratum, 10);
}

static void
reference_of_first_reading(void **state)
{
	(void)state;
	/* 20 ms are 40 s of growth, and the second that is not over. */
	assert_true(read_once(facts(0, TIME_OK, 20000)).reference_ns ==
	            now_ns - 41 * second_ns);
	/* Never more than a day, whatever the kernel still accepts. */
	assert_true(
	    now_ns - read_once(facts(0, TIME_OK, 15999999)).reference_ns <
	    86400 * second_ns);
}

static void
reference_is_kept(void **state)
{
	struct clock_kernel clock = {0};
	struct clock_kernel_facts reading = facts(0, TIME_OK, 20000);
	uint64_t first = read_at(&clock, reading, at(0)).reference_ns;

	(void)state;
	for (uint64_t i = 1; i < 1000; i++) {
		struct clock_moment now = at(i);

		/* A timer is late now and then. */
		now.real_ns += i % 7 * 1000000;
		now.boot_ns += i % 7 * 1000000;
		reading.maxerror_us += 500;
		assert_true(
		    read_at(&clock, reading, now).reference_ns == first);
	}
}

static void
reference_of_corrections(void **state)
{
	struct clock_kernel clock = {0};
	struct clock_kernel_facts reading = facts(0, TIME_OK, 50000);

	(void)state;
	read_at(&clock, reading, at(0));
	/* Seen to fall, within a second. */
	reading.maxerror_us = 2000;
	assert_true(
	    read_at(&clock, reading, at(1)).reference_ns == now_ns + second_ns);
	/* Nobody asked for an hour: only its size tells of the last one. */
	reading.maxerror_us = 1000;
	assert_true(read_at(&clock, reading, at(3600)).reference_ns ==
	            at(3600).real_ns - 3 * second_ns);
}

/* Set by an hour, forwards or back, while the kernel says that it is as good
 * as before: what was corrected 40 s ago, was so 40 s ago. */
static void
reference_of_a_stepped_clock(void **state)
{
	static const int64_t hours[] = {-3600, 3600, -86400, 1};

	(void)state;
	for (size_t i = 0; i < sizeof(hours) / sizeof(hours[0]); i++) {
		struct clock_kernel clock = {0};
		struct clock_moment now = at(1);

		read_at(&clock, facts(0, TIME_OK, 20000), at(0));
		now.real_ns += (uint64_t)hours[i] * second_ns;
		struct sync_state system =
		    read_at(&clock, facts(0, TIME_OK, 20500), now);

		assert_true(
		    system.reference_ns == now.real_ns - 42 * second_ns);
		assert_true(system.root_dispersion_ns == 22000000);
		assert_true(system.read_ns == now.real_ns);
	}
}

/* A clock that is slewed by a twelfth is not taken for one that was set. */
static void
reference_of_a_slewed_clock(void **state)
{
	struct clock_kernel clock = {0};
	struct clock_kernel_facts reading = facts(0, TIME_OK, 20000);
	uint64_t first = read_at(&clock, reading, at(0)).reference_ns;

	(void)state;
	for (uint64_t i = 1; i < 50; i++) {
		struct clock_moment now = at(i);

		now.real_ns += i * second_ns / 12;
		reading.maxerror_us += 542;
		assert_true(
		    read_at(&clock, reading, now).reference_ns == first);
	}
}

static void
reference_is_never_ahead(void **state)
{
	struct clock_kernel clock = {0};
	struct clock_kernel_facts reading = facts(0, TIME_OK, 1000);
	struct clock_moment young = {second_ns, boot_ns + 2 * second_ns};

	(void)state;
	/* A clock that has just begun to count, and one set back to there. */
	uint64_t reference = read_at(&clock, reading, young).reference_ns;

	assert_true(reference != 0 && reference <= second_ns);
	clock = (struct clock_kernel){0};
	read_at(&clock, reading, at(0));
	reference = read_at(&clock, reading, young).reference_ns;
	assert_true(reference != 0 && reference <= second_ns);
}

/* The clocks' nanoseconds are those since 1970, so that NTP's eras, of which
 * the second begins in 2036, are no matter here. */
static void
era(void **state)
{
	struct clock_kernel clock = {0};
	struct clock_moment now = {
	    (UINT64_C(4294967296) - 2208988800) * second_ns - 2 * second_ns,
	    boot_ns};
	uint64_t before = 0;

	(void)state;
	for (int64_t i = 0; i < 5; i++) {
		struct sync_state system =
		    read_at(&clock, facts(0, TIME_OK, 500 * i), now);

		assert_int_equal(system.stratum, 10);
		assert_true(system.reference_ns <= now.real_ns);
		assert_true(now.real_ns - system.reference_ns < 6 * second_ns);
		assert_true(system.reference_ns >= before);
		before = system.reference_ns;
		now.real_ns += second_ns;
		now.boot_ns += second_ns;
	}
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
	    TEST("TIME 9, 13, RFC 5905 §7.3: unsynchronised", unsynchronised),
	    TEST("TIME 17: synchronised", synchronised),
	    TEST("TIME 10, 17: stratum and reference id", strata),
	    TEST("TIME 14: leap states", leaps),
	    TEST("TIME 14: through a leap second", leap_second),
	    TEST("TIME 14: leap flags of an unsynchronised clock",
	        unsynchronised_leaps),
	    TEST("TIME 11: dispersion is maxerror or more", dispersion),
	    TEST("TIME 12: dispersion has a least value", dispersion_least),
	    TEST("TIME 11, 12, RFC 5905 §7.2: dispersion grows",
	        dispersion_grows),
	    TEST("TIME 13: a lost clock is told at once",
	        lost_within_two_seconds),
	    TEST("TIME 8: reference time at first", reference_of_first_reading),
	    TEST("TIME 8: reference time stands", reference_is_kept),
	    TEST("TIME 8: reference time of corrections",
	        reference_of_corrections),
	    TEST("TIME 8, 34: reference time of a stepped clock",
	        reference_of_a_stepped_clock),
	    TEST("TIME 8: reference time of a slewed clock",
	        reference_of_a_slewed_clock),
	    TEST("TIME 8: reference time is never ahead",
	        reference_is_never_ahead),
	    TEST("TIME 35: the era is no matter", era),
	    TEST("TIME 15, RFC 5905 §7.3: precision", precision),
	};

	return cmocka_run_group_tests_name("clock_kernel", tests, NULL, NULL);
}
