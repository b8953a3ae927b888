/* reach_test.c — places as they are typed, and waits that end. */
#include "client/reach.h"

#include "client/verb.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const struct options plain = {.timeout_ms = 20000};

static void
assert_place(const char *text, const char *host, uint16_t port)
{
	struct reach_place place;

	assert_int_equal(
	    reach_place_read(text, &plain, 123, &place), VERB_GOOD);
	assert_string_equal(place.host, host);
	assert_int_equal(place.port, port);
}

static void
places(void **state)
{
	const struct options with_port = {.port = 53};
	struct reach_place place;

	(void)state;
	assert_place("host", "host", 123);
	assert_place("host:80", "host", 80);
	assert_place("192.0.2.1:65535", "192.0.2.1", 65535);
	assert_place("::1", "::1", 123);
	assert_place("2001:db8::1:80", "2001:db8::1:80", 123);
	assert_place("[::1]", "::1", 123);
	assert_place("[fe80::1%eth0]:80", "fe80::1%eth0", 80);
	assert_int_equal(
	    reach_place_read("host", &with_port, 123, &place), VERB_GOOD);
	assert_int_equal(place.port, 53);
	/* What stands with the host is meant for it. */
	assert_int_equal(
	    reach_place_read("host:80", &with_port, 123, &place), VERB_GOOD);
	assert_int_equal(place.port, 80);
}

static void
no_places(void **state)
{
	static const char *const texts[] = {"", ":", ":80", "[]", "[]:80",
	    "[::1", "[::1]x:80", "host:", "host:0", "host:65536", "host:x",
	    "host:-1", "host: 1", "host:1x"};
	char name[REACH_HOST_MAX + 1];
	struct reach_place place;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(
		    reach_place_read(texts[i], &plain, 123, &place),
		    VERB_USAGE);
	memset(name, 'x', sizeof(name));
	name[REACH_HOST_MAX] = '\0';
	assert_int_equal(
	    reach_place_read(name, &plain, 123, &place), VERB_USAGE);
	name[REACH_HOST_MAX - 1] = '\0';
	assert_int_equal(
	    reach_place_read(name, &plain, 123, &place), VERB_GOOD);
}

/* A stream to ourselves: *PEER is its other end. */
static struct reach
open_stream(int *peer)
{
	struct reach reach = {.transport = TRANSPORT_TCP, .name = "peer"};
	int ends[2];

	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
	reach.fd = ends[0];
	*peer = ends[1];
	reach_renew(&reach, &plain);
	return reach;
}

static void
truncated(void **state)
{
	int peer;
	struct reach reach = open_stream(&peer);
	uint8_t bytes[4];
	const struct space space = {bytes, sizeof(bytes)};

	(void)state;
	assert_int_equal(write(peer, "abcdef", 6), 6);
	assert_int_equal(reach_receive_all(&reach, space), VERB_GOOD);
	assert_memory_equal(bytes, "abcd", 4);
	close(peer);
	assert_int_equal(reach_receive_all(&reach, space), VERB_MALFORMED);
	reach_close(&reach);
	reach = open_stream(&peer);
	close(peer);
	assert_int_equal(reach_receive_all(&reach, space), VERB_NO_REPLY);
	reach_close(&reach);
}

/* Whoever sends for ever does not keep us for ever. */
static void
deadline(void **state)
{
	int peer;
	struct reach reach = open_stream(&peer);
	uint8_t bytes[4];
	size_t len = 0;

	(void)state;
	assert_int_equal(write(peer, "abcdef", 6), 6);
	assert_int_equal(
	    reach_receive(&reach, (struct space){bytes, sizeof(bytes)}, &len),
	    VERB_GOOD);
	assert_int_equal(len, 4);
	reach.deadline_ms = 0;
	assert_int_equal(reach_left_ms(&reach), 0);
	assert_false(reach_await(&reach, POLLIN));
	assert_int_equal(
	    reach_receive(&reach, (struct space){bytes, sizeof(bytes)}, &len),
	    VERB_NO_REPLY);
	reach.deadline_ms = INT64_MAX;
	assert_int_equal(reach_left_ms(&reach), -1);
	assert_int_equal(
	    reach_receive(&reach, (struct space){bytes, sizeof(bytes)}, &len),
	    VERB_GOOD);
	assert_int_equal(len, 2);
	close(peer);
	reach_close(&reach);
}

/* One that is no answer, however often it comes, is passed over. */
static bool
is_good(void *context, struct span bytes)
{
	unsigned *count = context;

	++*count;
	return bytes.len == 4 && memcmp(bytes.data, "good", 4) == 0;
}

static void
ask(void **state)
{
	struct reach reach = {.transport = TRANSPORT_UDP, .name = "peer"};
	unsigned count = 0;
	const char *why = "a reply with a wrong id";
	struct reach_question question = {
	    .question = span_of("?"),
	    .tries = 2,
	    .is_answer = is_good,
	    .passed_over = &why,
	    .context = &count,
	};
	uint8_t bytes[16];
	const struct space space = {bytes, sizeof(bytes)};
	size_t len;
	int ends[2];

	(void)state;
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends), 0);
	reach.fd = ends[0];
	assert_int_equal(write(ends[1], "bad", 3), 3);
	assert_int_equal(write(ends[1], "good", 4), 4);
	reach_renew(&reach, &plain);
	assert_int_equal(reach_ask(&reach, &question, space, &len), VERB_GOOD);
	assert_int_equal(len, 4);
	assert_int_equal(count, 2);
	assert_int_equal(write(ends[1], "bad", 3), 3);
	reach_renew(&reach, &(struct options){.timeout_ms = 200});
	assert_int_equal(
	    reach_ask(&reach, &question, space, &len), VERB_NO_REPLY);
	assert_int_equal(count, 3);
	close(ends[1]);
	reach_close(&reach);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("places: names, addresses, ports", places),
	    TEST("what is no place", no_places),
	    TEST("a stream that ends early", truncated),
	    TEST("no read past the deadline", deadline),
	    TEST("datagrams that are no answer are passed over", ask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
