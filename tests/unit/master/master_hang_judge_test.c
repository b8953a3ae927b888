/* master_hang_judge_test.c — who hangs, and who only seems to. */
#include "master/master_hang_judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { LIMIT_MS = 1000, INTERVAL_MS = 250 };

static struct master_hang_record record;

static int
forget(void **state)
{
	(void)state;
	memset(&record, 0, sizeof(record));
	return 0;
}

/* A look INTERVAL_MS after the last, in which the worker used CPU_MS. */
static enum master_hang_verdict
look(uint64_t turn, enum master_hang_state state, uint64_t cpu_ms)
{
	static uint64_t used_ms = 12345;

	used_ms += cpu_ms;
	return master_hang_judge(&record,
	    &(struct master_hang_look){turn, state, used_ms, INTERVAL_MS},
	    LIMIT_MS);
}

/* COUNT looks, none of which sees a hang. */
static void
well(unsigned count, uint64_t turn, enum master_hang_state state,
    uint64_t cpu_ms)
{
	for (unsigned i = 0; i < count; i++)
		assert_int_equal(look(turn, state, cpu_ms), MASTER_HANG_WELL);
}

static void
one_that_waits_for_work_is_well_for_ever(void **state)
{
	(void)state;
	well(100, 8, MASTER_HANG_WAITS, 0);
	assert_int_equal(record.own_ms, 0);
}

static void
one_that_is_always_at_work_is_well(void **state)
{
	(void)state;
	for (uint64_t turn = 1; turn < 200; turn += 2)
		well(1, turn, MASTER_HANG_RUNS, INTERVAL_MS);
}

static void
a_loop_without_an_end_hangs_once(void **state)
{
	(void)state;
	well(4, 7, MASTER_HANG_RUNS, INTERVAL_MS);
	assert_int_equal(
	    look(7, MASTER_HANG_RUNS, INTERVAL_MS), MASTER_HANG_HANGS);
	assert_int_equal(record.own_ms, LIMIT_MS);
	assert_int_equal(record.burnt_ms, LIMIT_MS);
	well(100, 7, MASTER_HANG_RUNS, INTERVAL_MS);
}

static void
a_call_that_does_not_return_hangs(void **state)
{
	(void)state;
	well(4, 7, MASTER_HANG_WAITS, 0);
	assert_int_equal(look(7, MASTER_HANG_WAITS, 0), MASTER_HANG_HANGS);
	assert_int_equal(record.burnt_ms, 0);
}

static void
a_new_turn_begins_anew(void **state)
{
	(void)state;
	well(4, 7, MASTER_HANG_WAITS, 0);
	well(1, 8, MASTER_HANG_WAITS, 0);
	well(4, 9, MASTER_HANG_WAITS, 0);
	well(4, 11, MASTER_HANG_WAITS, 0);
	assert_int_equal(look(11, MASTER_HANG_WAITS, 0), MASTER_HANG_HANGS);
}

static void
one_of_which_nothing_is_known_hangs_as_well(void **state)
{
	(void)state;
	well(4, 7, MASTER_HANG_UNKNOWN, 0);
	assert_int_equal(look(7, MASTER_HANG_UNKNOWN, 0), MASTER_HANG_HANGS);
	forget(NULL);
	well(4, 7, MASTER_HANG_UNKNOWN, INTERVAL_MS);
	assert_int_equal(
	    look(7, MASTER_HANG_UNKNOWN, INTERVAL_MS), MASTER_HANG_HANGS);
}

static void
one_with_a_tenth_of_a_cpu_has_ten_times_as_long(void **state)
{
	static const enum master_hang_state states[] = {
	    MASTER_HANG_RUNS, MASTER_HANG_UNKNOWN};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		unsigned looks = 1, held = 0;
		enum master_hang_verdict verdict;

		forget(NULL);
		well(1, 7, states[i], 25);
		do {
			verdict = look(7, states[i], 25);
			held += verdict == MASTER_HANG_HELD;
			looks++;
		} while (verdict != MASTER_HANG_HANGS && looks < 1000);
		assert_int_equal(looks, 41);
		assert_int_equal(held, 1);
	}
}

static void
one_without_any_cpu_is_told_of_once(void **state)
{
	(void)state;
	well(4, 7, MASTER_HANG_RUNS, 0);
	assert_int_equal(look(7, MASTER_HANG_RUNS, 0), MASTER_HANG_HELD);
	well(100, 7, MASTER_HANG_RUNS, 0);
}

