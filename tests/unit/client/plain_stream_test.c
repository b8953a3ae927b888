/* Text in pieces: wherever it is cut, it is printed as in one. */
#include "client/plain.h"
#include "client/plain_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* TEXT in pieces of STEP bytes; the caller frees it. */
static char *
print(struct span text, size_t step)
{
	struct plain_stream stream = {0};
	char *printed = NULL;
	size_t size;
	FILE *file = open_memstream(&printed, &size);

	assert_non_null(file);
	for (size_t at = 0; at < text.len; at += step) {
		size_t left = text.len - at;

		plain_stream_write(&stream, file,
		    (struct span){text.data + at, left < step ? left : step});
	}
	plain_stream_end(&stream, file);
	assert_int_equal(fclose(file), 0);
	return printed;
}

static void
expect(struct span text, const char *wanted)
{
	for (size_t step = 1; step <= text.len; step++) {
		char *printed = print(text, step);

		assert_string_equal(printed, wanted);
		free(printed);
	}
}

static void
any_cut(void **state)
{
	(void)state;
	expect(span_of("one\r\ntwo\nthree"), "one\ntwo\nthree");
	expect(span_of("a\r\r\nb\rc\r"), "a\\x0d\nb\\x0dc\\x0d");
	expect(span_of("Gr\xc3\xbc\xc3\x9f\x65 \xe4\xb8\x96 \xf0\x9f\x98\x80"),
	    "Gr\xc3\xbc\xc3\x9f\x65 \xe4\xb8\x96 \xf0\x9f\x98\x80");
	/* Beginnings of characters that end otherwise, or not at all. */
	expect(span_of("\xc3\xc3\xbc\xe4\xb8x\xf0\x9f\x98"),
	    "\\xc3\xc3\xbc\\xe4\\xb8x\\xf0\\x9f\\x98");
	expect(
	    span_of("\x1b[2J\x7f\xe2\x80\xae"), "\\x1b[2J\\x7f\\xe2\\x80\\xae");
}

static void
large_pieces(void **state)
{
	enum { LEN = 3 * 4096 * 5 };
	char *text = malloc(LEN + 1);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < LEN; i += 3)
		memcpy(text + i, "\xe4\xb8\x96", 3);
	text[LEN] = '\0';
	for (size_t step = 4090; step < 4100; step++) {
		char *printed = print(span_of(text), step);

		assert_string_equal(printed, text);
		free(printed);
	}
	char *printed = print(span_of(text), LEN);

	assert_string_equal(printed, text);
	free(printed);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_cut),
	    cmocka_unit_test(large_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
