/* For whom there is no place, a real worker: this file is the services table
 * here. */
#include "worker_fixture.h"

#include "worker/outcome.h"

static const char *const outcomes[] = {"done", NULL};

/* Gives back what it gets. */
static struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	struct stream_step step = {
	    .used = stream->bytes.len,
	    .made = stream->bytes.len,
	    .body = {.fd = -1},
	    .outcome = OUTCOME_NONE,
	};

	(void)state;
	(void)session;
	if (step.used > 0)
		memcpy(out.data, stream->bytes.data, step.used);
	return step;
}

static const struct service room = {
    .name = "room",
    .role = ROLE_LAB,
    .listen = {{.key = "room", .transports = 1 << TRANSPORT_TCP}},
    .outcomes = outcomes,
    .step_space = 70000,
    .full = "full\n",
    .too_many = "many\n",
    .input = input,
};

const struct service *const services[] = {&room};
const unsigned services_count = 1;

enum { PLACES = 8, PER_ADDRESS = 3 };

static int
set_up(void **state)
{
	(void)state;
	rig.max_per_address = 0;
	run_worker(PLACES, "127.0.0.1:1");
	return 0;
}

static int
set_up_per_address(void **state)
{
	(void)state;
	rig.max_per_address = PER_ADDRESS;
	rig.exempt = (struct settings_prefixes){0};
	run_worker(PLACES, "127.0.0.1:1");
	return 0;
}

/* … but for 127.0.1.0/24. */
static int
set_up_exempt(void **state)
{
	(void)state;
	rig.max_per_address = PER_ADDRESS;
	rig.exempt = (struct settings_prefixes){
	    .count = 1, .list = {{.bytes = {127, 0, 1}, .len = 24}}};
	run_worker(PLACES, "127.0.0.1:1");
	return 0;
}

/* A client at 127.0.NET.1. */
static int
client_in(uint8_t net)
{
	const struct sockaddr_in from = {.sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK + net * 256U)};
	struct timeval wait = {WAIT_MS / 1000, 0};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	assert_int_equal(
	    bind(fd, (const struct sockaddr *)&from, sizeof(from)), 0);
	assert_int_equal(
	    connect(fd, &rig.sockets[1].addr.any, rig.sockets[1].addr.len), 0);
	return fd;
}

/* COUNT clients at 127.0.NET.1 that are served. */
static void
enter(int *fds, unsigned count, uint8_t net)
{
	for (unsigned i = 0; i < count; i++) {
		fds[i] = client_in(net);
		say(fds[i], "x");
		expect(fds[i], "x");
	}
}

static void
leave(const int *fds, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		close(fds[i]);
}

/* One that has said something already, as the lectures' clients do, and one
 * that waits to be spoken to. */
static void
expect_refusal(uint8_t net, const char *text)
{
	int early = client_in(net), quiet = client_in(net);

	say(early, "Ada");
	expect(quiet, text);
	assert_int_equal(read_all(quiet, 1), 0);
	expect(early, text);
	close(early);
	close(quiet);
}

static void
test_full_is_said_until_one_leaves(void **state)
{
	const struct stats_service *stats = &rig.stats->services[0];
	int fds[PLACES];

	(void)state;
	enter(fds, PLACES, 0);
	expect_refusal(0, "full\n");
	assert_int_equal(stats->refusals[OUTCOME_REFUSAL_FULL], 2);
	assert_int_equal(stats->connections, PLACES + 2);
	close(fds[0]);
	for (;;) { /* until that is noticed */
		char got = 0;

		fds[0] = client_in(0);
		say(fds[0], "x");
		assert_int_equal(recv(fds[0], &got, 1, 0), 1);
		if (got == 'x')
			break;
		close(fds[0]);
	}
	leave(fds, PLACES);
}

static void
test_too_many_of_one_address_is_said(void **state)
{
	const struct stats_service *stats = &rig.stats->services[0];
	int fds[PER_ADDRESS], others[PER_ADDRESS];

	(void)state;
	enter(fds, PER_ADDRESS, 1);
	expect_refusal(1, "many\n");
	assert_int_equal(stats->refusals[OUTCOME_REFUSAL_ADDRESS], 2);
	enter(others, PER_ADDRESS, 2);
	leave(fds, PER_ADDRESS);
	leave(others, PER_ADDRESS);
}

static void
test_exempt_addresses_have_as_many_as_they_like(void **state)
{
	int fds[PLACES];

	(void)state;
	enter(fds, PER_ADDRESS + 1, 1);
	enter(fds + PER_ADDRESS + 1, PER_ADDRESS, 2);
	expect_refusal(2, "many\n");
	leave(fds, 2 * PER_ADDRESS + 1);
}

#define RIGGED(test, set_up)                                                   \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(test_full_is_said_until_one_leaves, set_up),
	    RIGGED(test_too_many_of_one_address_is_said, set_up_per_address),
	    RIGGED(
	        test_exempt_addresses_have_as_many_as_they_like, set_up_exempt),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("worker_refuse", tests, NULL, NULL);
}
