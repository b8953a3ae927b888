/* time_test.c — door and wire of RFC 868. The numbers are those of the time
 * requirements. */
#include "services/time/time.h"
#include "services/time/time_wire.h"

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

static uint32_t
wire_of(int64_t unix_seconds)
{
	uint8_t out[TIME_WIRE_LEN];

	assert_int_equal(
	    time_wire(unix_seconds, (struct space){out, sizeof(out)}), 4);
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
assert_is_now(const uint8_t *bytes)
{
	/* Not time(3), which may be a tick behind the clock that was read. */
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	assert_in_range(bytes_get32be(bytes), wire_of(now.tv_sec - 60),
	    wire_of(now.tv_sec));
}

static void
datagrams(void **state)
{
	uint8_t bytes[100] = "anything";
	uint8_t out[TIME_WIRE_LEN];

	(void)state;
	for (size_t len = 0; len <= sizeof(bytes); len++) {
		struct datagram question = {.bytes = {bytes, len}};
		struct reply reply = time_service.answer(
		    NULL, &question, (struct space){out, sizeof(out)});

		assert_false(reply.is_silent);
		assert_int_equal(reply.len, 4);
		assert_string_equal(
		    time_service.outcomes[reply.outcome], "answered");
		assert_is_now(out);
	}
}

static void
streams(void **state)
{
	uint8_t out[TIME_WIRE_LEN];
	struct stream stream = {.event = STREAM_OPEN};
	struct stream_step step = time_service.input(
	    NULL, NULL, &stream, (struct space){out, sizeof(out)});

	(void)state;
	assert_int_equal(step.verdict, VERDICT_CLOSE);
	assert_int_equal(step.made, 4);
	assert_string_equal(time_service.outcomes[step.outcome], "answered");
	assert_is_now(out);
	/* Should it be called once more, nothing is added. */
	stream.event = STREAM_BYTES;
	stream.bytes = (struct span){out, 4};
	step = time_service.input(
	    NULL, NULL, &stream, (struct space){out, sizeof(out)});
	assert_int_equal(step.verdict, VERDICT_CLOSE);
	assert_int_equal(step.made, 0);
	assert_int_equal(step.outcome, OUTCOME_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 41: seconds since 1900 (RFC 868)", wire),
	    TEST("TIME 41: modulo 2^32, in 2036 (RFC 868)", rollover),
	    TEST(
	        "TIME 41: any datagram, an empty one too (RFC 868)", datagrams),
	    TEST("TIME 41: a connection (RFC 868)", streams),
	};

	return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
