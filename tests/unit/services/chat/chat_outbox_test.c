/* chat_outbox_test.c — messages come out as they went in. */
#include "services/chat/chat_outbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

/* Message NUMBER, of a length that it says itself. */
static struct chat_outbox_message
make(unsigned number, uint8_t *bytes)
{
	size_t len = 8 + number * 7919 % 1500;

	memset(bytes, (int)(number % 251), len);
	return (struct chat_outbox_message){{
	    {bytes, 4},
	    {NULL, 0},
	    {bytes + 4, len - 4},
	}};
}

static void
assert_first(const struct chat_outbox *outbox, unsigned number)
{
	static uint8_t bytes[2048];
	struct chat_outbox_message wanted = make(number, bytes), got;

	assert_true(chat_outbox_first(outbox, &got));
	for (unsigned i = 0; i < CHAT_OUTBOX_PARTS; i++) {
		assert_int_equal(got.parts[i].len, wanted.parts[i].len);
		if (got.parts[i].len != 0)
			assert_memory_equal(got.parts[i].data,
			    wanted.parts[i].data, got.parts[i].len);
	}
}

static void
comes_out_in_order(void **state)
{
	static uint8_t memory[CHAT_OUTBOX_SIZE], bytes[2048];
	struct chat_outbox outbox;
	struct chat_outbox_message message;
	unsigned in = 0, out = 0;

	(void)state;
	chat_outbox_init(&outbox, memory);
	assert_false(chat_outbox_first(&outbox, &message));
	/* Fuller and emptier in turns, over many times around. */
	for (unsigned turn = 0; turn < 40; turn++) {
		for (unsigned i = 0; i < 200 + turn * 149 % 1200; i++) {
			message = make(in, bytes);
			if (!chat_outbox_add(&outbox, &message))
				break;
			in++;
		}
		for (unsigned i = 0; i < 80 + turn * 211 % 1240 && out < in;
		     i++) {
			assert_first(&outbox, out++);
			chat_outbox_drop(&outbox);
		}
	}
	for (; out < in; out++) {
		assert_first(&outbox, out);
		chat_outbox_drop(&outbox);
	}
	assert_false(chat_outbox_first(&outbox, &message));
}

static void
takes_no_more_than_there_is_room(void **state)
{
	uint8_t *memory = malloc(CHAT_OUTBOX_SIZE);
	static uint8_t bytes[CHAT_OUTBOX_SIZE + 1];
	struct chat_outbox outbox;
	unsigned count = 0;

	(void)state;
	assert_non_null(memory);
	chat_outbox_init(&outbox, memory);
	assert_false(chat_outbox_add(
	    &outbox, &(struct chat_outbox_message){{{bytes, sizeof(bytes)}}}));
	while (chat_outbox_add(
	    &outbox, &(struct chat_outbox_message){{{bytes, 1000}}}))
		count++;
	assert_in_range(count, 1030, 1040);
	chat_outbox_drop(&outbox);
	chat_outbox_drop(&outbox);
	assert_true(chat_outbox_add(
	    &outbox, &(struct chat_outbox_message){{{bytes, 1000}}}));
	assert_false(chat_outbox_add(
	    &outbox, &(struct chat_outbox_message){{{bytes, 1000}}}));
	free(memory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("messages come out in order", comes_out_in_order),
	    TEST("no more than there is room for",
	        takes_no_more_than_there_is_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
