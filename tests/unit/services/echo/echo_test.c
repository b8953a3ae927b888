/* echo_test.c — the Echo Protocol, RFC 862. The numbers are those of the time
 * requirements. */
#include "services/echo/echo.h"

#include "../split.h"

#include <stddef.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static uint8_t bytes[70000], out_bytes[70000];

static void
every_length_comes_back(void **state)
{
	static const size_t lengths[] = {0, 1, 512, 1472, 65507};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct datagram question = {.bytes = {bytes, lengths[i]}};
		struct reply reply = echo_service.answer(NULL, &question,
		    (struct space){out_bytes, echo_service.datagram_max});

		assert_false(reply.is_silent);
		assert_int_equal(reply.len, lengths[i]);
		assert_memory_equal(out_bytes, bytes, lengths[i]);
	}
}

static struct stream_step
step(enum stream_event event, size_t from, size_t len, size_t cap)
{
	struct stream stream = {.event = event, .bytes = {bytes + from, len}};

	return echo_service.input(
	    NULL, NULL, &stream, (struct space){out_bytes, cap});
}

static void
no_more_than_there_is_room_for(void **state)
{
	struct stream_step got = step(STREAM_BYTES, 0, 10000, 4096);

	(void)state;
	assert_int_equal(got.verdict, VERDICT_READ);
	assert_int_equal(got.used, 4096);
	assert_int_equal(got.made, 4096);
	assert_memory_equal(out_bytes, bytes, 4096);
}

static void
half_close_gets_the_rest_back(void **state)
{
	(void)state;
	struct stream_step got = step(STREAM_EOF, 0, 5000, 4096);

	assert_int_equal(got.verdict, VERDICT_READ);
	got = step(STREAM_EOF, 4096, 904, 4096);
	assert_int_equal(got.used, 904);
	assert_int_equal(got.verdict, VERDICT_DONE);
	assert_string_equal(
	    echo_service.outcomes[got.outcome], "session_ended");
}

static void
every_split(void **state)
{
	const struct split split = {.service = &echo_service};

	(void)state;
	split_expect(&split, bytes, 60, bytes, 60);
	split_expect(&split, bytes, 0, bytes, 0);
	split_expect(&split, bytes, 300, bytes, 300);
}

static void
idle_connection_is_closed(void **state)
{
	(void)state;
	assert_int_equal(
	    step(STREAM_TIMEOUT, 0, 0, 4096).verdict, VERDICT_CLOSE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 38, RFC 862: a datagram of every length comes back",
	        every_length_comes_back),
	    TEST("TIME 37: no more than there is room for",
	        no_more_than_there_is_room_for),
	    TEST("TIME 37, RFC 862: who has shut down gets the rest back",
	        half_close_gets_the_rest_back),
	    TEST("TIME 37: the same back, however it is split", every_split),
	    TEST("TIME 47: an idle connection is closed",
	        idle_connection_is_closed),
	};

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 31);
	return cmocka_run_group_tests_name("echo", tests, NULL, NULL);
}
