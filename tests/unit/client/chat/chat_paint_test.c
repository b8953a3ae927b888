/* chat_paint_test.c — a line of the chat → its parts, and their colours. */
#include "client/chat/chat_paint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

static void
lines_have_parts(void **state)
{
	static const struct {
		const char *line;
		enum chat_paint_kind kind;
		const char *name;
	} rows[] = {
	    {"<anna> hello", CHAT_PAINT_SAID, "anna"},
	    {"<J\xc3\xbcrgen> a > b", CHAT_PAINT_SAID, "J\xc3\xbcrgen"},
	    {"-> [ben] psst", CHAT_PAINT_DIRECT, "ben"},
	    {"* anna has left #lobby", CHAT_PAINT_NOTICE, ""},
	    {"| <anna> hello", CHAT_PAINT_NOTICE, ""},
	    {"! not UTF-8", CHAT_PAINT_ERROR, ""},
	    {"", CHAT_PAINT_OTHER, ""},
	    {"<", CHAT_PAINT_OTHER, ""},
	    {"<>", CHAT_PAINT_OTHER, ""},
	    {"<> x", CHAT_PAINT_OTHER, ""},
	    {"<anna>", CHAT_PAINT_OTHER, ""},
	    {"<anna>x", CHAT_PAINT_OTHER, ""},
	    {"<an na> x", CHAT_PAINT_OTHER, ""},
	    {"<an\x1b> x", CHAT_PAINT_OTHER, ""},
	    {"-> [", CHAT_PAINT_OTHER, ""},
	    {"*anna", CHAT_PAINT_OTHER, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct span line = span_of(rows[i].line);
		struct chat_paint paint = chat_paint_read(line);
		size_t name_len = strlen(rows[i].name);

		assert_int_equal(paint.kind, rows[i].kind);
		assert_int_equal(paint.name.len, name_len);
		if (name_len > 0)
			assert_memory_equal(
			    paint.name.data, rows[i].name, name_len);
		assert_int_equal(
		    paint.head.len + name_len + paint.tail.len, line.len);
	}
}

static void
a_name_keeps_its_color(void **state)
{
	bool seen[128] = {false};
	unsigned colors = 0;

	(void)state;
	assert_int_equal(chat_paint_color(span_of("Anna")),
	    chat_paint_color(span_of("aNNA")));
	for (unsigned i = 0; i < 200; i++) {
		char name[16];

		snprintf(name, sizeof(name), "guest%u", i);
		unsigned color = chat_paint_color(span_of(name));

		assert_true((color >= 32 && color <= 36) ||
		            (color >= 92 && color <= 96));
		colors += !seen[color];
		seen[color] = true;
	}
	assert_int_equal(colors, 10);
}

/* What LINE is on a screen. */
static const char *
written(bool has_color, const char *line)
{
	static char text[256];
	struct screen screen = {.has_color = has_color};

	memset(text, 0, sizeof(text));
	screen.out = fmemopen(text, sizeof(text), "w");
	assert_non_null(screen.out);
	chat_paint_write(&screen, span_of(line));
	assert_int_equal(fclose(screen.out), 0);
	return text;
}

static void
lines_are_written_in_color(void **state)
{
	char expected[64];

	(void)state;
	snprintf(expected, sizeof(expected), "<\033[%um%s\033[0m> hi\n",
	    chat_paint_color(span_of("anna")), "anna");
	assert_string_equal(written(true, "<anna> hi"), expected);
	assert_string_equal(written(false, "<anna> hi"), "<anna> hi\n");
	assert_string_equal(written(true, "* x"), "\033[2m* x\033[0m\n");
	assert_string_equal(written(true, "! x"), "\033[31m! x\033[0m\n");
	assert_string_equal(written(true, "x"), "x\n");
}

static void
nothing_harmful_is_written(void **state)
{
	static const char bytes[] = "<a> \033[2J\x9b\xe2\x80\xae\a";

	(void)state;
	assert_string_equal(
	    written(false, bytes), "<a> \\x1b[2J\\x9b\\xe2\\x80\\xae\\x07\n");
	assert_null(strstr(written(true, bytes), "\033[2J"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("lines have parts", lines_have_parts),
	    TEST("a name keeps its colour", a_name_keeps_its_color),
	    TEST("lines are written in colour", lines_are_written_in_color),
	    TEST("nothing harmful is written", nothing_harmful_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
