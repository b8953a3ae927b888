/* qotd_text_test.c — a file's text → quotes. The numbers are those of the time
 * requirements. */
#include "services/qotd/qotd_text.h"

#include "services/qotd/qotd_builtin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

/* What is found in TEXT: "LINE:QUOTE" for each, with | behind it; newlines in a
 * quote are /. */
static const char *
quotes_of(const char *text)
{
	static char out[2000];
	struct qotd_text walk =
	    qotd_text_walk((struct span){(const uint8_t *)text, strlen(text)});
	struct qotd_text_quote quote;
	size_t len = 0;

	out[0] = '\0';
	while (qotd_text_next(&walk, &quote))
		len += (size_t)snprintf(out + len, sizeof(out) - len,
		    "%u:%.*s|", quote.line, (int)quote.bytes.len,
		    (const char *)quote.bytes.data);
	for (size_t i = 0; i < len; i++)
		if (out[i] == '\n')
			out[i] = '/';
	return out;
}

static void
parts(void **state)
{
	static const struct {
		const char *text, *quotes;
	} cases[] = {
	    {"", ""},
	    {"\n\n \n", ""},
	    {"one", "1:one|"},
	    {"one\n", "1:one|"},
	    {"one\ntwo\n", "1:one/two|"},
	    {"one\n\ntwo\n", "1:one|3:two|"},
	    {"\n\none \n\t\n\n two\n\n", "3:one|6: two|"},
	    {"one\r\n\r\ntwo\r\n", "1:one|3:two|"},
	    /* With a sign somewhere, empty lines are part of a quote. */
	    {"one\n%\ntwo\n", "1:one|3:two|"},
	    {"one\n\n two\n%\nthree\n%\n", "1:one// two|5:three|"},
	    {"%\n%\n\none\n\n%\n%", "4:one|"},
	    {"one\r\n%\r\ntwo", "1:one|3:two|"},
	    {"one\n% two\n%%\n\nthree", "1:one/% two/%%|5:three|"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(quotes_of(cases[i].text), cases[i].quotes);
}

static const char *
wire_of(const char *quote, char out[QOTD_TEXT_MAX + 1])
{
	size_t len;
	const char *fault =
	    qotd_text_wire((struct span){(const uint8_t *)quote, strlen(quote)},
	        (struct space){(uint8_t *)out, QOTD_TEXT_MAX}, &len);

	if (fault == NULL)
		out[len] = '\0';
	return fault;
}

static void
wire(void **state)
{
	static const struct {
		const char *quote, *wire;
	} cases[] = {
	    {"one", "one\r\n"},
	    {"one\ntwo", "one\r\ntwo\r\n"},
	    {"one\r\n\r\ntwo ", "one\r\n\r\ntwo\r\n"},
	    {"\tone\n12\tthree\n12345678\tx",
	        "        one\r\n12      three\r\n12345678        x\r\n"},
	    {"\xc3\xa4\t\xe2\x82\xac", "\xc3\xa4       \xe2\x82\xac\r\n"},
	};
	char out[QOTD_TEXT_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_null(wire_of(cases[i].quote, out));
		assert_string_equal(out, cases[i].wire);
	}
}

static void
faults(void **state)
{
	static const struct {
		const char *quote, *fault;
	} cases[] = {
	    {"a\033[31mred", "it has a control character"},
	    {"a\rb", "it has a control character"},
	    {"\x7f", "it has a control character"},
	    {"\xc2\x9b", "it has a control character"},
	    {"\xff", "it is no UTF-8"},
	    {"ab\xc3", "it is no UTF-8"},
	    {"\xed\xa0\x80", "it is no UTF-8"},
	};
	char out[QOTD_TEXT_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    wire_of(cases[i].quote, out), cases[i].fault);
}

static void
longest(void **state)
{
	char quote[2000], out[QOTD_TEXT_MAX + 1];

	(void)state;
	for (size_t len = 1; len < sizeof(quote); len++) {
		memset(quote, 'q', len);
		quote[len] = '\0';
		if (len <= 509) {
			assert_null(wire_of(quote, out));
			assert_int_equal(strlen(out), len + 2);
		} else {
			assert_string_equal(
			    wire_of(quote, out), "it has more than 511 bytes");
		}
	}
	for (size_t tabs = 1; tabs < 200; tabs++) {
		memset(quote, '\t', tabs);
		strcpy(quote + tabs, "x");
		assert_int_equal(
		    wire_of(quote, out) == NULL, tabs * 8 + 3 <= 511);
	}
}

static void
builtin(void **state)
{
	struct qotd_text walk = qotd_text_walk(
	    (struct span){(const uint8_t *)qotd_builtin, strlen(qotd_builtin)});
	struct qotd_text_quote quote;
	unsigned count = 0;

	(void)state;
	while (qotd_text_next(&walk, &quote)) {
		char out[QOTD_TEXT_MAX + 1];
		size_t len;

		assert_null(qotd_text_wire(quote.bytes,
		    (struct space){(uint8_t *)out, QOTD_TEXT_MAX}, &len));
		for (size_t i = 0; i < len; i++)
			assert_true(out[i] == '\r' || out[i] == '\n' ||
			            (out[i] >= ' ' && out[i] <= '~'));
		count++;
	}
	assert_in_range(count, 10, 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 43: quotes are parted by % or by empty lines", parts),
	    TEST("TIME 43, RFC 865: lines end with CR LF", wire),
	    TEST("TIME 43: no control characters", faults),
	    TEST("TIME 43, RFC 865: less than 512 characters", longest),
	    TEST("TIME 43, RFC 865: the built-in ones are ASCII", builtin),
	};

	return cmocka_run_group_tests_name("qotd_text", tests, NULL, NULL);
}
