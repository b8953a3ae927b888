/* master_hang_test.c — processes that hang, or are stopped, and whose end it
 * is. The time is the test's own. */
#include "master/master_hang.h"

#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

enum { START_MS = 1000000, LIMIT_MS = 2000 };

static struct {
	struct settings settings;
	struct master_generation current;
	struct master_worker worker;
	struct master master;
	struct stats_slot *counters;
	uint64_t now_ms;
} rig;

/* Whether the child has come to where it waits. */
static bool
is_waiting(pid_t pid)
{
	char path[32], text[128] = "";

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	FILE *file = fopen(path, "re");

	assert_non_null(file);
	assert_non_null(fgets(text, sizeof(text), file));
	fclose(file);
	return master_hang_judge_state(text) == MASTER_HANG_WAITS;
}

/* A child that waits for a signal, as worker 3 of role dns, at work on turn 7.
 */
static int
set_up(void **state)
{
	(void)state;
	memset(&rig, 0, sizeof(rig));
	rig.counters = stats_map(2);
	assert_non_null(rig.counters);
	rig.counters[1].turn = 7;
	rig.settings.worker_timeout = LIMIT_MS / 1000;
	rig.current.settings = &rig.settings;
	rig.worker = (struct master_worker){
	    .pid = fork(),
	    .role = ROLE_DNS,
	    .slot = 3,
	    .generation = &rig.current,
	    .counters = 1,
	};
	if (rig.worker.pid == 0)
		for (;;)
			pause();
	assert_int_not_equal(rig.worker.pid, -1);
	while (!is_waiting(rig.worker.pid))
		sched_yield();
	rig.now_ms = START_MS;
	rig.master = (struct master){
	    .pid = getpid(),
	    .current = &rig.current,
	    .counters = rig.counters,
	    .workers = &rig.worker,
	};
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	kill(rig.worker.pid, SIGKILL);
	waitpid(rig.worker.pid, NULL, 0);
	return 0;
}

/* So many looks, each when it is due. */
static void
look(unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		uint64_t due_ms = master_hang_next_ms(&rig.master);

		if (rig.now_ms < due_ms)
			rig.now_ms = due_ms;
		master_hang_tick(&rig.master, rig.now_ms);
	}
}

/* Enough for any verdict. */
static void
look_long(void)
{
	look(5 * MASTER_HANG_LOOKS);
}

static unsigned
hangs(void)
{
	return rig.master.hangs[ROLE_DNS][3];
}

static void
one_that_hangs_is_ended(void **state)
{
	int status;

	(void)state;
	look(MASTER_HANG_LOOKS);
	assert_int_equal(hangs(), 0);
	assert_int_equal(rig.worker.kill_at_ms, 0);
	look(1);
	assert_int_equal(rig.now_ms, START_MS + LIMIT_MS);
	assert_int_equal(hangs(), 1);
	assert_int_equal(
	    rig.worker.kill_at_ms, rig.now_ms + MASTER_HANG_GRACE_MS);
	assert_int_equal(waitpid(rig.worker.pid, &status, 0), rig.worker.pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	/* Not reaped as the master knows, and no process any more. */
	look_long();
	assert_int_equal(hangs(), 1);
}

static void
the_end_of_a_drain_may_come_sooner(void **state)
{
	(void)state;
	rig.worker.phase = MASTER_PHASE_DRAINING;
	rig.worker.kill_at_ms = START_MS + LIMIT_MS + 1;
	look_long();
	assert_int_equal(hangs(), 1);
	assert_int_equal(rig.worker.kill_at_ms, START_MS + LIMIT_MS + 1);
}

static void
one_that_is_stopped_is_left_alone(void **state)
{
	siginfo_t info;

	(void)state;
	kill(rig.worker.pid, SIGSTOP);
	assert_int_equal(
	    waitid(P_PID, (id_t)rig.worker.pid, &info, WSTOPPED | WNOWAIT), 0);
	look_long();
	assert_int_equal(hangs(), 0);
	assert_int_equal(rig.worker.kill_at_ms, 0);
	assert_true(rig.worker.hang.is_told);
	kill(rig.worker.pid, SIGCONT);
	assert_int_equal(
	    waitid(P_PID, (id_t)rig.worker.pid, &info, WCONTINUED), 0);
	/* One that may run, and has had no CPU yet, is held by others. */
	while (!is_waiting(rig.worker.pid))
		sched_yield();
	look_long();
	assert_int_equal(hangs(), 1);
}

static void
one_that_has_nothing_to_do_is_well(void **state)
{
	(void)state;
	rig.counters[1].turn = 8;
	look_long();
	assert_int_equal(hangs(), 0);
}

static void
one_of_the_program_before_is_not_looked_at(void **state)
{
	(void)state;
	rig.worker.counters = STATS_SLOT_MAX;
	look_long();
	assert_int_equal(hangs(), 0);
}

static void
nobody_is_looked_at_before_it_is_time(void **state)
{
	(void)state;
	look(1);
	uint64_t due_ms = master_hang_next_ms(&rig.master);

	assert_int_equal(due_ms, START_MS + LIMIT_MS / MASTER_HANG_LOOKS);
	for (unsigned i = 0; i < 100; i++)
		master_hang_tick(&rig.master, due_ms - 1);
	assert_int_equal(rig.master.looked_ms, START_MS);
	rig.settings.worker_timeout = 3600;
	assert_int_equal(master_hang_next_ms(&rig.master),
	    START_MS + MASTER_HANG_LOOK_MAX_MS);
}

static void
without_a_limit_nobody_is_ever_looked_at(void **state)
{
	(void)state;
	rig.settings.worker_timeout = 0;
	assert_true(master_hang_next_ms(&rig.master) == UINT64_MAX);
	master_hang_tick(&rig.master, START_MS);
	assert_int_equal(rig.master.looked_ms, 0);
	rig.master.current = NULL;
	assert_true(master_hang_next_ms(&rig.master) == UINT64_MAX);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(one_that_hangs_is_ended),
	    TEST(the_end_of_a_drain_may_come_sooner),
	    TEST(one_that_is_stopped_is_left_alone),
	    TEST(one_that_has_nothing_to_do_is_well),
	    TEST(one_of_the_program_before_is_not_looked_at),
	    TEST(nobody_is_looked_at_before_it_is_time),
	    TEST(without_a_limit_nobody_is_ever_looked_at),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
