/* era_test.c — time since 1900. */
#include "core/era.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

/* 2036-02-07T06:28:16Z. */
static const int64_t rollover = 2085978496;

static void
seconds(void **state)
{
	(void)state;
	assert_int_equal(era_seconds(0), 2208988800);
	assert_int_equal(era_seconds(rollover - 1), UINT32_MAX);
	assert_int_equal(era_seconds(rollover), 0);
	assert_int_equal(era_seconds(rollover + 1), 1);
}

static void
stamps(void **state)
{
	const uint64_t second_ns = 1000000000;

	(void)state;
	assert_true(era_stamp(0) == UINT64_C(2208988800) << 32);
	assert_true(era_stamp(second_ns / 2) == era_stamp(0) + (1U << 31));
	assert_true(era_stamp(second_ns - 1) == era_stamp(0) + 0xfffffffb);
	assert_true(era_stamp((uint64_t)rollover * second_ns) == 0);
	assert_true(era_stamp((uint64_t)rollover * second_ns + second_ns / 4) ==
	            1U << 30);
}

static bool
is_answer(uint32_t value, int64_t unix_seconds)
{
	uint8_t bytes[4];

	bytes_put32be(bytes, value);
	return era_is_answer((struct span){bytes, 4}, unix_seconds);
}

static void
answers(void **state)
{
	const uint32_t day = 86400;

	(void)state;
	for (int64_t now = rollover - 2; now < rollover + 2; now++) {
		uint32_t value = era_seconds(now);

		assert_true(is_answer(value, now));
		assert_true(is_answer(value + day, now));
		assert_true(is_answer(value - day, now));
		assert_false(is_answer(value + day + 1, now));
		assert_false(is_answer(value - day - 1, now));
		assert_false(is_answer(value ^ 0x80000000, now));
	}
}

static void
other_lengths(void **state)
{
	uint8_t bytes[8] = {0};

	(void)state;
	for (size_t len = 0; len <= sizeof(bytes); len++)
		assert_int_equal(
		    era_is_answer((struct span){bytes, len}, rollover),
		    len == 4);
}

static void
the_nearest(void **state)
{
	static const int64_t nears[] = {
	    0, 1795293287, INT64_C(2085978495), INT64_C(4294967296 * 3)};

	(void)state;
	for (size_t i = 0; i < sizeof(nears) / sizeof(nears[0]); i++) {
		int64_t near = nears[i], half = INT64_C(1) << 31;

		for (int64_t far = -1; far <= 1; far++) {
			assert_int_equal(
			    era_unix_seconds(era_seconds(near + far), near),
			    near + far);
		}
		assert_int_equal(
		    era_unix_seconds(era_seconds(near + half - 1), near),
		    near + half - 1);
		assert_int_equal(
		    era_unix_seconds(era_seconds(near - half), near),
		    near - half);
	}
	/* RFC 868's own examples. */
	assert_int_equal(era_unix_seconds(2208988800U, 0), 0);
	assert_int_equal(era_unix_seconds(2524521600U, 0), 315532800);
	assert_int_equal(era_unix_seconds(0, rollover), rollover);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 35, RFC 5905 §6: the era ends in 2036", seconds),
	    TEST("RFC 5905 §6: stamps of 64 bits, rounded down", stamps),
	    TEST("four bytes within a day of now, in any era", answers),
	    TEST("other lengths are no answer", other_lengths),
	    TEST("of all eras the nearest", the_nearest),
	};

	return cmocka_run_group_tests_name("era", tests, NULL, NULL);
}
