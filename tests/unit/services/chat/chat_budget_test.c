/* chat_budget_test.c — how much of a broker is read. */
#include "services/chat/chat_budget.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

/* Bytes of packets of LEN that may be read now. */
static size_t
read_all(struct chat_budget *budget, size_t len)
{
	size_t count = 0;

	for (; chat_budget_is_left(budget); count += len)
		chat_budget_spend(budget, len);
	return count;
}

static void
a_second_is_kept(void **state)
{
	struct chat_budget budget = {.filled_ms = 5000};
	const size_t most = CHAT_BUDGET_PER_SECOND;

	(void)state;
	assert_int_equal(read_all(&budget, 1000), 0);
	chat_budget_fill(&budget, 5100);
	assert_in_range(read_all(&budget, 10000), most / 11, most / 9);
	chat_budget_fill(&budget, 1000000);
	chat_budget_fill(&budget, 2000000);
	assert_in_range(
	    read_all(&budget, 10000), most - most / 50, most + 10000);
}

/* A packet is read whole, and the next ones later. */
static void
what_is_longer_is_owed(void **state)
{
	struct chat_budget budget = {.filled_ms = 0};

	(void)state;
	chat_budget_fill(&budget, 1);
	chat_budget_spend(&budget, 1 << 20);
	chat_budget_fill(&budget, 400);
	assert_false(chat_budget_is_left(&budget));
	chat_budget_fill(&budget, 600);
	assert_true(chat_budget_is_left(&budget));
}

static void
empty_packets_cost_too(void **state)
{
	struct chat_budget budget = {.filled_ms = 0};
	unsigned count = 0;

	(void)state;
	for (chat_budget_fill(&budget, 1000); chat_budget_is_left(&budget);
	     count++)
		chat_budget_spend(&budget, 0);
	assert_in_range(count, 20000, 21000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("what is not read is kept for a second", a_second_is_kept),
	    TEST("a long packet is paid for later", what_is_longer_is_owed),
	    TEST("packets with nothing in them cost too",
	        empty_packets_cost_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
