/* discard_test.c — the Discard Protocol, RFC 863. The numbers are those of the
 * time requirements. */
#include "services/discard/discard.h"

#include "../split.h"

#include <stddef.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const char text[] = "whatever\r\nis sent\0, it is dropped";

static void
silence(void **state)
{
	static uint8_t bytes[65507];

	(void)state;
	for (size_t len = 0; len <= sizeof(bytes); len += 4367) {
		struct datagram question = {.bytes = {bytes, len}};
		struct reply reply = discard_service.answer(
		    NULL, &question, (struct space){NULL, 0});

		assert_true(reply.is_silent);
		assert_string_equal(
		    discard_service.outcomes[reply.outcome], "discarded");
	}
}

static void
every_split(void **state)
{
	const struct split split = {.service = &discard_service};
	struct split_end end = split_check(&split, text, sizeof(text));

	(void)state;
	assert_int_equal(end.len, 0);
	assert_int_equal(end.verdict, VERDICT_DONE);
	assert_string_equal(discard_service.outcomes[1], "session_ended");
	assert_int_equal(end.outcomes[1], 1);
	free(end.bytes);
}

/* The worker drops it before the room could see it. */
static void
reads_on(void **state)
{
	const struct stream stream = {.event = STREAM_BYTES, .idle_ms = 5000};
	struct stream_step step =
	    discard_service.input(NULL, NULL, &stream, (struct space){NULL, 0});

	(void)state;
	assert_true((discard_service.needs & NEED_NO_INPUT) != 0);
	assert_int_equal(step.verdict, VERDICT_READ);
	assert_int_equal(step.made, 0);
	assert_int_equal(step.timeout_ms, 5000);
}

static void
idle_connection_is_closed(void **state)
{
	const struct stream stream = {.event = STREAM_TIMEOUT};
	struct stream_step step =
	    discard_service.input(NULL, NULL, &stream, (struct space){NULL, 0});

	(void)state;
	assert_int_equal(step.verdict, VERDICT_CLOSE);
	assert_string_equal(
	    discard_service.outcomes[step.outcome], "session_idle");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 39, RFC 863: no datagram gets a reply", silence),
	    TEST("TIME 39, RFC 863: nothing is sent, however input is split",
	        every_split),
	    TEST("TIME 39: what is dropped puts the idle limit off", reads_on),
	    TEST("TIME 47: an idle connection is closed",
	        idle_connection_is_closed),
	};

	return cmocka_run_group_tests_name("discard", tests, NULL, NULL);
}
