/* chat_inbox_test.c — bytes → lines. */
#include "client/chat/chat_inbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

static void
put(struct chat_inbox *inbox, const char *bytes, size_t len)
{
	struct space space = chat_inbox_space(inbox);

	assert_true(len <= space.cap);
	memcpy(space.data, bytes, len);
	chat_inbox_put(inbox, len);
}

/* All lines of BYTES that come in pieces of SIZE, each behind a |. */
static void
read_all(const char *bytes, size_t size, char *out)
{
	struct chat_inbox inbox = {0};
	size_t len = strlen(bytes);
	struct span line;

	*out = '\0';
	for (size_t come = 0; come < len; come += size) {
		size_t piece = size < len - come ? size : len - come;

		put(&inbox, bytes + come, piece);
		while (chat_inbox_next(&inbox, come + piece == len, &line))
			out += sprintf(out, "|%.*s", (int)line.len,
			    (const char *)line.data);
	}
	assert_false(chat_inbox_has_rest(&inbox));
}

static void
lines_are_the_same_in_any_pieces(void **state)
{
	static const char bytes[] = "one\ntwo\r\n\nfo\rur\n\r\nlast";
	char out[64];

	(void)state;
	for (size_t size = 1; size <= sizeof(bytes); size++) {
		read_all(bytes, size, out);
		assert_string_equal(out, "|one|two||fo\rur||last");
	}
}

static void
what_has_no_end_waits_for_it(void **state)
{
	struct chat_inbox inbox = {0};
	struct span line;

	(void)state;
	assert_false(chat_inbox_next(&inbox, true, &line));
	put(&inbox, "ann", 3);
	assert_false(chat_inbox_next(&inbox, false, &line));
	assert_true(chat_inbox_has_rest(&inbox));
	assert_false(inbox.has_ends);
	put(&inbox, "a", 1);
	assert_true(chat_inbox_next(&inbox, true, &line));
	assert_int_equal(line.len, 4);
	assert_memory_equal(line.data, "anna", 4);
	assert_false(inbox.has_ends);
	put(&inbox, "x\ny", 3);
	assert_true(chat_inbox_next(&inbox, false, &line));
	assert_int_equal(line.len, 1);
	assert_true(inbox.has_ends);
	assert_false(chat_inbox_next(&inbox, false, &line));
}

static void
a_line_without_end_is_cut_between_characters(void **state)
{
	static const char euro[] = "\xe2\x82\xac";
	struct chat_inbox inbox = {0};
	struct span line;
	size_t in = 0, out = 0;

	(void)state;
	for (int i = 0; i < 9999; i++) {
		/* One byte at a time. */
		put(&inbox, euro + in % 3, 1);
		in++;
		while (chat_inbox_next(&inbox, false, &line)) {
			assert_int_equal(line.len % 3, 0);
			assert_memory_equal(line.data, euro, 3);
			out += line.len;
		}
	}
	assert_true(chat_inbox_next(&inbox, true, &line));
	assert_int_equal(out + line.len, in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("lines are the same in any pieces",
	        lines_are_the_same_in_any_pieces),
	    TEST("what has no end waits for it", what_has_no_end_waits_for_it),
	    TEST("a line without end is cut between characters",
	        a_line_without_end_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
