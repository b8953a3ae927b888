/* master_backoff_test.c — a crash loop is slowed down, one crash is not. */
#include "master/master_backoff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
first_death_costs_no_time(void **state)
{
	unsigned failures = 0;

	(void)state;
	assert_int_equal(master_backoff_delay_ms(&failures, 10, false), 0);
	assert_int_equal(failures, 1);
}

static void
delay_doubles_up_to_five_seconds(void **state)
{
	static const uint32_t expected[] = {
	    0, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000};
	unsigned failures = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		assert_int_equal(
		    master_backoff_delay_ms(&failures, 59999, false),
		    expected[i]);
}

static void
delay_stays_bounded_for_ever(void **state)
{
	unsigned failures = UINT32_MAX / 2;

	(void)state;
	assert_int_equal(master_backoff_delay_ms(&failures, 0, false),
	    MASTER_BACKOFF_MAX_MS);
}

static void
healthy_minute_forgets(void **state)
{
	unsigned failures = 7;

	(void)state;
	assert_int_equal(master_backoff_delay_ms(&failures, 60000, false), 0);
	assert_int_equal(master_backoff_delay_ms(&failures, 0, false), 100);
}

/* The issue: of 50 killed one after another, each is back within a second. */
static void
killed_by_others_is_back_within_a_second(void **state)
{
	unsigned failures = 0;

	(void)state;
	for (int i = 0; i < 50; i++)
		assert_in_range(
		    master_backoff_delay_ms(&failures, 10, true), 0, 200);
	assert_int_equal(master_backoff_delay_ms(&failures, 10, true), 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(first_death_costs_no_time),
	    cmocka_unit_test(delay_doubles_up_to_five_seconds),
	    cmocka_unit_test(delay_stays_bounded_for_ever),
	    cmocka_unit_test(healthy_minute_forgets),
	    cmocka_unit_test(killed_by_others_is_back_within_a_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
