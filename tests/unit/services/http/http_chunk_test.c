/* Chunked bodies: RFC 9112 §7.1. */
#include "services/http/http_chunk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The result of BYTES in pieces of PIECE bytes; *USED: how many in all. */
static enum http_chunk_result
skip_body(
    const char *bytes, size_t len, size_t piece, size_t *used, uint64_t *total)
{
	struct http_chunk chunk = {0};
	enum http_chunk_result result = HTTP_CHUNK_MORE;

	*used = 0;
	*total = 0;
	while (*used < len && result == HTTP_CHUNK_MORE) {
		size_t now = len - *used < piece ? len - *used : piece;
		uint8_t *copy = malloc(now);
		size_t part = 0;

		assert_non_null(copy);
		memcpy(copy, bytes + *used, now);
		result = http_chunk_skip(
		    &chunk, (struct span){copy, now}, &part, total);
		free(copy);
		*used += part;
		if (result == HTTP_CHUNK_MORE)
			assert_int_equal(part, now);
	}
	return result;
}

/* BODY ends as RESULT after USED bytes, however it is cut. */
static void
expect(const char *body, enum http_chunk_result result, size_t used,
    uint64_t total)
{
	for (size_t piece = 1; piece <= strlen(body) + 1; piece++) {
		size_t found_used;
		uint64_t found_total;
		enum http_chunk_result found = skip_body(
		    body, strlen(body), piece, &found_used, &found_total);

		if (found != result)
			fail_msg(
			    "%s: %d in pieces of %zu", body, (int)found, piece);
		if (result != HTTP_CHUNK_BAD)
			assert_int_equal(found_used, used);
		assert_int_equal(found_total, total);
	}
}

static void
http_24_rfc_9112_7_1_whole_bodies(void **state)
{
	(void)state;
	expect("0\r\n\r\n", HTTP_CHUNK_DONE, 5, 0);
	expect("5\r\nhello\r\n0\r\n\r\nGET", HTTP_CHUNK_DONE, 15, 5);
	expect("1\r\na\r\n002\r\nbc\r\n000\r\n\r\n", HTTP_CHUNK_DONE, 22, 3);
	expect("a\r\n0123456789\r\n0\r\n\r\n", HTTP_CHUNK_DONE, 20, 10);
	expect(
	    "A\r\n\r\n\r\n\r\n\r\n\r\n\r\n0\r\n\r\n", HTTP_CHUNK_DONE, 20, 10);
	expect("5\r\nhel", HTTP_CHUNK_MORE, 6, 5);
}

static void
http_24_rfc_9112_7_1_1_extensions(void **state)
{
	(void)state;
	expect("1;a\r\nx\r\n0\r\n\r\n", HTTP_CHUNK_DONE, 13, 1);
	expect("1;a=b;c=\"d;\\\"\r\"\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1;c=\"d; \\\"\"\r\nx\r\n0;x=y\r\n\r\n", HTTP_CHUNK_DONE, 25, 1);
	expect("1;a\x01\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1;a\nx\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1 ;a\r\nx\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1;a;b=\"\";c=d\r\nx\r\n0\r\n\r\n", HTTP_CHUNK_DONE, 22, 1);
	expect("1;\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1;;a\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1;=b\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1;a=\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1;a=b=c\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1;a\"b\"\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("1;a=\"b\"c\r\n", HTTP_CHUNK_BAD, 0, 0);
}

static void
http_24_rfc_9112_7_1_2_trailers(void **state)
{
	(void)state;
	expect("0\r\nA: b\r\nC:d\r\n\r\n", HTTP_CHUNK_DONE, 16, 0);
	expect("0\r\n: b\r\n\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("0\r\nA : b\r\n\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("0\r\nA: b\n\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("0\r\nA: b\r\n c\r\n\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("0\r\nA: b\rc\r\n\r\n", HTTP_CHUNK_BAD, 0, 0);
	expect("0\r\n\rx", HTTP_CHUNK_BAD, 0, 0);
}

static void
http_24_broken_framing(void **state)
{
	static const char *const bad[] = {"\r\n", "x\r\n", "-1\r\n", "+1\r\n",
	    "0x1\r\n", "1\n", "1\nx\n", " 1\r\n", "1 \r\n", "1\r\nxy\r\n",
	    "1\r\nx\n", "1\r\nx\r0", "1_0\r\n", "g\r\n",
	    "10000000000000000\r\n", ";a\r\n", "1\r\rx", "1,1\r\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		for (size_t piece = 1; piece <= 4; piece++) {
			size_t used;
			uint64_t total;

			if (skip_body(bad[i], strlen(bad[i]), piece, &used,
			        &total) != HTTP_CHUNK_BAD)
				fail_msg("%s: not refused", bad[i]);
		}
	}
}

static void
http_24_lengths_do_not_overflow(void **state)
{
	(void)state;
	expect("fffffffffffffff\r\n", HTTP_CHUNK_MORE, 17, 0xfffffffffffffff);
	expect("ffffffffffffffff\r\n", HTTP_CHUNK_MORE, 18, UINT64_MAX);
	expect(
	    "1\r\nx\r\nffffffffffffffff\r\n", HTTP_CHUNK_MORE, 24, UINT64_MAX);
}

static void
http_24_what_comes_without_end_is_refused(void **state)
{
	char *body = malloc(20000);
	size_t used;
	uint64_t total;

	(void)state;
	assert_non_null(body);
	memset(body, 'a', 20000);
	body[0] = '1';
	body[1] = ';';
	assert_int_equal(
	    skip_body(body, 20000, 20000, &used, &total), HTTP_CHUNK_BAD);
	assert_true(used < 1000);
	memcpy(body, "0\r\nX:", 5);
	assert_int_equal(
	    skip_body(body, 20000, 20000, &used, &total), HTTP_CHUNK_BAD);
	memset(body, '0', 20000);
	assert_int_equal(
	    skip_body(body, 20000, 20000, &used, &total), HTTP_CHUNK_BAD);
	free(body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_24_rfc_9112_7_1_whole_bodies),
	    cmocka_unit_test(http_24_rfc_9112_7_1_1_extensions),
	    cmocka_unit_test(http_24_rfc_9112_7_1_2_trailers),
	    cmocka_unit_test(http_24_broken_framing),
	    cmocka_unit_test(http_24_lengths_do_not_overflow),
	    cmocka_unit_test(http_24_what_comes_without_end_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
