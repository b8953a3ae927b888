/* chat_sys_broker_test.c — the way to a broker, which the test is itself: bytes
 * of MQTT 5 on a socket. */
#include "services/chat/chat_sys_broker.h"

#include "core/log.h"

#include "chat_memory_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <netinet/in.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <syslog.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

enum { WAIT_MS = 20000, READ_MAX = 64 * 1024 };

struct fixture {
	struct memory_fixture memory;
	struct chat_settings settings;
	struct chat_hub hub;
	struct chat_person anna;
	struct chat_sys_broker *broker;
	int listener, peer;
	uint8_t in[READ_MAX]; /* what the broker has been sent */
	size_t in_len;
	char heard[4096]; /* what anna has been told */
};

static void
wake(void *context, struct chat_person *person)
{
	(void)context;
	(void)person;
}

static void
share(void *context, const struct chat_event *event)
{
	const struct fixture *fixture = context;

	chat_sys_broker_share(fixture->broker, event);
}

static void
listen_somewhere(struct fixture *fixture)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t len = sizeof(address);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fixture->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	assert_int_not_equal(fixture->listener, -1);
	assert_int_equal(
	    bind(fixture->listener, (const struct sockaddr *)&address, len), 0);
	assert_int_equal(listen(fixture->listener, 4), 0);
	assert_int_equal(
	    getsockname(fixture->listener, (struct sockaddr *)&address, &len),
	    0);
	fixture->settings.broker.port = ntohs(address.sin_port);
}

static struct fixture *
open_fixture(const char *host)
{
	static const uint64_t key[2] = {1, 2};
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	fixture->peer = -1;
	fixture->settings = (struct chat_settings){
	    .name = "netlabd",
	    .name_len = 7,
	    .rooms = 16,
	    .broker = {.node = "hosta",
	        .prefix = "lab",
	        .keepalive = 15,
	        .user = "me",
	        .password = "secret",
	        .is_address = *host == '1'},
	};
	strcpy(fixture->settings.broker.host, host);
	listen_somewhere(fixture);
	const struct chat_hub_calls calls = {
	    .wake = wake,
	    .share = share,
	    .context = fixture,
	    .memory = MEMORY_FIXTURE(&fixture->memory),
	};

	assert_true(
	    chat_hub_init(&fixture->hub, &fixture->settings, &calls, key));
	fixture->broker = chat_sys_broker_open(&fixture->settings.broker,
	    (struct span){0}, &fixture->hub, &calls.memory);
	assert_non_null(fixture->broker);
	return fixture;
}

static void
close_fixture(struct fixture *fixture)
{
	chat_hub_leave(&fixture->hub, &fixture->anna, (struct span){0});
	chat_sys_broker_close(fixture->broker);
	chat_hub_end(&fixture->hub);
	assert_int_equal(fixture->memory.blocks, 0);
	if (fixture->peer != -1)
		close(fixture->peer);
	close(fixture->listener);
	free(fixture);
}

/* A turn of the worker, and one of the broker's. */
static void
turn(struct fixture *fixture)
{
	struct pollfd fds[] = {
	    {.fd = chat_sys_broker_fd(fixture->broker), .events = POLLIN},
	    {.fd = fixture->listener, .events = POLLIN},
	    {.fd = fixture->peer, .events = POLLIN},
	};

	assert_true(poll(fds, 3, WAIT_MS) > 0);
	if (fds[0].revents != 0)
		chat_sys_broker_run(fixture->broker);
	if (fds[1].revents != 0 && fixture->peer == -1)
		fixture->peer =
		    accept4(fixture->listener, NULL, NULL, SOCK_NONBLOCK);
	if (fds[2].revents != 0) {
		ssize_t got = read(fixture->peer, fixture->in + fixture->in_len,
		    READ_MAX - fixture->in_len);

		assert_true(got > 0);
		fixture->in_len += (size_t)got;
	}
}

/* Turns until the broker has a packet of TYPE, which becomes the first; how
 * long it is. What came before it is dropped. */
static size_t
await(struct fixture *fixture, uint8_t type)
{
	for (;;) {
		size_t len, head;

		while (fixture->in_len < 2)
			turn(fixture);
		len = fixture->in[1] & 0x7f;
		head = 2 + (fixture->in[1] >> 7);
		while (fixture->in_len < head)
			turn(fixture);
		if (head == 3)
			len |= (size_t)fixture->in[2] << 7;
		while (fixture->in_len < head + len)
			turn(fixture);
		if (fixture->in[0] >> 4 == type)
			return head + len;
		fixture->in_len -= head + len;
		memmove(fixture->in, fixture->in + head + len, fixture->in_len);
	}
}

