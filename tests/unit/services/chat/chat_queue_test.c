/* chat_queue_test.c — lines for one person alone. */
#include "services/chat/chat_queue.h"

#include "chat_fixture.h"

static void
expect(const struct chat_queue *queue, const char *text, uint64_t at)
{
	struct span line;
	uint64_t place;

	assert_true(chat_queue_first(queue, &line, &place));
	assert_int_equal(line.len, strlen(text));
	assert_memory_equal(line.data, text, line.len);
	assert_int_equal(place, at);
}

static void
first_in_first_out(void **state)
{
	struct memory_fixture used = {0};
	const struct chat_memory memory = MEMORY_FIXTURE(&used);
	struct chat_queue queue = {0};
	struct span line;
	uint64_t place;

	(void)state;
	assert_false(chat_queue_first(&queue, &line, &place));
	chat_queue_add(&queue, &memory, 7, SPAN("one\n"));
	chat_queue_add(&queue, &memory, UINT64_MAX, SPAN("two\n"));
	expect(&queue, "one\n", 7);
	chat_queue_drop(&queue, &memory);
	expect(&queue, "two\n", UINT64_MAX);
	chat_queue_add(&queue, &memory, 9, SPAN("three\n"));
	chat_queue_rebase(&queue);
	expect(&queue, "two\n", 0);
	chat_queue_drop(&queue, &memory);
	expect(&queue, "three\n", 0);
	assert_int_equal(used.blocks, 1);
	chat_queue_drop(&queue, &memory);
	assert_int_equal(used.blocks, 0);
	assert_false(chat_queue_first(&queue, &line, &place));
	chat_queue_clear(&queue, &memory);
}

/* While some are taken and some come, it moves what it has; it never has more
 * than it may. */
static void
bounded(void **state)
{
	struct memory_fixture used = {0};
	const struct chat_memory memory = MEMORY_FIXTURE(&used);
	struct chat_queue queue = {0};
	char text[1200];
	unsigned in = 0, out = 0;

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		unsigned come = round % 3, go = round % 4;

		while (come-- > 0 && queue.skipped == 0) {
			snprintf(text, sizeof(text), "%u %0*d\n", in,
			    (int)(in * 37 % 1000), 0);
			chat_queue_add(&queue, &memory, in, SPAN(text));
			in += queue.skipped == 0;
		}
		while (go-- > 1 && out < in) {
			snprintf(text, sizeof(text), "%u %0*d\n", out,
			    (int)(out * 37 % 1000), 0);
			expect(&queue, text, out++);
			chat_queue_drop(&queue, &memory);
		}
		if (out == in)
			queue.skipped = 0; /* as who has told of them */
		assert_true(queue.cap <= CHAT_QUEUE_MAX);
		assert_true(used.blocks <= 1);
	}
	assert_true(out > 500);
	chat_queue_clear(&queue, &memory);
	assert_int_equal(used.blocks, 0);
}

static void
full(void **state)
{
	struct memory_fixture used = {0};
	const struct chat_memory memory = MEMORY_FIXTURE(&used);
	struct chat_queue queue = {0};
	char text[1001];

	(void)state;
	memset(text, 'x', 1000);
	text[1000] = '\0';
	for (unsigned i = 0; i < 20; i++)
		chat_queue_add(&queue, &memory, i, SPAN(text));
	assert_int_equal(queue.skipped, 12);
	/* Short ones do not overtake what is missing. */
	chat_queue_add(&queue, &memory, 20, SPAN("x"));
	assert_int_equal(queue.skipped, 13);
	chat_queue_clear(&queue, &memory);
	assert_int_equal(queue.skipped, 0);
	assert_int_equal(used.blocks, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("first in, first out", first_in_first_out),
	    TEST("bounded, however it is used", bounded),
	    TEST("full: what does not fit is counted", full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
