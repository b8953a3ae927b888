/* chat_backoff_test.c — how long the broker is left alone. */
#include "services/chat/chat_backoff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

static void
doubles_up_to_a_minute(void **state)
{
	static const uint32_t wanted[] = {
	    1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
	struct chat_backoff backoff = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		assert_int_equal(chat_backoff_next(&backoff, 0, 0), wanted[i]);
	/* Brief connections change nothing; good ones do. */
	assert_int_equal(chat_backoff_next(&backoff, 9999, 0), 60000);
	assert_int_equal(chat_backoff_next(&backoff, 10000, 0), 1000);
}

/* A good one forgives; one that did not come about counts for neither. */
static void
brief_connections_are_vain(void **state)
{
	struct chat_backoff backoff = {0};

	(void)state;
	assert_int_equal(chat_backoff_next(&backoff, 1, 0), 1000);
	assert_false(chat_backoff_is_vain(&backoff));
	assert_int_equal(chat_backoff_next(&backoff, 0, 0), 2000);
	assert_false(chat_backoff_is_vain(&backoff));
	assert_int_equal(chat_backoff_next(&backoff, 9999, 0), 60000);
	assert_true(chat_backoff_is_vain(&backoff));
	assert_int_equal(chat_backoff_next(&backoff, 10000, 0), 1000);
	assert_false(chat_backoff_is_vain(&backoff));
	assert_int_equal(chat_backoff_next(&backoff, 1, 0), 2000);
	assert_false(chat_backoff_is_vain(&backoff));
}

static void
chance_takes_a_quarter_at_most(void **state)
{
	(void)state;
	for (uint32_t random = 0; random < 100000; random += 77) {
		struct chat_backoff backoff = {0};
		uint32_t wait = chat_backoff_next(&backoff, 0, random);

		assert_in_range(wait, 750, 1000);
		backoff.wait_ms = 60000;
		assert_in_range(chat_backoff_next(&backoff, 0, random * 40503),
		    45000, 60000);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("the wait doubles up to a minute", doubles_up_to_a_minute),
	    TEST("connections that do not last are tried rarely",
	        brief_connections_are_vain),
	    TEST("chance takes a quarter of it at most",
	        chance_takes_a_quarter_at_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
