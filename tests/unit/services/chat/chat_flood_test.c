/* chat_flood_test.c — how fast a person may talk, by a clock of the test's. */
#include "services/chat/chat_flood.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

static const struct chat_flood_rate usual = {1, 5};

/* How many of COUNT lines at once pass. */
static unsigned
passed(struct chat_flood *flood, const struct chat_flood_rate *rate,
    unsigned count, uint64_t now_ms)
{
	unsigned sum = 0;

	while (count-- > 0)
		sum += chat_flood_line(flood, rate, now_ms) == CHAT_FLOOD_PASS;
	return sum;
}

static void
five_at_once_then_one_a_second(void **state)
{
	struct chat_flood flood = {0};
	uint64_t now = 123456;

	(void)state;
	assert_int_equal(passed(&flood, &usual, 10, now), 5);
	assert_int_equal(passed(&flood, &usual, 1, now + 999), 0);
	assert_int_equal(passed(&flood, &usual, 2, now + 1000), 1);
	assert_int_equal(passed(&flood, &usual, 5, now + 4000), 3);
	/* Who pauses has five at once again, and no more. */
	assert_int_equal(passed(&flood, &usual, 10, now + 86400000), 5);
}

static void
one_a_second_is_fine_for_ever(void **state)
{
	struct chat_flood flood = {0};

	(void)state;
	for (uint64_t now = 0; now < 100000; now += 1000)
		assert_int_equal(
		    chat_flood_line(&flood, &usual, now), CHAT_FLOOD_PASS);
}

static void
one_warning_a_run_and_out_at_twenty_over(void **state)
{
	struct chat_flood flood = {0};
	uint64_t now = 1;

	(void)state;
	for (unsigned run = 0; run < 2; run++, now += 5000) {
		assert_int_equal(passed(&flood, &usual, 5, now), 5);
		assert_int_equal(
		    chat_flood_line(&flood, &usual, now), CHAT_FLOOD_WARN);
		for (unsigned i = 2; i < CHAT_FLOOD_OVER_MAX; i++)
			assert_int_equal(chat_flood_line(&flood, &usual, now),
			    CHAT_FLOOD_DROP);
	}
	now -= 5000;
	assert_int_equal(chat_flood_line(&flood, &usual, now), CHAT_FLOOD_KICK);
}

/* A line that passes now and then is no pause. */
static void
a_slow_flood_ends_as_well(void **state)
{
	struct chat_flood flood = {0};
	unsigned lines = 0;
	enum chat_flood_verdict verdict = CHAT_FLOOD_PASS;

	(void)state;
	for (uint64_t now = 0; verdict != CHAT_FLOOD_KICK; now += 500) {
		verdict = chat_flood_line(&flood, &usual, now);
		assert_true(++lines < 60);
	}
}

static void
no_rate_is_no_limit(void **state)
{
	struct chat_flood flood = {0};
	const struct chat_flood_rate none = {0, 5};

	(void)state;
	assert_int_equal(passed(&flood, &none, 100000, 1), 100000);
}

static void
numbers_at_their_ends(void **state)
{
	struct chat_flood flood = {0};
	const struct chat_flood_rate most = {1000000, 1000000}, least = {1, 1};

	(void)state;
	assert_int_equal(passed(&flood, &most, 1000001, 5), 1000000);
	/* A clock that stands still or goes back pays nothing. */
	assert_int_equal(passed(&flood, &most, 1, 4), 0);
	assert_int_equal(passed(&flood, &most, 1, UINT64_MAX), 1);
	flood = (struct chat_flood){0};
	assert_int_equal(passed(&flood, &least, 3, UINT64_MAX), 1);
}

static void
who_waits_as_long_as_it_takes_is_heard(void **state)
{
	static const struct chat_flood_rate rates[] = {
	    {1, 5}, {1, 1}, {3, 2}, {7, 4}, {0, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++) {
		struct chat_flood flood = {0};
		uint64_t now = 5;

		for (unsigned line = 0; line < 100; line++) {
			uint64_t wait =
			    chat_flood_wait_ms(&flood, &rates[i], now);
			struct chat_flood early = flood;

			if (wait > 0)
				assert_int_not_equal(
				    chat_flood_line(
				        &early, &rates[i], now + wait - 1),
				    CHAT_FLOOD_PASS);
			now += wait;
			assert_int_equal(
			    chat_flood_line(&flood, &rates[i], now),
			    CHAT_FLOOD_PASS);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("five lines at once, then one a second",
	        five_at_once_then_one_a_second),
	    TEST("one line a second for ever", one_a_second_is_fine_for_ever),
	    TEST("one warning a run, out at twenty over",
	        one_warning_a_run_and_out_at_twenty_over),
	    TEST("a slow flood ends as well", a_slow_flood_ends_as_well),
	    TEST("no rate is no limit", no_rate_is_no_limit),
	    TEST("numbers at their ends", numbers_at_their_ends),
	    TEST("who waits as long as it takes is heard",
	        who_waits_as_long_as_it_takes_is_heard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
