/* screen_test.c — colour or not, and text in any locale. */
#include "client/screen.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
set(const char *name, const char *value)
{
	if (value == NULL)
		unsetenv(name);
	else
		setenv(name, value, 1);
}

static bool
has_color(enum options_color color)
{
	struct options options = {.color = color};
	struct screen screen;

	screen_open(&screen, &options);
	return screen.has_color;
}

/* Standard output is no terminal here. */
static void
who_decides_about_colour(void **state)
{
	static const struct {
		const char *no_color, *term, *force;
		enum options_color color;
		bool expected;
	} rows[] = {
	    {NULL, "xterm", NULL, OPTIONS_COLOR_AUTO, false},
	    {NULL, "xterm", NULL, OPTIONS_COLOR_ALWAYS, true},
	    {NULL, "xterm", "1", OPTIONS_COLOR_AUTO, true},
	    {NULL, "xterm", "0", OPTIONS_COLOR_AUTO, false},
	    {NULL, "xterm", "", OPTIONS_COLOR_AUTO, false},
	    {NULL, "xterm", "1", OPTIONS_COLOR_NEVER, false},
	    {NULL, NULL, "1", OPTIONS_COLOR_AUTO, true},
	    {NULL, "dumb", "1", OPTIONS_COLOR_AUTO, false},
	    {NULL, "dumb", NULL, OPTIONS_COLOR_ALWAYS, true},
	    {"1", "xterm", "1", OPTIONS_COLOR_AUTO, false},
	    {"", "xterm", "1", OPTIONS_COLOR_AUTO, true},
	    {"1", "xterm", NULL, OPTIONS_COLOR_ALWAYS, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		set("NO_COLOR", rows[i].no_color);
		set("TERM", rows[i].term);
		set("CLICOLOR_FORCE", rows[i].force);
		assert_int_equal(has_color(rows[i].color), rows[i].expected);
	}
}

static void
how_wide_it_is(void **state)
{
	static const struct {
		const char *columns;
		unsigned expected;
	} rows[] = {{NULL, 80}, {"", 80}, {"100", 100}, {"3", 40},
	    {"9999", 500}, {"x", 80}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct options options = {.color = OPTIONS_COLOR_NEVER};
		struct screen screen;

		set("COLUMNS", rows[i].columns);
		screen_open(&screen, &options);
		assert_int_equal(screen.width, rows[i].expected);
	}
}

static void
assert_written(struct screen screen, const char *bytes, const char *expected)
{
	char *text;
	size_t len;

	screen.out = open_memstream(&text, &len);
	assert_non_null(screen.out);
	screen_bytes(&screen, STYLE_ID, span_of(bytes));
	fclose(screen.out);
	assert_string_equal(text, expected);
	free(text);
}

static void
bytes_are_made_harmless(void **state)
{
	static const struct screen ascii = {.width = 80};
	static const struct screen utf8 = {.width = 80, .is_utf8 = true};
	static const struct screen colored = {
	    .width = 80, .is_utf8 = true, .has_color = true};

	(void)state;
	assert_written(utf8, "a\033[1mb\xff", "a\\x1b[1mb\\xff");
	assert_written(utf8, "→ é · 日", "→ é · 日");
	assert_written(utf8, "\u202eabc", "\\xe2\\x80\\xaeabc");
	assert_written(ascii, "a→b · §1 …", "a->b | s.1 ...");
	assert_written(ascii, "é\xff\t", "\\xc3\\xa9\\xff\t");
	assert_written(colored, "a", "\033[36ma\033[0m");
	assert_written(colored, "\033", "\033[36m\\x1b\033[0m");
}

static void
what_we_print_is_in_ascii_too(void **state)
{
	struct screen screen = {.width = 80};
	char *text;
	size_t len;

	(void)state;
	screen.out = open_memstream(&text, &len);
	assert_non_null(screen.out);
	screen_print(&screen, STYLE_NOTE, "→%d %s", 12, "±1 µs");
	fclose(screen.out);
	assert_string_equal(text, "->12 +-1 us");
	free(text);
}

static void
columns_of_text(void **state)
{
	static const struct screen ascii = {.width = 80};
	static const struct screen utf8 = {.width = 80, .is_utf8 = true};

	(void)state;
	assert_int_equal(screen_columns(&utf8, span_of("a→b")), 3);
	assert_int_equal(screen_columns(&ascii, span_of("a→b")), 4);
	assert_int_equal(screen_columns(&utf8, span_of("日本")), 4);
	assert_int_equal(screen_columns(&utf8, span_of("e\u0301")), 1);
	assert_int_equal(screen_columns(&ascii, span_of("é")), 8);
	assert_int_equal(screen_columns(&utf8, span_of("")), 0);
}

static void
as_much_as_fits(void **state)
{
	static const struct screen ascii = {.width = 80};
	static const struct screen utf8 = {.width = 80, .is_utf8 = true};

	(void)state;
	assert_int_equal(screen_fit(&utf8, span_of("abc"), 2), 2);
	assert_int_equal(screen_fit(&utf8, span_of("abc"), 9), 3);
	assert_int_equal(screen_fit(&utf8, span_of("日本"), 3), 3);
	assert_int_equal(screen_fit(&ascii, span_of("→→"), 3), 3);
	assert_int_equal(screen_fit(&utf8, span_of("日"), 1), 0);
}

static void
each_style_ends_where_it_begins(void **state)
{
	static const struct screen plain = {.width = 80};
	static const struct screen colored = {.width = 80, .has_color = true};

	(void)state;
	for (unsigned i = 0; i < STYLE_COUNT_OF; i++) {
		enum style style = (enum style)i;
		const char *begin = screen_begin(&colored, style);

		assert_string_equal(screen_begin(&plain, style), "");
		assert_string_equal(screen_end(&plain, style), "");
		if (style == STYLE_PLAIN)
			continue;
		assert_memory_equal(begin, "\033[", 2);
		assert_int_equal(begin[strlen(begin) - 1], 'm');
		assert_string_equal(screen_end(&colored, style), "\033[0m");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_decides_about_colour),
	    cmocka_unit_test(how_wide_it_is),
	    cmocka_unit_test(bytes_are_made_harmless),
	    cmocka_unit_test(what_we_print_is_in_ascii_too),
	    cmocka_unit_test(columns_of_text),
	    cmocka_unit_test(as_much_as_fits),
	    cmocka_unit_test(each_style_ends_where_it_begins),
	};

	/* That wcwidth knows what letters are. */
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
