/* plain_test.c — text from the network on a terminal. */
#include "client/plain.h"

#include "core/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static uint8_t room[4096];

/* TEXT of LEN bytes, harmless, in ROOM; its length. */
static size_t
make(const char *text, size_t len)
{
	return plain_text((struct span){(const uint8_t *)text, len},
	    (struct space){room, sizeof(room)});
}

static void
assert_plain(const char *text, const char *expected)
{
	size_t len = make(text, strlen(text));

	assert_int_equal(len, strlen(expected));
	assert_memory_equal(room, expected, len);
}

static void
test_text_stays_as_it_is(void **state)
{
	(void)state;
	assert_plain("", "");
	assert_plain("Hello, \\x1b world\t!", "Hello, \\x1b world\t!");
	/* Letters of two, three and four bytes. */
	assert_plain("Grüße, €, 🙂", "Grüße, €, 🙂");
}

static void
test_each_ascii_character(void **state)
{
	(void)state;
	for (unsigned c = 0; c < 0x80; c++) {
		char text[2] = {(char)c, '\0'}, expected[8];
		bool is_harmless = c == '\t' || (c >= ' ' && c < 0x7f);

		snprintf(expected, sizeof(expected),
		    is_harmless ? "%c" : "\\x%02x", c);
		assert_int_equal(make(text, 1), strlen(expected));
		assert_memory_equal(room, expected, strlen(expected));
	}
}

static void
test_what_would_steer_a_terminal(void **state)
{
	(void)state;
	assert_plain("\x1b[2Jx", "\\x1b[2Jx");
	/* C1: CSI in UTF-8, and as a byte of its own. */
	assert_plain("\xc2\x9b"
	             "2J",
	    "\\xc2\\x9b2J");
	assert_plain("\x9b"
	             "2J",
	    "\\x9b2J");
	assert_plain("a\r\nb\x7f", "a\\x0d\\x0ab\\x7f");
	/* UAX #9: right-to-left override, isolate, mark. */
	assert_plain("\u202e"
	             "abc",
	    "\\xe2\\x80\\xaeabc");
	assert_plain("\u2066", "\\xe2\\x81\\xa6");
	assert_plain("\u200f\u061c", "\\xe2\\x80\\x8f\\xd8\\x9c");
	/* Separators of lines and paragraphs. */
	assert_plain("\u2028\u2029", "\\xe2\\x80\\xa8\\xe2\\x80\\xa9");
}

static void
test_what_is_no_utf8(void **state)
{
	(void)state;
	/* Alone, cut short, overlong, a surrogate, beyond Unicode. */
	assert_plain("\xff"
	             "a",
	    "\\xffa");
	assert_plain("\xe2\x82", "\\xe2\\x82");
	assert_plain("\xc0\xaf", "\\xc0\\xaf");
	assert_plain("\xed\xa0\x80", "\\xed\\xa0\\x80");
	assert_plain("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
}

/* What does not fit whole is left out, and never half of it. */
static void
test_room_that_is_short(void **state)
{
	static const uint8_t text[] = "a\x1b€";

	(void)state;
	for (size_t cap = 0; cap < 12; cap++) {
		size_t expected = cap == 0 ? 0 : cap < 5 ? 1 : cap < 8 ? 5 : 8;

		memset(room, 'z', sizeof(room));
		assert_int_equal(
		    plain_text((struct span){text, sizeof(text) - 1},
		        (struct space){room, cap}),
		    expected);
		for (size_t i = expected; i < 16; i++)
			assert_int_equal(room[i], 'z');
	}
}

/* Of any bytes, what is made is harmless, and made again it stays. */
static void
test_any_bytes(void **state)
{
	uint32_t seed = 12345;
	char text[64];
	uint8_t once[sizeof(text) * PLAIN_MAX];

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		for (size_t i = 0; i < sizeof(text); i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = (char)(seed >> 24);
		}
		size_t len = make(text, sizeof(text));

		assert_true(len <= sizeof(once));
		memcpy(once, room, len);
		for (size_t i = 0; i < len; i++)
			assert_true(once[i] == '\t' ||
			            (once[i] >= ' ' && once[i] != 0x7f));
		assert_int_equal(make((const char *)once, len), len);
		assert_memory_equal(room, once, len);
	}
}

/* What WRITE makes of TEXT; the caller frees it. */
static char *
written(void (*write)(FILE *, struct span), const char *text)
{
	char *made = NULL;
	size_t len;
	FILE *file = open_memstream(&made, &len);

	assert_non_null(file);
	write(file, span_of(text));
	fclose(file);
	return made;
}

static void
test_lines(void **state)
{
	char *made = written(plain_write, "a\n\x1b\r\n");

	(void)state;
	assert_string_equal(made, "a\\x0a\\x1b\\x0d\\x0a");
	free(made);
	made = written(plain_write_lines, "a\n\x1b\r\nb\rc\n\r\n\n");
	assert_string_equal(made, "a\n\\x1b\nb\\x0dc\n\n\n");
	free(made);
	made = written(plain_write_lines, "no end\r");
	assert_string_equal(made, "no end\\x0d");
	free(made);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_text_stays_as_it_is),
	    cmocka_unit_test(test_each_ascii_character),
	    cmocka_unit_test(test_what_would_steer_a_terminal),
	    cmocka_unit_test(test_what_is_no_utf8),
	    cmocka_unit_test(test_room_that_is_short),
	    cmocka_unit_test(test_any_bytes),
	    cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
