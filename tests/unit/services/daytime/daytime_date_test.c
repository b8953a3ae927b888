/* daytime_date_test.c — the calendar, beside the C library's. */
#include "services/daytime/daytime_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

static void
assert_as_libc(time_t seconds)
{
	const struct daytime_date date = daytime_date(seconds, 0);
	struct tm parts;

	assert_non_null(gmtime_r(&seconds, &parts));
	assert_int_equal(date.year, parts.tm_year + 1900);
	assert_int_equal(date.month, parts.tm_mon);
	assert_int_equal(date.day, parts.tm_mday);
	assert_int_equal((date.weekday + 1) % 7, parts.tm_wday);
	assert_int_equal(date.hour, parts.tm_hour);
	assert_int_equal(date.minute, parts.tm_min);
	assert_int_equal(date.second, parts.tm_sec);
	assert_int_equal(date.mjd, 40587 + seconds / 86400);
}

static void
test_every_day_of_500_years(void **state)
{
	const time_t day = 86400;

	(void)state;
	/* More than a whole cycle of the calendar, at both ends of a day. */
	for (time_t days = 0; days < 500 * 366; days++) {
		assert_as_libc(days * day);
		assert_as_libc(days * day + day - 1);
	}
	for (time_t second = 0; second < day; second++)
		assert_as_libc(second);
}

static void
assert_date(int64_t seconds, int32_t offset, unsigned year, unsigned second)
{
	const struct daytime_date date = daytime_date(seconds, offset);

	assert_int_equal(date.year, year);
	assert_int_equal(date.second, second);
}

static void
test_before_1970_and_after_9999(void **state)
{
	(void)state;
	assert_date(-1, 0, 1970, 0);
	assert_date(INT64_MIN, -93600, 1970, 0);
	assert_date(INT64_MIN, 93600, 1970, 0);
	assert_date(0, -1, 1970, 0);
	assert_date(253402300799, 0, 9999, 59);
	assert_date(253402300799, 1, 9999, 59);
	assert_date(253402300799, -9, 9999, 50);
	assert_date(253402300800, 0, 9999, 59);
	assert_date(INT64_MAX, 93600, 9999, 59);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_day_of_500_years),
	    cmocka_unit_test(test_before_1970_and_after_9999),
	};

	return cmocka_run_group_tests_name("daytime_date", tests, NULL, NULL);
}