static void
drop(struct fixture *fixture, size_t len)
{
	fixture->in_len -= len;
	memmove(fixture->in, fixture->in + len, fixture->in_len);
}

static bool
has(const struct fixture *fixture, size_t len, const void *bytes, size_t count)
{
	return memmem(fixture->in, len, bytes, count) != NULL;
}

static void
answer(const struct fixture *fixture, const void *bytes, size_t len)
{
	assert_int_equal(write(fixture->peer, bytes, len), len);
}

static void
type(struct fixture *fixture, const char *line)
{
	(void)chat_hub_line(&fixture->hub, &fixture->anna,
	    (struct span){(const uint8_t *)line, strlen(line)}, false, 1);
}

/* Turns until anna has been told LINE. */
static void
hear(struct fixture *fixture, const char *line)
{
	while (strstr(fixture->heard, line) == NULL) {
		size_t len = strlen(fixture->heard);
		size_t got = chat_hub_take(&fixture->hub, &fixture->anna,
		    (struct space){(uint8_t *)fixture->heard + len,
		        sizeof(fixture->heard) - 1 - len});

		fixture->heard[len + got] = '\0';
		if (got == 0)
			turn(fixture);
	}
}

/* The broker has us in, and what we subscribe to. */
static void
welcome(struct fixture *fixture)
{
	static const uint8_t connack[] = {0x20, 3, 0, 0, 0};
	uint8_t suback[] = {0x90, 6, 0, 0, 0, 1, 1, 1};
	size_t len = await(fixture, 1);

	drop(fixture, len);
	answer(fixture, connack, sizeof(connack));
	len = await(fixture, 8);
	memcpy(suback + 2, fixture->in + 2, 2);
	answer(fixture, suback, sizeof(suback));
}

static void
connects_with_a_will_and_limits(void **state)
{
	/* Clean start, will, QoS 1, retained, password, user; 11 seconds. */
	static const uint8_t head[] = {
	    0, 4, 'M', 'Q', 'T', 'T', 5, 0xee, 0, 11};
	static const uint8_t packet_max[] = {0x27, 0, 0x02, 0x10, 0};
	static const uint8_t receive_max[] = {0x21, 0, 64};
	/* With nothing in it. */
	static const char will[] = "\x00\x12lab/presence/hosta\x00\x00";
	static const char id[] = "lab/hosta";
	struct fixture *fixture = open_fixture("127.0.0.1");
	size_t len = await(fixture, 1);

	(void)state;
	assert_true(has(fixture, len, head, sizeof(head)));
	assert_true(has(fixture, len, packet_max, sizeof(packet_max)));
	assert_true(has(fixture, len, receive_max, sizeof(receive_max)));
	assert_true(has(fixture, len, id, sizeof(id) - 1));
	assert_true(has(fixture, len, "secret", 6));
	assert_true(has(fixture, len, will, sizeof(will) - 1));
	close_fixture(fixture);
}

static void
subscribes_without_its_own(void **state)
{
	static const uint8_t connack[] = {0x20, 3, 0, 0, 0};
	/* QoS 1, no local (MQTT 5 §3.8.3.1). */
	static const char rooms[] = "lab/chat/+\x05";
	static const char direct[] = "lab/direct/hosta\x05";
	static const char presence[] = "lab/presence/+\x05";
	struct fixture *fixture = open_fixture("127.0.0.1");
	size_t len = await(fixture, 1);

	(void)state;
	drop(fixture, len);
	answer(fixture, connack, sizeof(connack));
	len = await(fixture, 8);
	assert_true(has(fixture, len, rooms, sizeof(rooms) - 1));
	assert_true(has(fixture, len, direct, sizeof(direct) - 1));
	assert_true(has(fixture, len, presence, sizeof(presence) - 1));
	close_fixture(fixture);
}

