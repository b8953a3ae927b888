/* ntp_stamp_test.c — the numbers are those of the time requirements. */
#include "services/ntp/ntp_stamp.h"

#include "ntp_fixture.h"

static const uint64_t second_ns = NTP_FIXTURE_SECOND_NS;

static void
era_rolls_over(void **state)
{
	const uint64_t rollover_ns = NTP_FIXTURE_ERA_NS;
	uint64_t before = ntp_stamp(rollover_ns - 1);
	uint64_t after = ntp_stamp(rollover_ns + second_ns / 2);

	(void)state;
	assert_true(ntp_stamp(0) == UINT64_C(2208988800) << 32);
	assert_true(before >> 32 == UINT32_MAX);
	assert_true(ntp_stamp(rollover_ns) == 1);
	assert_true(ntp_stamp(rollover_ns + 1) == 4);
	assert_true(after == UINT64_C(1) << 31);
	/* What a client does: the difference modulo 2^64. */
	assert_true(after - before > UINT64_C(1) << 31);
	assert_true(after - before < (UINT64_C(1) << 31) + 16);
}

static void
fractions_are_exact(void **state)
{
	(void)state;
	assert_true((uint32_t)ntp_stamp(500000000) == UINT32_C(1) << 31);
	assert_true((uint32_t)ntp_stamp(1) == 4);
	assert_true((uint32_t)ntp_stamp(999999999) == 4294967291);
	for (uint64_t ns = 0; ns < 1000; ns++)
		assert_true(ntp_stamp(NTP_FIXTURE_NOW_NS + ns) <
		            ntp_stamp(NTP_FIXTURE_NOW_NS + ns + 1));
}

/* Rounded down, by less than a nanosecond: never later than real. */
static void
never_later(void **state)
{
	(void)state;
	for (uint64_t ns = 0; ns < second_ns; ns += 999983) {
		uint64_t fraction = (uint32_t)ntp_stamp(second_ns + ns);

		assert_true(fraction * second_ns >> 32 <= ns);
		assert_true((fraction + 5) * second_ns >> 32 >= ns);
	}
}

static void
short_format(void **state)
{
	(void)state;
	assert_int_equal(ntp_stamp_short(0), 0);
	assert_int_equal(ntp_stamp_short(1), 1);
	assert_int_equal(ntp_stamp_short(second_ns), 1 << 16);
	/* 5 ms in units of 2^-16 s: 327.68. */
	assert_int_equal(ntp_stamp_short(5000000), 328);
	assert_true(
	    ntp_stamp_short(65535 * second_ns) == UINT32_C(65535) << 16);
	assert_true(ntp_stamp_short(UINT64_MAX) == UINT32_C(65535) << 16);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 35, RFC 5905 §6: the era ends in 2036", era_rolls_over),
	    TEST("RFC 5905 §6: stamps to the nanosecond", fractions_are_exact),
	    TEST("TIME 6, RFC 5905 §6: a stamp is never later than the clock",
	        never_later),
	    TEST("TIME 11, RFC 5905 §6: bounds are rounded up", short_format),
	};

	return cmocka_run_group_tests_name("ntp_stamp", tests, NULL, NULL);
}
