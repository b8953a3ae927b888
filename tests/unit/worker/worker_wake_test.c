/* Rounds of wakes, and the patience with readers, on a clock of the test's.
 * This file is the services table here. */
#include "worker_fixture.h"

#include "worker/worker_connection.h"
#include "worker/worker_pool.h"

#include <assert.h>
#include <linux/sockios.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>

static unsigned wakes;

/* Says "W" when it is woken. */
static struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	struct stream_step step = {.body = {.fd = -1}, .outcome = OUTCOME_NONE};

	(void)state;
	(void)session;
	if (stream->event != STREAM_WAKE)
		return step;
	wakes++;
	out.data[0] = 'W';
	step.made = 1;
	return step;
}

static const struct service room = {
    .name = "room",
    .role = ROLE_LAB,
    .step_space = 1,
    .input = input,
};

const struct service *const services[] = {&room};
const unsigned services_count = 1;

static struct {
	struct worker *worker;
	struct heritage heritage;
	struct settings settings;
	struct worker_listener listener;
	struct stats_slot *stats;
} own;

enum { START_MS = 1000000, OWN_MAX = 400, OWN_COUNT = 4 };

static int
set_up_own(void **state)
{
	/* Kept: a worker lives as long as its process. */
	static struct worker workers[OWN_COUNT];
	static unsigned count;
	struct worker *worker = &workers[count++];

	(void)state;
	assert(count <= OWN_COUNT);
	wakes = 0;
	own.worker = worker;
	own.settings.roles[ROLE_LAB].max_connections = OWN_MAX;
	own.settings.roles[ROLE_LAB].send_timeout = 30;
	own.settings.roles[ROLE_LAB].idle_timeout = 60;
	own.stats = stats_map(1);
	own.heritage =
	    (struct heritage){.role = ROLE_LAB, .counters = own.stats};
	worker->heritage = &own.heritage;
	worker->settings = &own.settings;
	worker->epoll = epoll_create1(0);
	worker->now_ms = START_MS;
	worker_deadline_init(&worker->wheel, worker->now_ms);
	worker->services[0] = (struct worker_service){.worker = worker,
	    .service = &room,
	    .stats = &own.stats->services[0]};
	worker->service_count = 1;
	own.listener.service = &worker->services[0];
	own.listener.source.fd = -1;
	assert_true(worker_pool_init(worker));
	assert_int_equal(worker_wake_sleep_ms(worker), -1);
	return 0;
}

static int
tear_down_own(void **state)
{
	(void)state;
	while (own.worker->streams->all != NULL)
		worker_stream_drop(own.worker, own.worker->streams->all);
	close(own.worker->epoll);
	return 0;
}

/* The client's end of a new connection. */
static int
own_client(void)
{
	const struct addr peer = {.len = sizeof(peer.in4)};
	int pair[2];

	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
	assert_true(
	    worker_stream_open(own.worker, &own.listener, pair[0], &peer));
	return pair[1];
}

static void
expect_nothing(int fd)
{
	char byte;

	assert_int_equal(recv(fd, &byte, 1, 0), -1);
	assert_int_equal(errno, EAGAIN);
}

static void
test_round_is_at_once_and_the_next_is_late(void **state)
{
	int fd = own_client();
	struct worker *worker = own.worker;
	struct connection *connection = worker->streams->all;

	(void)state;
	worker_wake(worker, connection);
	assert_int_equal(worker_wake_sleep_ms(worker), 0);
	worker_wake_run(worker);
	expect(fd, "W");
	assert_int_equal(worker_wake_sleep_ms(worker), -1);
	worker_wake(worker, connection);
	worker_wake(worker, connection);
	worker->now_ms += WORKER_WAKE_ROUND_MS - 1;
	assert_int_equal(worker_wake_sleep_ms(worker), 1);
	worker_wake_run(worker);
	expect_nothing(fd);
	worker->now_ms++;
	assert_int_equal(worker_wake_sleep_ms(worker), 0);
	worker_wake_run(worker);
	expect(fd, "W");
	expect_nothing(fd);
	worker->now_ms += 1000;
	worker_wake(worker, connection);
	worker_wake_run(worker);
	expect(fd, "W");
	close(fd);
}

/* A turn takes some of them; the longer a round is, the later is the next. */
static void
test_large_round_takes_turns(void **state)
{
	enum { COUNT = WORKER_WAKE_PER_TURN + 100 };
	static int fds[COUNT];
	struct worker *worker = own.worker;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		fds[i] = own_client();
	for (struct connection *one = worker->streams->all; one != NULL;
	     one = one->next)
		worker_wake(worker, one);
	worker_wake_run(worker);
	assert_int_equal(wakes, WORKER_WAKE_PER_TURN);
	assert_int_equal(worker_wake_sleep_ms(worker), 0);
	/* One that is woken again in the middle waits for the next round. */
	worker_wake(worker, worker->streams->all);
	worker_wake_run(worker);
	assert_int_equal(wakes, COUNT);
	assert_int_equal(worker_wake_sleep_ms(worker),
	    WORKER_WAKE_ROUND_MS + COUNT / WORKER_WAKE_PER_MS);
	for (int i = 0; i < COUNT; i++) {
		expect(fds[i], "W");
		close(fds[i]);
	}
}

static void
test_one_that_goes_while_woken_is_kept_until_its_turn(void **state)
{
	struct worker *worker = own.worker;
	int fd = own_client();
	struct connection *connection = worker->streams->all;

	(void)state;
	worker_wake(worker, connection);
	worker_wake_run(worker);
	worker_wake(worker, connection);
	worker_stream_drop(worker, connection);
	worker_pool_recycle(worker);
	assert_ptr_equal(worker->streams->closed, connection);
	worker->now_ms += WORKER_WAKE_ROUND_MS;
	worker_wake_run(worker);
	worker_pool_recycle(worker);
	assert_null(worker->streams->closed);
	assert_int_equal(wakes, 1);
	close(fd);
}

/* With short buffers, that a reader reads at all is enough. */
static void
test_reader_of_short_buffers_need_not_be_fast(void **state)
{
	struct worker *worker = own.worker;
	struct service slow = room;
	int fd = own_client(), queued = 0;
	struct connection *connection = worker->streams->all;

	(void)state;
	assert_int_equal(send(connection->source.fd, "x", 1, 0), 1);
	assert_int_equal(ioctl(connection->source.fd, SIOCOUTQ, &queued), 0);
	connection->given = (uint64_t)queued + 1;
	assert_false(worker_output_may_go_on(worker, connection));
	slow.needs |= NEED_SHORT_BUFFERS;
	worker->services[0].service = &slow;
	assert_true(worker_output_may_go_on(worker, connection));
	assert_int_equal(connection->given, queued);
	assert_false(worker_output_may_go_on(worker, connection));
	worker->services[0].service = &room;
	close(fd);
}

#define OWN(test)                                                              \
	cmocka_unit_test_setup_teardown(test, set_up_own, tear_down_own)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    OWN(test_round_is_at_once_and_the_next_is_late),
	    OWN(test_large_round_takes_turns),
	    OWN(test_one_that_goes_while_woken_is_kept_until_its_turn),
	    OWN(test_reader_of_short_buffers_need_not_be_fast),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("worker_wake", tests, NULL, NULL);
}
