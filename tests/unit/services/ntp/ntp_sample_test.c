/* ntp_sample_test.c — offset and delay, across eras and to the nanosecond. */
#include "services/ntp/ntp_sample.h"

#include "ntp_fixture.h"
#include "services/ntp/ntp_stamp.h"

static const int64_t second = 1000000000;
static const int64_t now = (int64_t)NTP_FIXTURE_NOW_NS;
static const int64_t era_1 = (int64_t)NTP_FIXTURE_ERA_NS;

/* How far from NEAR a time is found again in its stamp. */
static int64_t
error_of(int64_t time, int64_t near)
{
	return ntp_sample_time(ntp_stamp((uint64_t)time), near) - time;
}

static void
times(void **state)
{
	(void)state;
	assert_int_equal(ntp_sample_time(0, era_1), era_1);
	assert_int_equal(ntp_sample_time(UINT64_C(2208988800) << 32, 0), 0);
	assert_int_equal(
	    ntp_sample_time((UINT64_C(2208988800) << 32) + (1U << 31), 0),
	    second / 2);
	/* Nanoseconds that a stamp cannot say are rounded to. */
	for (int64_t ns = 0; ns < second; ns += 999983)
		assert_int_equal(error_of(now + ns, now), 0);
	/* The last of a second's fractions is the next second. */
	assert_int_equal(
	    ntp_sample_time((UINT64_C(2208988800) << 32) + UINT32_MAX, 0),
	    second);
}

static void
eras(void **state)
{
	const int64_t years_68 = (INT64_C(1) << 31) * second;

	(void)state;
	assert_int_equal(error_of(era_1 - 1, era_1 + 1), 0);
	assert_int_equal(error_of(era_1 + 1, era_1 - 1), 0);
	assert_int_equal(error_of(era_1 + second, now), 0);
	assert_int_equal(error_of(now, era_1 + years_68 / 2), 0);
	assert_int_equal(error_of(now + years_68 - 2 * second, now), 0);
	assert_int_equal(error_of(now + years_68 + second, now), -2 * years_68);
	/* Before 1970. */
	assert_int_equal(
	    ntp_sample_time(UINT64_C(2208988799) << 32, 0), -second);
	assert_int_equal(
	    ntp_sample_time((UINT64_C(2208988799) << 32) + (1U << 31), -1),
	    -second / 2);
}

static struct ntp_sample
sample_of(int64_t t1, int64_t t2, int64_t t3, int64_t t4)
{
	return ntp_sample(
	    t1, ntp_stamp((uint64_t)t2), ntp_stamp((uint64_t)t3), t4);
}

static void
offset_and_delay(void **state)
{
	struct ntp_sample sample = {.t1 = 100, .t2 = 160, .t3 = 170, .t4 = 150};

	(void)state;
	assert_int_equal(ntp_sample_offset(&sample), 40);
	assert_int_equal(ntp_sample_delay(&sample), 40);
	/* A clock ahead of the server's; odd sums go towards 0. */
	sample = (struct ntp_sample){.t1 = 100, .t2 = 60, .t3 = 61, .t4 = 104};
	assert_int_equal(ntp_sample_offset(&sample), -41);
	assert_int_equal(ntp_sample_delay(&sample), 3);
	/* A server that takes longer than all of it. */
	sample = (struct ntp_sample){.t1 = 0, .t2 = 0, .t3 = 9, .t4 = 5};
	assert_int_equal(ntp_sample_delay(&sample), -4);
}

static void
far_clocks(void **state)
{
	const int64_t years_50 = INT64_C(50) * 365 * 86400 * second;
	struct ntp_sample sample =
	    sample_of(now, now + years_50 + 10, now + years_50 + 20, now + 30);

	(void)state;
	assert_int_equal(ntp_sample_offset(&sample), years_50);
	assert_int_equal(ntp_sample_delay(&sample), 20);
	sample = sample_of(era_1 - 10, era_1 + 5, era_1 + 6, era_1 + 1);
	assert_int_equal(ntp_sample_offset(&sample), 10);
	assert_int_equal(ntp_sample_delay(&sample), 10);
	/* The widest that two stamps can be apart. */
	sample = ntp_sample(0, (UINT64_C(2208988800) + INT32_MAX) << 32,
	    UINT64_C(61505152) << 32, 0);
	assert_int_equal(sample.t2, INT32_MAX * second);
	assert_int_equal(sample.t3, INT32_MIN * second);
	assert_int_equal(ntp_sample_offset(&sample), -second / 2);
	assert_int_equal(ntp_sample_delay(&sample), UINT32_MAX * second);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("a stamp is a time, to the nanosecond", times),
	    TEST("RFC 5905 §6: a stamp is of the era that is near", eras),
	    TEST("RFC 5905 §8: offset and delay", offset_and_delay),
	    TEST("offset and delay of clocks that are years apart", far_clocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
