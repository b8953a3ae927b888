/* chat_line_test.c — where lines end. */
#include "services/chat/chat_line.h"

#include "chat_fixture.h"

/* All lines of LEN bytes at BYTES that come in pieces of SIZE bytes, each
 * behind a |, those that were cut with a !, to OUT. */
static void
read_all(const char *bytes, size_t len, size_t size, bool is_end, char *out)
{
	struct chat_line line = {0};
	struct span left = {(const uint8_t *)bytes, 0};

	*out = '\0';
	for (size_t come = 0; come <= len; come += size) {
		bool is_last = is_end && come + size > len;

		left.len = (size_t)((const uint8_t *)bytes +
		                    (is_last ? len : come) - left.data);
		for (;;) {
			struct chat_line_piece piece =
			    chat_line_next(&line, left, is_last);

			if (piece.used == 0)
				break;
			left.data += piece.used;
			left.len -= piece.used;
			if (piece.is_line)
				out += sprintf(out, "%s%.*s",
				    piece.is_cut ? "!" : "|",
				    (int)piece.text.len,
				    (const char *)piece.text.data);
		}
	}
}

static const char *
lines_of(const char *bytes, size_t len, bool is_end)
{
	static char whole[8192], pieces[8192];

	read_all(bytes, len, len + 1, is_end, whole);
	if (!is_end)
		read_all(bytes, len, len == 0 ? 1 : len, is_end, whole);
	for (size_t size = 1; size < len && size < 40; size++) {
		if (!is_end && len % size != 0)
			continue;
		read_all(bytes, len, size, is_end, pieces);
		assert_string_equal(whole, pieces);
	}
	return whole;
}

static void
ends(void **state)
{
	(void)state;
	assert_string_equal(lines_of("a\nb\r\n\nc", 8, false), "|a|b|");
	assert_string_equal(lines_of("a\nb\r\n\nc", 8, true), "|a|b||c");
	assert_string_equal(lines_of("a\rb\r\r\n", 6, false), "|a\rb\r");
	assert_string_equal(lines_of("", 0, true), "");
	assert_string_equal(lines_of("\n\n", 2, true), "||");
}

/* COUNT times LETTER, and what comes BEHIND. */
static const char *
long_line(size_t count, char letter, const char *behind)
{
	static char text[4096];

	memset(text, letter, count);
	memcpy(text + count, behind, strlen(behind) + 1);
	return text;
}

static void
expect_long(size_t count, const char *behind, bool is_end, size_t kept,
    const char *mark, const char *rest)
{
	const char *text = long_line(count, 'x', behind);
	const char *made = lines_of(text, strlen(text), is_end);

	assert_memory_equal(made, mark, 1);
	assert_int_equal(strspn(made + 1, "x"), kept);
	assert_string_equal(made + 1 + kept, rest);
}

static void
long_lines(void **state)
{
	(void)state;
	expect_long(1024, "\nb\n", false, 1024, "|", "|b");
	expect_long(1024, "\r\nb\n", false, 1024, "|", "|b");
	expect_long(1024, "", true, 1024, "|", "");
	expect_long(1025, "\nb\n", false, 1019, "!", "|b");
	expect_long(1025, "\r\nb\n", false, 1019, "!", "|b");
	expect_long(3000, "\nb\n", false, 1019, "!", "|b");
	expect_long(3000, "yy\nb", true, 1019, "!", "|b");
	expect_long(3000, "", true, 1019, "!", "");
}

static void
cut_between_sequences(void **state)
{
	(void)state;
	expect_long(1016,
	    "\xe2\x82\xac"
	    "yyyyyyyyyy\n",
	    false, 1016, "!", "\xe2\x82\xac");
	/* Byte 1020 would be in the middle of the euro. */
	expect_long(1017,
	    "\xe2\x82\xac"
	    "yyyyyyyyyy\n",
	    false, 1017, "!", "");
	expect_long(1018,
	    "\xe2\x82\xac"
	    "yyyyyyyyyy\n",
	    false, 1018, "!", "");
}

static void
lines_without_ends(void **state)
{
	struct chat_line line = {0};
	struct chat_line_piece piece =
	    chat_line_next(&line, SPAN("anna"), false);

	(void)state;
	assert_int_equal(piece.used, 0);
	assert_false(line.has_ends);
	piece = chat_line_next(&line, SPAN("anna"), true);
	assert_true(piece.is_line);
	assert_int_equal(piece.used, 4);
	assert_false(line.has_ends);
	piece = chat_line_next(&line, SPAN("hi\n"), false);
	assert_true(piece.is_line && line.has_ends);
	/* What was dropped ends with the quiet too. */
	const char *text = long_line(2000, 'x', "");

	line = (struct chat_line){0};
	piece = chat_line_next(&line, SPAN(text), false);
	assert_true(piece.is_cut && line.is_dropping);
	piece = chat_line_next(&line, SPAN("yy"), true);
	assert_int_equal(piece.used, 2);
	assert_false(piece.is_line || line.is_dropping);
	piece = chat_line_next(&line, SPAN("next"), true);
	assert_int_equal(piece.text.len, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("lines end at \\n and \\r\\n, however they come", ends),
	    TEST("long lines are cut, and only they", long_lines),
	    TEST("cut between sequences of UTF-8", cut_between_sequences),
	    TEST("lines without ends", lines_without_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
