/* chargen_text_test.c — the text of RFC 864. The numbers are those of the time
 * requirements. */
#include "services/chargen/chargen_text.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

enum { ALL = CHARGEN_TEXT_LINE * CHARGEN_TEXT_LINES };

/* RFC 864, "Data Syntax": the first lines and two of those that go round. */
static void
lines(void **state)
{
	static const struct {
		unsigned line;
		const char *text;
	} cases[] = {
	    {0, " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	        "[\\]^_`abcdefg\r\n"},
	    {1, "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	        "[\\]^_`abcdefgh\r\n"},
	    {24,
	        "89:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrst"
	        "uvwxyz{|}~ \r\n"},
	    {94, "~ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXY"
	         "Z[\\]^_`abcdef\r\n"},
	};
	uint8_t out[ALL + CHARGEN_TEXT_LINE];

	(void)state;
	chargen_text(0, (struct space){out, sizeof(out)});
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(strlen(cases[i].text), CHARGEN_TEXT_LINE);
		assert_memory_equal(out + cases[i].line * CHARGEN_TEXT_LINE,
		    cases[i].text, CHARGEN_TEXT_LINE);
	}
	assert_memory_equal(out + ALL, out, CHARGEN_TEXT_LINE);
}

/* Nothing is written behind the end. */
static void
lengths(void **state)
{
	uint8_t all[1024], out[1024];

	(void)state;
	chargen_text(90, (struct space){all, sizeof(all)});
	for (size_t len = 0; len <= 600; len++) {
		memset(out, '#', sizeof(out));
		chargen_text(90, (struct space){out, len});
		assert_memory_equal(out, all, len);
		assert_int_equal(out[len], '#');
	}
}

static void
own_lines(void **state)
{
	uint8_t out[512];

	(void)state;
	for (uint32_t line = 0; line < CHARGEN_TEXT_LINES; line++) {
		chargen_text(line, (struct space){out, sizeof(out)});
		for (size_t len = 0; len <= sizeof(out); len++)
			assert_int_equal(
			    chargen_text_is_answer((struct span){out, len}),
			    len >= CHARGEN_TEXT_LINE);
		for (size_t i = 0; i < sizeof(out); i++)
			out[i] = (uint8_t)toupper(out[i]);
		assert_true(chargen_text_is_answer(
		    (struct span){out, CHARGEN_TEXT_LINE}));
	}
}

static void
other_text(void **state)
{
	uint8_t out[CHARGEN_TEXT_LINE];

	(void)state;
	for (size_t i = 0; i < sizeof(out); i++) {
		chargen_text(33, (struct space){out, sizeof(out)});
		out[i] ^= 1;
		assert_false(
		    chargen_text_is_answer((struct span){out, sizeof(out)}));
	}
	memset(out, 0xff, sizeof(out));
	assert_false(chargen_text_is_answer((struct span){out, sizeof(out)}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 42, RFC 864: rotating lines of 72 characters", lines),
	    TEST("TIME 42: any length, and no byte more", lengths),
	    TEST("TIME 44: its own lines are known again", own_lines),
	    TEST("TIME 44: other text is not", other_text),
	};

	return cmocka_run_group_tests_name("chargen_text", tests, NULL, NULL);
}
