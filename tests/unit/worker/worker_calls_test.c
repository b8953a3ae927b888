/* What a room may ask of its worker (service_calls), of a real one. */
#include "worker_calls_room.h"

static int
set_up(void **unused)
{
	(void)unused;
	told = map_shared(sizeof(*told));
	run_worker(64, "127.0.0.1:1");
	return 0;
}

static int
set_up_wildcard4(void **unused)
{
	(void)unused;
	told = map_shared(sizeof(*told));
	run_worker(64, "0.0.0.0:1");
	return 0;
}

static int
set_up_wildcard6(void **unused)
{
	(void)unused;
	told = map_shared(sizeof(*told));
	run_worker(64, "[::]:1");
	return 0;
}

/* Until the room knows COUNT more. */
static void
enter(int *fds, unsigned count)
{
	unsigned opened = told->opened + count;

	for (unsigned i = 0; i < count; i++)
		fds[i] = tcp();
	for (int i = 0; i < WAIT_MS && told->opened < opened; i++)
		usleep(1000);
	assert_int_equal(told->opened, opened);
}

static void
leave(const int *fds, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		close(fds[i]);
}

static void
test_wake_out_of_the_input_of_another(void **unused)
{
	int fds[3];

	(void)unused;
	enter(fds, 3);
	for (int i = 0; i < 20; i++) {
		say(fds[0], "s");
		expect(fds[0], "s");
		expect(fds[1], "W");
		expect(fds[2], "W");
	}
	leave(fds, 3);
}

static void
test_many_wakes_are_one_call(void **unused)
{
	int fds[2];

	(void)unused;
	enter(fds, 2);
	for (unsigned i = 1; i <= 5; i++) {
		say(fds[0], "SSS");
		expect(fds[0], "SSS");
		expect(fds[1], "W");
		assert_int_equal(told->wakes, i);
	}
	leave(fds, 2);
}

static void
test_wake_of_the_connection_at_hand_comes_behind_its_input(void **unused)
{
	int fds[1];

	(void)unused;
	enter(fds, 1);
	say(fds[0], "axy");
	expect(fds[0], "axyW");
	leave(fds, 1);
}

static void
test_wake_out_of_a_datagram(void **unused)
{
	int fds[2], udp = client_to(&rig.sockets[0]);

	(void)unused;
	enter(fds, 2);
	say(udp, "x");
	expect(udp, "x");
	expect(fds[0], "W");
	expect(fds[1], "W");
	leave(fds, 2);
	close(udp);
}

static void
test_wake_out_of_a_timer_that_was_moved(void **unused)
{
	int fds[1];

	(void)unused;
	enter(fds, 1);
	say(fds[0], "T");
	expect(fds[0], "TW");
	assert_int_equal(told->timers, 1);
	say(fds[0], "T");
	expect(fds[0], "TW");
	assert_int_equal(told->timers, 2);
	leave(fds, 1);
}

static void
test_timer_called_off(void **unused)
{
	int fds[1];

	(void)unused;
	enter(fds, 1);
	say(fds[0], "c");
	expect(fds[0], "c");
	usleep(300000); /* two of the wheel's ticks */
	assert_int_equal(told->timers, 0);
	leave(fds, 1);
}

/* Its wake comes behind what it has yet to read, once; others hear at once. */
static void
test_wake_of_one_that_does_not_read(void **unused)
{
	enum { COUNT = 120 };
	char asked[COUNT];
	int fds[3];

	(void)unused;
	enter(fds, 3);
	memset(asked, 'b', sizeof(asked));
	assert_int_equal(send(fds[2], asked, COUNT, 0), COUNT);
	expect(fds[2], "b");
	for (int i = 0; i < 3; i++) {
		say(fds[0], "s");
		expect(fds[0], "s");
		expect(fds[1], "W");
	}
	assert_int_equal(told->wakes, 3);
	assert_int_equal(
	    read_all(fds[2], COUNT * (size_t)BIG - 1), COUNT * (size_t)BIG - 1);
	expect(fds[2], "W");
	say(fds[2], "x");
	expect(fds[2], "x");
	assert_int_equal(told->wakes, 4);
	leave(fds, 3);
}

static void
test_wake_waits_for_the_end_of_a_wait(void **unused)
{
	int fds[2];

	(void)unused;
	enter(fds, 2);
	say(fds[1], "px");
	expect(fds[1], "p");
	say(fds[0], "s");
	expect(fds[0], "s");
	char got[4] = {0};

	assert_int_equal(recv(fds[1], got, 3, MSG_WAITALL), 3);
	assert_int_equal(got[0], 'P');
	/* Whether the held input or the wake comes first is open. */
	assert_true(got[1] + got[2] == 'x' + 'W');
	leave(fds, 2);
}

static void
test_wake_may_use_held_input(void **unused)
{
	int fds[2];

	(void)unused;
	enter(fds, 2);
	say(fds[1], "hx");
	usleep(20000);
	say(fds[0], "s");
	expect(fds[1], "Hx");
	leave(fds, 2);
}

/* The room is not asked again about what it has left unread. */
static void
test_wake_is_no_input(void **unused)
{
	int fds[2];

	(void)unused;
	enter(fds, 2);
	say(fds[1], "u");
	for (int i = 0; i < WAIT_MS && told->unread < 1; i++)
		usleep(1000);
	say(fds[0], "s");
	expect(fds[1], "W");
	say(fds[0], "s");
	expect(fds[1], "W");
	assert_int_equal(told->unread, 1);
	leave(fds, 2);
}

