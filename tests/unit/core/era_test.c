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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 35, RFC 5905 §6: the era ends in 2036", seconds),
	    TEST("RFC 5905 §6: stamps of 64 bits, rounded down", stamps),
	    TEST("four bytes within a day of now, in any era", answers),
	    TEST("other lengths are no answer", other_lengths),
	};

	return cmocka_run_group_tests_name("era", tests, NULL, NULL);
}
