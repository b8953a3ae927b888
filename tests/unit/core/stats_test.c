/* stats_test.c — counters that several processes write. */
#include "core/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
slots_do_not_share_cache_lines(void **state)
{
	struct stats_slot *slots = stats_map(2);

	(void)state;
	assert_non_null(slots);
	assert_int_equal((uintptr_t)&slots[0] % 64, 0);
	assert_int_equal((uintptr_t)&slots[1] % 64, 0);
	assert_int_equal((uintptr_t)&slots[0].services[1] % 64, 0);
}

static void
starts_at_zero_and_adds_up(void **state)
{
	struct stats_slot *slots = stats_map(3);
	struct stats_service sum;

	(void)state;
	stats_sum(slots, 3, 4, &sum);
	assert_int_equal(sum.received, 0);
	for (unsigned i = 0; i < 3; i++) {
		stats_add(&slots[i].services[4].received, i + 1);
		stats_add(&slots[i].services[4].sent, 10);
		stats_add(&slots[i].services[4].send_errors, 2);
		stats_add(&slots[i].services[4].connections, 3);
		stats_add(&slots[i].services[4].outcomes[47], 100);
		stats_add(&slots[i].services[5].received, 1000);
	}
	stats_sum(slots, 3, 4, &sum);
	assert_int_equal(sum.received, 6);
	assert_int_equal(sum.sent, 30);
	assert_int_equal(sum.send_errors, 6);
	assert_int_equal(sum.connections, 9);
	assert_int_equal(sum.outcomes[47], 300);
	assert_int_equal(sum.outcomes[0], 0);
}

static void
turn_is_odd_at_work_and_never_the_same_again(void **state)
{
	struct stats_slot *slots = stats_map(1);

	(void)state;
	assert_int_equal(slots[0].turn, 0);
	stats_turn_begin(&slots[0]);
	assert_int_equal(slots[0].turn, 1);
	stats_turn_end(&slots[0]);
	assert_int_equal(slots[0].turn, 2);
	stats_turn_begin(&slots[0]);
	assert_int_equal(slots[0].turn, 3);
	/* It has died at work, and the next one comes. */
	stats_turn_begin(&slots[0]);
	assert_int_equal(slots[0].turn, 5);
}

static void
child_that_crashes_leaves_its_counts(void **state)
{
	struct stats_slot *slots = stats_map(1);
	struct stats_service sum;
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		stats_add(&slots[0].services[0].received, 7);
		_exit(1);
	}
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	stats_sum(slots, 1, 0, &sum);
	assert_int_equal(sum.received, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(slots_do_not_share_cache_lines),
	    cmocka_unit_test(starts_at_zero_and_adds_up),
	    cmocka_unit_test(turn_is_odd_at_work_and_never_the_same_again),
	    cmocka_unit_test(child_that_crashes_leaves_its_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
