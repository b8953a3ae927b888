/* time_test.c — door and wire of RFC 868. The numbers are those of the time
 * requirements. */
#include "services/time/time.h"
#include "services/time/time_wire.h"

#include "../room_fixture.h"
#include "core/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static uint8_t out[65536];

static uint32_t
wire_of(int64_t unix_seconds)
{
	assert_int_equal(
	    time_wire(unix_seconds, (struct space){out, TIME_WIRE_LEN}), 4);
	return bytes_get32be(out);
}

static void
wire(void **state)
{
	(void)state;
	/* The RFC's own examples. */
	assert_int_equal(wire_of(0), 2208988800);
	assert_int_equal(wire_of(200620800), 2409609600);
	assert_int_equal(wire_of(325641600), 2534630400);
	assert_int_equal(wire_of(421286400), 2630275200);
	assert_int_equal(wire_of(-1297728000), 911260800);
}

static void
rollover(void **state)
{
	(void)state;
	assert_int_equal(wire_of(2085978495), UINT32_MAX);
	assert_int_equal(wire_of(2085978496), 0);
	assert_int_equal(wire_of(2085978497), 1);
}

static void
assert_answered(const struct room_fixture *fixture, const void *bytes,
    size_t len, uint32_t *seconds)
{
	struct reply reply;
	const char *outcome =
	    room_fixture_ask(fixture, bytes, len, &reply, out);

	assert_string_equal(outcome, "answered");
	assert_false(reply.is_silent);
	assert_int_equal(reply.len, 4);
	*seconds = bytes_get32be(out);
}

static void
assert_silent(const struct room_fixture *fixture, const void *bytes, size_t len,
    const char *outcome)
{
	struct reply reply;

	assert_string_equal(
	    room_fixture_ask(fixture, bytes, len, &reply, out), outcome);
	assert_true(reply.is_silent);
}

static void
datagrams(void **state)
{
	struct room_fixture *fixture = room_fixture_open(&time_service, "");
	uint8_t bytes[100] = "anything";
	uint32_t seconds;

	(void)state;
	assert_string_equal(fixture->said, "");
	for (size_t len = 0; len <= sizeof(bytes); len++) {
		struct timespec now;

		assert_answered(fixture, bytes, len, &seconds);
		/* Not time(3), which may be a tick behind. */
		clock_gettime(CLOCK_REALTIME, &now);
		assert_in_range(
		    seconds, wire_of(now.tv_sec - 60), wire_of(now.tv_sec));
	}
	room_fixture_close(fixture);
}

static void
own_format(void **state)
{
	struct room_fixture *fixture = room_fixture_open(&time_service, "");
	uint8_t bytes[5] = {0};
	uint32_t seconds;

	(void)state;
	bytes_put32be(bytes, wire_of(time(NULL) - 86000));
	assert_silent(fixture, bytes, 4, "own_format");
	bytes_put32be(bytes, wire_of(time(NULL) + 86000));
	assert_silent(fixture, bytes, 4, "own_format");
	assert_answered(fixture, bytes, 3, &seconds);
	assert_answered(fixture, bytes, 5, &seconds);
	bytes_put32be(bytes, wire_of(time(NULL) + 2 * 86400));
	assert_answered(fixture, bytes, 4, &seconds);
	room_fixture_close(fixture);
}

static void
require_sync(void **state)
{
	static const struct sync_state synchronised = {.stratum = 3};
	struct room_fixture *fixture =
	    room_fixture_open(&time_service, "require_sync = true");
	uint32_t seconds;

	(void)state;
	assert_string_equal(fixture->said, "");
	assert_silent(fixture, "", 0, "unsynchronised");
	sync_publish(&fixture->sync, &synchronised, 900);
	assert_answered(fixture, "", 0, &seconds);
	room_fixture_close(fixture);
	fixture = room_fixture_open(&time_service, "require_sync = false");
	assert_answered(fixture, "", 0, &seconds);
	room_fixture_close(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 41, RFC 868: seconds since 1900", wire),
	    TEST("TIME 35, RFC 868: modulo 2^32, in 2036", rollover),
	    TEST("TIME 41, RFC 868: any datagram, an empty one too", datagrams),
	    TEST("TIME 44: silence to a time server's answer", own_format),
	    TEST("TIME 41: require_sync", require_sync),
	};

	return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
