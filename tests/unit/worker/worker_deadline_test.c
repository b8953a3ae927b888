/* Deadlines come when they are due, never before, and each once. */
#include "worker/worker_deadline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { START_MS = 1000000 };

static struct worker_wheel *wheel;

static int
set_up(void **state)
{
	(void)state;
	wheel = malloc(sizeof(*wheel));
	worker_deadline_init(wheel, START_MS);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	free(wheel);
	return 0;
}

static void
test_empty_wheel_sleeps_for_ever(void **state)
{
	(void)state;
	assert_int_equal(worker_deadline_sleep_ms(wheel, START_MS), -1);
	assert_null(worker_deadline_due(wheel, START_MS + 1000000));
}

static void
test_never_early_and_at_most_two_ticks_late(void **state)
{
	(void)state;
	for (uint64_t after = 0; after < 400000; after += 997) {
		struct worker_deadline one = {0};
		uint64_t now = START_MS;

		worker_deadline_init(wheel, START_MS);
		worker_deadline_set(wheel, &one, START_MS + after);
		while (worker_deadline_due(wheel, now) == NULL) {
			int sleep = worker_deadline_sleep_ms(wheel, now);

			assert_true(sleep > 0);
			now += (uint64_t)sleep;
		}
		assert_true(now >= START_MS + after);
		assert_true(now <= START_MS + after +
		                       (uint64_t)2 * WORKER_DEADLINE_TICK_MS);
		assert_null(one.next);
	}
}

static void
test_put_off_again_and_again(void **state)
{
	struct worker_deadline one = {0};

	(void)state;
	for (uint64_t now = START_MS; now < START_MS + 300000; now += 100) {
		worker_deadline_set(wheel, &one, now + 5000);
		assert_null(worker_deadline_due(wheel, now));
	}
	assert_ptr_equal(worker_deadline_due(wheel, START_MS + 310000), &one);
}

static void
test_brought_forward(void **state)
{
	struct worker_deadline one = {0};

	(void)state;
	worker_deadline_set(wheel, &one, START_MS + 100000);
	worker_deadline_set(wheel, &one, START_MS + 1000);
	assert_ptr_equal(worker_deadline_due(wheel, START_MS + 1300), &one);
	assert_null(worker_deadline_due(wheel, START_MS + 200000));
}

static void
test_cleared_never_comes(void **state)
{
	struct worker_deadline one = {0};

	(void)state;
	worker_deadline_set(wheel, &one, START_MS + 1000);
	worker_deadline_clear(wheel, &one);
	worker_deadline_clear(wheel, &one);
	assert_int_equal(worker_deadline_sleep_ms(wheel, START_MS), -1);
	assert_null(worker_deadline_due(wheel, START_MS + 5000));
}

static void
test_many_come_once_each_after_a_long_sleep(void **state)
{
	enum { COUNT = 3000 };
	struct worker_deadline *many = calloc(COUNT, sizeof(*many));
	unsigned seen = 0;

	(void)state;
	for (unsigned i = 0; i < COUNT; i++)
		worker_deadline_set(
		    wheel, &many[i], START_MS + (uint64_t)(i * 7919 % 500000));
	while (worker_deadline_due(wheel, START_MS + 600000) != NULL)
		seen++;
	assert_int_equal(seen, COUNT);
	free(many);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
	        test_empty_wheel_sleeps_for_ever, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        test_never_early_and_at_most_two_ticks_late, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        test_put_off_again_and_again, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        test_brought_forward, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        test_cleared_never_comes, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        test_many_come_once_each_after_a_long_sleep, set_up, tear_down),
	};

	return cmocka_run_group_tests_name(
	    "worker_deadline", tests, NULL, NULL);
}
