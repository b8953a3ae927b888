/* dissect_small_test.c — what the small services say. */
#include "client/dissect/dissect_small.h"

#include "dissect_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
expect(struct span bytes, dissector *dissect, const char *wanted)
{
	assert_string_equal(dissect_text(bytes, dissect, 0), wanted);
	cover_all(bytes, dissect);
}

static void
rfc_868_times(void **state)
{
	/* The RFC's own example: 1980-01-01. */
	static const uint8_t time[] = {0x96, 0x79, 0x24, 0x80, 0x0d};

	(void)state;
	expect((struct span){time, 4}, dissect_small_time,
	    "Time\n"
	    "0+4 Time 2524521600 (seconds since 1900 began, in 32 bits)\n"
	    "* Until 2036 1980-01-01T00:00:00Z\n"
	    "* After that 2116-02-07T06:28:16Z\n");
	expect((struct span){time, 5}, dissect_small_time,
	    "Time\n"
	    "0+4 Time 2524521600 (seconds since 1900 began, in 32 bits)\n"
	    "* Until 2036 1980-01-01T00:00:00Z\n"
	    "* After that 2116-02-07T06:28:16Z\n"
	    "4+1 ! Rest 1 bytes too many\n");
	expect((struct span){time, 3}, dissect_small_time,
	    "Time\n"
	    "0+3 ! Time truncated: 3 of 4 bytes\n");
	expect((struct span){time, 0}, dissect_small_time, "");
}

static void
texts(void **state)
{
	(void)state;
	expect(span_of("Sat\r\nGr\xc3\xbc\xc3\x9f\x65\n\n\xffz"),
	    dissect_small_text,
	    "Text\n"
	    "0+5 Line Sat (5 bytes, ASCII, ends in CR LF)\n"
	    "5+8 Line Gr\xc3\xbc\xc3\x9f\x65 (8 bytes, UTF-8, ends in LF)\n"
	    "13+1 Line (1 bytes, ASCII, ends in LF)\n"
	    "14+2 Line \\xffz (2 bytes, not UTF-8, no line end)\n");
	expect((struct span){(const uint8_t *)"a\0b", 3}, dissect_small_text,
	    "Text\n"
	    "0+3 Line a\\x00b (3 bytes, UTF-8, no line end)\n");
	expect(span_of(""), dissect_small_text, "");
}

static void
long_texts(void **state)
{
	static uint8_t text[70000];
	struct dissect dissection;

	(void)state;
	memset(text, 0x1b, sizeof(text));
	cover_dissect(
	    &dissection, (struct span){text, sizeof(text)}, dissect_small_text);
	assert_int_equal(dissection.count, 2);
	assert_string_equal(dissection.protocol, "text");
	assert_memory_equal(dissect_summary(&dissection).data, "\\x1b", 4);
	show_dissect_free(&dissection);
	memset(text, '\n', sizeof(text));
	cover_dissect(
	    &dissection, (struct span){text, sizeof(text)}, dissect_small_text);
	assert_int_equal(dissection.count, 1 + sizeof(text));
	show_dissect_free(&dissection);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rfc_868_times),
	    cmocka_unit_test(texts),
	    cmocka_unit_test(long_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