static void
test_wake_may_end_the_connection(void **unused)
{
	int fds[2];

	(void)unused;
	enter(fds, 2);
	say(fds[1], "k");
	expect(fds[1], "k");
	say(fds[0], "s");
	expect(fds[1], "W");
	assert_int_equal(read_all(fds[1], 1), 0);
	leave(fds, 2);
}

/* The memory of one that has gone meanwhile is not taken again too early. */
static void
test_wake_of_one_that_has_gone(void **unused)
{
	enum { COUNT = 8 };
	int fds[COUNT], gone[COUNT];

	(void)unused;
	enter(fds, COUNT);
	for (int round = 0; round < 20; round++) {
		enter(gone, COUNT);
		for (int i = 0; i < COUNT; i++)
			say(gone[i], "r");
		leave(gone, COUNT);
	}
	say(fds[0], "x");
	for (char got = 0; got != 'x';)
		assert_int_equal(recv(fds[0], &got, 1, 0), 1);
	assert_int_equal(told->strays, 0);
	leave(fds, COUNT);
}

static void
test_stop_lets_the_room_speak_first(void **unused)
{
	int fds[3];

	(void)unused;
	enter(fds, 3);
	tell(CONTROL_STOP, WAIT_MS);
	for (int i = 0; i < 3; i++) {
		expect(fds[i], "D");
		assert_int_equal(read_all(fds[i], 1), 0);
	}
	leave(fds, 3);
	assert_int_equal(exit_status(), 0);
	assert_int_equal(told->drains, 1);
	assert_int_equal(told->stops, 1);
}

static void
test_stop_after_a_retreat_is_told_too(void **unused)
{
	int fds[1], udp = client_to(&rig.sockets[0]);

	(void)unused;
	say(udp, "r");
	expect(udp, "r");
	enter(fds, 1);
	tell(CONTROL_DRAIN, WAIT_MS);
	expect(fds[0], "D");
	expect(udp, "pushed"); /* its socket was open still */
	assert_int_equal(told->drains, 1);
	assert_int_equal(told->stops, 0);
	tell(CONTROL_STOP, WAIT_MS);
	leave(fds, 1);
	assert_int_equal(exit_status(), 0);
	assert_int_equal(told->drains - told->stops, 1);
	assert_int_equal(told->unpushed, told->stops);
	close(udp);
}

static void
test_stop_waits_for_one_that_reads_late(void **unused)
{
	enum { COUNT = 120 };
	char asked[COUNT];
	int fds[1];

	(void)unused;
	enter(fds, 1);
	memset(asked, 'b', sizeof(asked));
	assert_int_equal(send(fds[0], asked, COUNT, 0), COUNT);
	expect(fds[0], "b");
	tell(CONTROL_STOP, 10 * WAIT_MS);
	size_t got = read_all(fds[0], SIZE_MAX);

	/* What it had not read before the stop is read once it may write. */
	assert_true(got > BIG && got <= COUNT * (size_t)BIG);
	assert_int_equal(exit_status(), 0);
	assert_int_equal(told->wakes, 1);
	leave(fds, 1);
}

/* Each hears from the address that it has asked: the sockets are connected. */
static void
test_datagrams_unasked(void **unused)
{
	int first = client_to(&rig.sockets[0]);
	int second = client_to(&rig.sockets[0]);

	(void)unused;
	say(first, "r");
	expect(first, "r");
	say(second, "r");
	expect(second, "r");
	say(second, "p");
	expect(first, "pushed");
	expect(second, "pushed");
	/* Counted when the kernel has taken it, which it may outrun. */
	for (int i = 0; i < WAIT_MS && rig.stats->services[0].sent < 4; i++)
		usleep(1000);
	assert_int_equal(rig.stats->services[0].sent, 4);
	assert_int_equal(told->pushed, 2);
	assert_int_equal(told->unpushed, 0);
	close(first);
	close(second);
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define WILDCARD4(test)                                                        \
	cmocka_unit_test_setup_teardown(test, set_up_wildcard4, tear_down)
#define WILDCARD6(test)                                                        \
	cmocka_unit_test_setup_teardown(test, set_up_wildcard6, tear_down)
int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(test_wake_out_of_the_input_of_another),
	    RIGGED(test_many_wakes_are_one_call),
	    RIGGED(test_wake_of_the_connection_at_hand_comes_behind_its_input),
	    RIGGED(test_wake_out_of_a_datagram),
	    RIGGED(test_wake_out_of_a_timer_that_was_moved),
	    RIGGED(test_timer_called_off),
	    RIGGED(test_wake_of_one_that_does_not_read),
	    RIGGED(test_wake_waits_for_the_end_of_a_wait),
	    RIGGED(test_wake_may_use_held_input),
	    RIGGED(test_wake_is_no_input),
	    RIGGED(test_wake_may_end_the_connection),
	    RIGGED(test_wake_of_one_that_has_gone),
	    RIGGED(test_stop_lets_the_room_speak_first),
	    RIGGED(test_stop_after_a_retreat_is_told_too),
	    RIGGED(test_stop_waits_for_one_that_reads_late),
	    RIGGED(test_datagrams_unasked),
	    WILDCARD4(test_datagrams_unasked),
	    WILDCARD6(test_datagrams_unasked),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("worker_calls", tests, NULL, NULL);
}
