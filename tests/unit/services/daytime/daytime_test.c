/* daytime_test.c — door and line of RFC 867. The numbers are those of the time
 * requirements. */
#include "services/daytime/daytime.h"
#include "services/daytime/daytime_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const char *
line_of(int64_t unix_seconds)
{
	static uint8_t out[DAYTIME_LINE_LEN + 1];

	memset(out, 0, sizeof(out));
	assert_int_equal(
	    daytime_line(unix_seconds, (struct space){out, DAYTIME_LINE_LEN}),
	    26);
	return (const char *)out;
}

static void
lines(void **state)
{
	(void)state;
	assert_string_equal(line_of(0), "Thu Jan  1 00:00:00 1970\r\n");
	assert_string_equal(
	    line_of(1795226963), "Sat Nov 21 02:09:23 2026\r\n");
	assert_string_equal(line_of(951782400), "Tue Feb 29 00:00:00 2000\r\n");
	assert_string_equal(
	    line_of(2085978496), "Thu Feb  7 06:28:16 2036\r\n");
	assert_string_equal(
	    line_of(4107542399), "Sun Feb 28 23:59:59 2100\r\n");
	assert_string_equal(
	    line_of(4107542400), "Mon Mar  1 00:00:00 2100\r\n");
}

static void
limits(void **state)
{
	(void)state;
	assert_string_equal(line_of(-1), "Thu Jan  1 00:00:00 1970\r\n");
	assert_string_equal(line_of(INT64_MIN), "Thu Jan  1 00:00:00 1970\r\n");
	assert_string_equal(
	    line_of(253402300799), "Fri Dec 31 23:59:59 9999\r\n");
	assert_string_equal(line_of(INT64_MAX), "Fri Dec 31 23:59:59 9999\r\n");
}

/* SECONDS as the C library writes it. */
static void
assert_as_libc(time_t seconds)
{
	char text[64];
	struct tm parts;

	assert_non_null(gmtime_r(&seconds, &parts));
	assert_int_equal(
	    strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y\r\n", &parts),
	    26);
	assert_string_equal(line_of(seconds), text);
}

static void
every_day(void **state)
{
	const time_t day = 86400;

	(void)state;
	/* More than a whole cycle of the calendar, at both ends of a day. */
	for (time_t days = 0; days < 500 * 366; days++) {
		assert_as_libc(days * day);
		assert_as_libc(days * day + day - 1);
	}
	for (time_t second = 0; second < day; second++)
		assert_as_libc(second);
}

static void
datagrams(void **state)
{
	uint8_t bytes[100] = "anything";
	uint8_t out[DAYTIME_LINE_LEN];

	(void)state;
	for (size_t len = 0; len <= sizeof(bytes); len++) {
		struct datagram question = {.bytes = {bytes, len}};
		struct reply reply = daytime_service.answer(
		    NULL, &question, (struct space){out, sizeof(out)});

		assert_false(reply.is_silent);
		assert_int_equal(reply.len, 26);
		assert_string_equal(
		    daytime_service.outcomes[reply.outcome], "answered");
		assert_memory_equal(out + 24, "\r\n", 2);
	}
}

static void
streams(void **state)
{
	uint8_t out[DAYTIME_LINE_LEN];
	struct stream stream = {.event = STREAM_OPEN};
	struct stream_step step = daytime_service.input(
	    NULL, NULL, &stream, (struct space){out, sizeof(out)});

	(void)state;
	assert_int_equal(step.verdict, VERDICT_CLOSE);
	assert_int_equal(step.made, 26);
	assert_string_equal(daytime_service.outcomes[step.outcome], "answered");
	for (size_t i = 0; i < 24; i++)
		assert_in_range(out[i], ' ', '~');
	/* Should it be called once more, nothing is added. */
	stream.event = STREAM_BYTES;
	stream.bytes = (struct span){out, 4};
	step = daytime_service.input(
	    NULL, NULL, &stream, (struct space){out, sizeof(out)});
	assert_int_equal(step.verdict, VERDICT_CLOSE);
	assert_int_equal(step.made, 0);
	assert_int_equal(step.outcome, OUTCOME_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 40: one line of ASCII (RFC 867)", lines),
	    TEST("TIME 40: before 1970 and after 9999", limits),
	    TEST("TIME 40: every day of 500 years", every_day),
	    TEST("TIME 40: any datagram (RFC 867)", datagrams),
	    TEST("TIME 40: a connection (RFC 867)", streams),
	};

	return cmocka_run_group_tests_name("daytime", tests, NULL, NULL);
}