static void
carries_lines_both_ways(void **state)
{
	static const char property[] =
	    "\x00\x07netlabd\x00\x10hosta say 1 anna";
	uint8_t guest[] = {0x30, 26, 0, 14, 'l', 'a', 'b', '/', 'c', 'h', 'a',
	    't', '/', 'l', 'o', 'b', 'b', 'y', 0, '<', 'c', 'a', 'r', 'l', '>',
	    ' ', 'h', 'i'};
	struct fixture *fixture = open_fixture("127.0.0.1");
	size_t len;

	(void)state;
	type(fixture, "anna");
	welcome(fixture);
	len = await(fixture, 3);
	assert_int_equal(fixture->in[0] & 0x0f, 3); /* QoS 1, retained */
	assert_true(has(fixture, len, "netlabd 1\n1 #lobby anna\n", 24));
	drop(fixture, len);
	type(fixture, "hello");
	len = await(fixture, 3);
	assert_int_equal(fixture->in[0] & 0x0f, 2);
	assert_true(has(fixture, len, "lab/chat/lobby", 14));
	assert_true(has(fixture, len, property, sizeof(property) - 1));
	assert_true(has(fixture, len, "<anna> hello", 12));
	answer(fixture, guest, sizeof(guest));
	hear(fixture, "<carl> hi\n");
	close_fixture(fixture);
}

static void
tells_of_a_lost_broker_and_comes_back(void **state)
{
	struct fixture *fixture = open_fixture("127.0.0.1");

	(void)state;
	type(fixture, "anna");
	welcome(fixture);
	drop(fixture, await(fixture, 3));
	close(fixture->peer);
	fixture->peer = -1;
	fixture->in_len = 0;
	hear(fixture, "* other hosts cannot be reached");
	welcome(fixture);
	hear(fixture, "* other hosts can be reached again\n");
	/* What it takes back, it takes back before it goes. */
	fixture->in_len = 0;
	chat_sys_broker_leave(fixture->broker);
	drop(fixture, await(fixture, 3));
	assert_int_equal(await(fixture, 14), 2);
	close_fixture(fixture);
}

static void
looks_up_a_name_and_ends_while_it_does(void **state)
{
	struct fixture *fixture = open_fixture("localhost");

	(void)state;
	await(fixture, 1);
	close_fixture(fixture);
	fixture = open_fixture("localhost");
	turn(fixture);
	close_fixture(fixture);
}

static void
goes_on_when_it_is_refused(void **state)
{
	/* Not authorized. */
	static const uint8_t connack[] = {0x20, 3, 0, 0x87, 0};
	struct fixture *fixture = open_fixture("127.0.0.1");

	(void)state;
	type(fixture, "anna");
	drop(fixture, await(fixture, 1));
	answer(fixture, connack, sizeof(connack));
	hear(fixture, "* other hosts cannot be reached");
	close_fixture(fixture);
}

/* Turns of the broker's alone, until the log, which goes to LOG, has TEXT. */
static void
await_log(struct fixture *fixture, int log, const char *text)
{
	char lines[4096] = "";

	for (int turns = 0; strstr(lines, text) == NULL; turns++) {
		struct pollfd fd = {.fd = chat_sys_broker_fd(fixture->broker),
		    .events = POLLIN};

		assert_true(turns < 100);
		assert_int_equal(poll(&fd, 1, WAIT_MS), 1);
		chat_sys_broker_run(fixture->broker);
		ssize_t len = pread(log, lines, sizeof(lines) - 1, 0);

		assert_true(len >= 0);
		lines[len] = '\0';
	}
}

/* A broker that was away when we began, and then does not know us. */
static void
logs_each_reason_once(void **state)
{
	static const uint8_t connack[] = {0x20, 3, 0, 0x87, 0};
	struct fixture *fixture = open_fixture("127.0.0.1");
	int log = memfd_create("log", 0), saved = dup(STDERR_FILENO);

	(void)state;
	assert_true(log != -1 && saved != -1);
	dup2(log, STDERR_FILENO);
	log_open(LOG_TARGET_STDERR, 0, LOG_WARNING);
	drop(fixture, await(fixture, 1));
	close(fixture->peer);
	fixture->peer = -1;
	await_log(fixture, log, "lost");
	drop(fixture, await(fixture, 1));
	answer(fixture, connack, sizeof(connack));
	await_log(fixture, log, "Not authorized");
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(log);
	close_fixture(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("connects with a will, and with limits",
	        connects_with_a_will_and_limits),
	    TEST("subscribes to all but its own", subscribes_without_its_own),
	    TEST("carries lines both ways", carries_lines_both_ways),
	    TEST("a lost broker is told, and its return",
	        tells_of_a_lost_broker_and_comes_back),
	    TEST("a name is looked up", looks_up_a_name_and_ends_while_it_does),
	    TEST("who is refused goes on alone", goes_on_when_it_is_refused),
	    TEST("each reason is for the log", logs_each_reason_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
