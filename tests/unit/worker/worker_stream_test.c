/* Connections of a real worker: steps, output, deadlines, ends. */
#include "worker_room.h"

#include <poll.h>

static void
test_pipelined_requests_are_all_answered_in_order(void **state)
{
	enum { COUNT = 20000 };
	static char asked[COUNT], got[COUNT];
	int fd = tcp();

	(void)state;
	for (int i = 0; i < COUNT; i++)
		asked[i] = (char)('A' + i % 26);
	assert_int_equal(send(fd, asked, COUNT, 0), COUNT);
	assert_int_equal(recv(fd, got, COUNT, MSG_WAITALL), COUNT);
	assert_memory_equal(asked, got, COUNT);
	close(fd);
}

static void
test_half_close_gets_every_answer_then_the_end(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "xyz");
	shutdown(fd, SHUT_WR);
	expect(fd, "xyz");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

static void
test_file_goes_out_between_answers(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "xfy");
	expect(fd, "xf");
	assert_int_equal(read_all(fd, FILE_SIZE), FILE_SIZE);
	expect(fd, "y");
	close(fd);
}

static void
test_slow_reader_gets_all_and_delays_nobody(void **state)
{
	int slow = tcp(), fast = tcp();
	char asked[200];

	(void)state;
	memset(asked, 'b', sizeof(asked));
	assert_int_equal(send(slow, asked, sizeof(asked), 0), sizeof(asked));
	for (int i = 0; i < 50; i++) {
		say(fast, "x");
		expect(fast, "x");
	}
	assert_int_equal(
	    read_all(slow, sizeof(asked) * 100000UL), sizeof(asked) * 100000UL);
	close(slow);
	close(fast);
}

static void
test_endless_output_lets_others_in_and_ends_with_its_reader(void **state)
{
	int endless = tcp(), other = tcp();

	(void)state;
	say(endless, "w");
	assert_int_equal(read_all(endless, 5000000), 5000000);
	say(other, "x");
	expect(other, "x");
	close(endless);
	say(other, "y");
	expect(other, "y");
	close(other);
}

/* RFC 9112 §9.6: closing with unread input would reset the connection and
 * destroy the answer. */
static void
test_lingering_close_does_not_reset_a_peer_that_still_sends(void **state)
{
	static char more[100000];
	int fd = tcp();

	(void)state;
	say(fd, "c");
	for (int i = 0; i < 5; i++) {
		usleep(2000);
		send(fd, more, sizeof(more), MSG_NOSIGNAL);
	}
	expect(fd, "c");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

static void
test_done_closes_at_once(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "d");
	expect(fd, "d");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

/* The end is in the segment with the answer's last byte: who is woken by the
 * one sees the other. */
static void
expect_end_with_answer(int fd)
{
	struct pollfd wait = {fd, POLLIN | POLLRDHUP, 0};

	assert_int_equal(poll(&wait, 1, WAIT_MS), 1);
	assert_int_equal(wait.revents, POLLIN | POLLRDHUP);
	assert_int_equal(read_all(fd, 10), 1);
	close(fd);
}

static void
test_end_comes_with_the_answer(void **state)
{
	int done = tcp(), closed = tcp();

	(void)state;
	say(done, "d");
	expect_end_with_answer(done);
	say(closed, "c");
	expect_end_with_answer(closed);
}

static void
test_deadline_comes_as_an_event(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "t");
	expect(fd, "tlate");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

/* What the peer says meanwhile is kept for later. */
static void
test_wait_goes_on_with_the_held_input(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "pxy");
	expect(fd, "p");
	say(fd, "z");
	expect(fd, "Pxyz");
	close(fd);
}

static void
test_wait_begins_when_the_output_is_out(void **state)
{
	char asked[100];
	int fd = tcp();

	(void)state;
	memset(asked, 'b', sizeof(asked));
	assert_int_equal(send(fd, asked, sizeof(asked), 0), sizeof(asked));
	say(fd, "px");
	assert_int_equal(
	    read_all(fd, sizeof(asked) * 100000UL), sizeof(asked) * 100000UL);
	expect(fd, "pPx");
	close(fd);
}

static void
test_wait_behind_a_file(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "fpx");
	expect(fd, "f");
	assert_int_equal(read_all(fd, FILE_SIZE), FILE_SIZE);
	expect(fd, "pPx");
	close(fd);
}

/* Who has shut down its side alone still reads. */
static void
test_wait_outlives_a_half_close(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "px");
	shutdown(fd, SHUT_WR);
	expect(fd, "pPx");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

static void
test_wait_ends_with_a_peer_that_hangs_up(void **state)
{
	struct linger reset = {.l_onoff = 1};
	int fd = tcp();

	(void)state;
	say(fd, "lx");
	expect(fd, "l");
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	close(fd);
	for (int i = 0; i < WAIT_MS && told->closed == 0; i++)
		usleep(1000);
	assert_int_equal(told->closed, 1);
}

static void
test_flush_follows_the_last_step(void **state)
{
	int fd = tcp();

	(void)state;
	for (int round = 0; round < 2; round++) {
		say(fd, "x");
		expect(fd, "x");
		for (int i = 0; i < WAIT_MS; i++) {
			if (told->flushed_steps == told->steps)
				break;
			usleep(1000);
		}
		assert_int_equal(told->flushed_steps, told->steps);
	}
	close(fd);
}

static void
test_more_connections_than_allowed_wait_their_turn(void **state)
{
	int many[100];

	(void)state;
	for (int i = 0; i < 100; i++) {
		many[i] = tcp();
		say(many[i], "d");
	}
	for (int i = 0; i < 100; i++) {
		expect(many[i], "d");
		close(many[i]);
	}
}

static void
test_outcomes_of_streams_add_up(void **state)
{
	int fd = tcp();
	struct stats_service *stats = &rig.stats->services[0];

	(void)state;
	say(fd, "xyzd");
	expect(fd, "xyzd");
	assert_int_equal(read_all(fd, 1), 0);
	assert_int_equal(stats->received, 4);
	assert_int_equal(stats->outcomes[OUTCOME_GUARD_COUNT], 4);
	assert_int_equal(stats->sent, 4);
	assert_int_equal(stats->connections, 1);
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(test_pipelined_requests_are_all_answered_in_order),
	    RIGGED(test_half_close_gets_every_answer_then_the_end),
	    RIGGED(test_file_goes_out_between_answers),
	    RIGGED(test_slow_reader_gets_all_and_delays_nobody),
	    RIGGED(test_endless_output_lets_others_in_and_ends_with_its_reader),
	    RIGGED(test_lingering_close_does_not_reset_a_peer_that_still_sends),
	    RIGGED(test_done_closes_at_once),
	    RIGGED(test_end_comes_with_the_answer),
	    RIGGED(test_deadline_comes_as_an_event),
	    RIGGED(test_wait_goes_on_with_the_held_input),
	    RIGGED(test_wait_begins_when_the_output_is_out),
	    RIGGED(test_wait_behind_a_file),
	    RIGGED(test_wait_outlives_a_half_close),
	    RIGGED(test_wait_ends_with_a_peer_that_hangs_up),
	    RIGGED(test_flush_follows_the_last_step),
	    RIGGED(test_more_connections_than_allowed_wait_their_turn),
	    RIGGED(test_outcomes_of_streams_add_up),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("worker_stream", tests, NULL, NULL);
}