/* kill -STOP, gdb, an NFS server that is gone. */
static void
one_that_is_held_is_told_of_once_a_turn(void **state)
{
	static const enum master_hang_state states[] = {
	    MASTER_HANG_STOPPED, MASTER_HANG_DISK};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		forget(NULL);
		for (uint64_t turn = 7; turn <= 9; turn += 2) {
			well(4, turn, states[i], 0);
			assert_int_equal(
			    look(turn, states[i], 0), MASTER_HANG_HELD);
			well(100, turn, states[i], 0);
		}
	}
}

static void
one_that_was_held_has_its_time_afterwards(void **state)
{
	(void)state;
	well(3, 7, MASTER_HANG_WAITS, 0);
	well(3, 7, MASTER_HANG_STOPPED, 0);
	assert_int_equal(look(7, MASTER_HANG_STOPPED, 0), MASTER_HANG_HELD);
	well(1, 7, MASTER_HANG_WAITS, 0);
	assert_int_equal(look(7, MASTER_HANG_WAITS, 0), MASTER_HANG_HANGS);
}

/* A master that was stopped for an hour counts one interval, whatever the CPU
 * that the worker has had. */
static void
a_late_look_counts_no_more_than_another(void **state)
{
	(void)state;
	well(1, 7, MASTER_HANG_RUNS, 10);
	well(3, 7, MASTER_HANG_RUNS, 3600 * 1000);
	assert_int_equal(record.own_ms, 3 * INTERVAL_MS);
}

/* Its clock cannot be read any more: 0, and less than before. */
static void
cpu_never_goes_back(void **state)
{
	struct master_hang_look without = {7, MASTER_HANG_RUNS, 0, INTERVAL_MS};

	(void)state;
	well(2, 7, MASTER_HANG_RUNS, 10);
	assert_int_equal(
	    master_hang_judge(&record, &without, LIMIT_MS), MASTER_HANG_WELL);
	assert_int_equal(record.burnt_ms, 10);
}

static void
states_as_proc_tells_them(void **state)
{
	static const struct {
		const char *stat;
		enum master_hang_state state;
	} cases[] = {
	    {"12 (netlabd) R 1 12 12 0", MASTER_HANG_RUNS},
	    {"12 (netlabd) S 1 12 12 0", MASTER_HANG_WAITS},
	    {"12 (netlabd) D 1 12 12 0", MASTER_HANG_DISK},
	    {"12 (netlabd) T 1 12 12 0", MASTER_HANG_STOPPED},
	    {"12 (netlabd) t 1 12 12 0", MASTER_HANG_STOPPED},
	    {"12 (netlabd) Z 1 12 12 0", MASTER_HANG_WAITS},
	    {"12 (a) R) b) D 1 12 12 0", MASTER_HANG_DISK},
	    {"", MASTER_HANG_UNKNOWN},
	    {"12 (netlabd", MASTER_HANG_UNKNOWN},
	    {"12 (netlabd)", MASTER_HANG_UNKNOWN},
	    {"12 (netlabd) ", MASTER_HANG_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
		    master_hang_judge_state(cases[i].stat), cases[i].state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(
	        one_that_waits_for_work_is_well_for_ever, forget),
	    cmocka_unit_test_setup(one_that_is_always_at_work_is_well, forget),
	    cmocka_unit_test_setup(a_loop_without_an_end_hangs_once, forget),
	    cmocka_unit_test_setup(a_call_that_does_not_return_hangs, forget),
	    cmocka_unit_test_setup(a_new_turn_begins_anew, forget),
	    cmocka_unit_test_setup(
	        one_of_which_nothing_is_known_hangs_as_well, forget),
	    cmocka_unit_test_setup(
	        one_with_a_tenth_of_a_cpu_has_ten_times_as_long, forget),
	    cmocka_unit_test_setup(one_without_any_cpu_is_told_of_once, forget),
	    cmocka_unit_test_setup(
	        one_that_is_held_is_told_of_once_a_turn, forget),
	    cmocka_unit_test_setup(
	        one_that_was_held_has_its_time_afterwards, forget),
	    cmocka_unit_test_setup(
	        a_late_look_counts_no_more_than_another, forget),
	    cmocka_unit_test_setup(cpu_never_goes_back, forget),
	    cmocka_unit_test(states_as_proc_tells_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
