/*
 * The sockets of a slot without a worker: whom they are lent to, and how often.
 */
#include "core/control.h"
#include "master/master_lend.h"
#include "master/master_listen.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

enum { WORKERS = 3 };

static struct {
	struct master master;
	struct master_generation generation;
	struct settings settings;
	struct master_listener listener;
	struct master_worker workers[WORKERS];
	int told[WORKERS]; /* the workers' ends of their control sockets */
} rig;

/* Slot 0 waits; 1 and 2 have workers that are READY. */
static int
set_up(void **state)
{
	(void)state;
	memset(&rig, 0, sizeof(rig));
	rig.settings.roles[ROLE_TIME].workers = WORKERS;
	rig.generation.settings = &rig.settings;
	rig.generation.slots[ROLE_TIME][0].respawn_at_ms = 1;
	rig.listener.role = ROLE_TIME;
	rig.listener.socket.fd = socket(AF_INET, SOCK_DGRAM, 0);
	rig.master.listeners = &rig.listener;
	rig.master.state = MASTER_RUNNING;
	for (unsigned i = 1; i < WORKERS; i++) {
		struct master_worker *worker = &rig.workers[i];
		int pair[2];

		assert_int_equal(
		    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
		worker->control.fd = pair[0];
		rig.told[i] = pair[1];
		worker->role = ROLE_TIME;
		worker->slot = i;
		worker->generation = &rig.generation;
		worker->phase = MASTER_PHASE_READY;
		rig.generation.slots[ROLE_TIME][i].worker = worker;
	}
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	close(rig.listener.socket.fd);
	for (unsigned i = 1; i < WORKERS; i++) {
		close(rig.workers[i].control.fd);
		close(rig.told[i]);
	}
	return 0;
}

static void
lend(void)
{
	master_lend_out(&rig.master, &rig.generation, ROLE_TIME, 0);
}

/* Worker NUMBER has been told KIND, of slot 0, with COUNT sockets. */
static void
assert_told(unsigned number, enum control_kind kind, unsigned count)
{
	struct control_message message;

	assert_int_equal(control_receive(rig.told[number], &message), 1);
	assert_int_equal(message.kind, kind);
	assert_int_equal(message.argument, 0);
	assert_int_equal(message.socket_count, count);
	for (unsigned i = 0; i < count; i++)
		close(message.sockets[i].fd);
}

static void
assert_told_nothing(unsigned number)
{
	struct control_message message;

	assert_int_equal(control_receive(rig.told[number], &message), -1);
	assert_int_equal(errno, EAGAIN);
}

static void
test_a_slot_that_fails_again_is_not_lent_again(void **state)
{
	(void)state;
	lend();
	lend();
	assert_told(1, CONTROL_LEND, 1);
	assert_told_nothing(1);
	assert_told_nothing(2);
	master_lend_recall(&rig.generation, ROLE_TIME, 0);
	assert_told(1, CONTROL_RECALL, 0);
	lend();
	assert_told(1, CONTROL_LEND, 1);
}

static void
test_the_next_neighbour_borrows_when_the_first_dies(void **state)
{
	(void)state;
	lend();
	assert_told(1, CONTROL_LEND, 1);
	rig.generation.slots[ROLE_TIME][1].worker = NULL;
	master_lend_borrower_gone(&rig.master, &rig.workers[1]);
	assert_told_nothing(1);
	assert_told(2, CONTROL_LEND, 1);
	master_lend_recall(&rig.generation, ROLE_TIME, 0);
	assert_told(2, CONTROL_RECALL, 0);
}

static void
test_without_a_ready_neighbour_they_wait(void **state)
{
	(void)state;
	rig.workers[1].phase = MASTER_PHASE_STARTING;
	rig.workers[2].phase = MASTER_PHASE_DRAINING;
	lend();
	assert_told_nothing(1);
	assert_told_nothing(2);
	assert_null(rig.generation.slots[ROLE_TIME][0].borrower);
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(test_a_slot_that_fails_again_is_not_lent_again),
	    RIGGED(test_the_next_neighbour_borrows_when_the_first_dies),
	    RIGGED(test_without_a_ready_neighbour_they_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
