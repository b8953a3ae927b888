/* Several ranges in one body: every byte of it. */
#include "http_ask.h"
#include "services/http/http_multipart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A file of SIZE bytes. CODING: NULL, or what its bytes are. */
static struct http_resource
file_of(uint64_t size, const char *coding)
{
	struct http_resource_meta meta = {
	    .type = "text/plain; charset=utf-8",
	    .coding = coding,
	    .size = size,
	    .mtime = HTTP_ASK_NOW - 1000,
	    .now = HTTP_ASK_NOW,
	};

	return http_ask_build(&meta);
}

static void
http_59_rfc_9110_14_6_every_byte(void **state)
{
	struct http_resource file = file_of(2000, NULL);
	const char *text;
	struct http_answer answer = http_ask(
	    &file, "GET", "Range: bytes=1995-,0-1,1000-1002\r\n", &text);
	char boundary[64], expected[2048], body[1024];
	const char *at = strstr(text, "boundary=");

	(void)state;
	assert_int_equal(answer.status, HTTP_STATUS_PARTIAL);
	assert_int_equal(answer.len, 0);
	assert_non_null(at);
	assert_int_equal(sscanf(at, "boundary=%63[^\r]", boundary), 1);
	int body_len = 0;
	static const unsigned parts[3][2] = {
	    {1995, 1999}, {0, 1}, {1000, 1002}};

	for (size_t i = 0; i < 3; i++) {
		body_len += snprintf(body + body_len,
		    sizeof(body) - (size_t)body_len,
		    "%s--%s\r\nContent-Type: text/plain; charset=utf-8\r\n"
		    "Content-Range: bytes %u-%u/2000\r\n\r\n",
		    i > 0 ? "\r\n" : "", boundary, parts[i][0], parts[i][1]);
		for (unsigned j = parts[i][0]; j <= parts[i][1]; j++)
			body[body_len++] = (char)http_ask_byte(j);
	}
	body_len += snprintf(body + body_len, sizeof(body) - (size_t)body_len,
	    "\r\n--%s--\r\n", boundary);
	int head_len = snprintf(expected, sizeof(expected),
	    "HTTP/1.1 206 Partial Content\r\n"
	    "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
	    "Last-Modified: Sun, 06 Nov 1994 08:32:57 GMT\r\n"
	    "ETag: \"ae1b898e7a3fa00-7d0-0\"\r\n"
	    "Accept-Ranges: bytes\r\n"
	    "Content-Type: multipart/byteranges; boundary=%s\r\n"
	    "Content-Length: %d\r\n\r\n",
	    boundary, body_len);

	assert_int_equal(answer.body_len, body_len);
	assert_int_equal(answer.made, head_len + body_len);
	assert_memory_equal(text, expected, (size_t)head_len);
	assert_memory_equal(text + head_len, body, (size_t)body_len);
}

/* RFC 2046 §5.1.1: at most 70 characters, none that needs quotes. */
static void
http_59_rfc_9110_14_6_a_boundary_that_nobody_foretells(void **state)
{
	static const uint64_t other_seed[2] = {1, 3};
	struct http_resource file = file_of(2000, NULL);
	struct http_resource other = file_of(2001, NULL);
	uint64_t tag = http_multipart_tag(http_ask_stamp.seed, &file);

	(void)state;
	assert_int_equal(tag, http_multipart_tag(http_ask_stamp.seed, &file));
	assert_int_not_equal(
	    tag, http_multipart_tag(http_ask_stamp.seed, &other));
	assert_int_not_equal(tag, http_multipart_tag(other_seed, &file));
}

static void
http_59_rfc_9110_14_6_never_longer_than_the_file(void **state)
{
	(void)state;
	for (uint64_t size = 200; size < 1200; size += 7) {
		struct http_resource file = file_of(size, NULL);
		const char *text;
		struct http_answer answer = http_ask(
		    &file, "GET", "Range: bytes=0-0,100-100,-1\r\n", &text);

		assert_true(answer.body_len <= size);
		assert_int_equal(answer.status, answer.body_len == size
		                                    ? HTTP_STATUS_OK
		                                    : HTTP_STATUS_PARTIAL);
		assert_true(size > 300 || answer.status == HTTP_STATUS_OK);
		assert_true(
		    size < 1000 || answer.status == HTTP_STATUS_PARTIAL);
	}
}

static void
http_59_rfc_9110_15_3_7_2_one_that_is_left_is_no_multipart(void **state)
{
	struct http_resource file = file_of(2000, NULL);
	const char *text;

	(void)state;
	(void)http_ask(&file, "GET", "Range: bytes=0-9,5-14,5000-\r\n", &text);
	assert_non_null(strstr(text, "\r\nContent-Range: bytes 0-14/2000\r\n"));
	assert_null(strstr(text, "multipart"));
}

static void
http_55_rfc_9110_14_2_head_has_no_parts(void **state)
{
	struct http_resource file = file_of(2000, NULL);
	const char *text;
	struct http_answer answer =
	    http_ask(&file, "HEAD", "Range: bytes=0-1,1000-1001\r\n", &text);

	(void)state;
	assert_int_equal(answer.status, HTTP_STATUS_OK);
	assert_int_equal(answer.body_len, 0);
	assert_non_null(strstr(text, "\r\nContent-Length: 2000\r\n"));
}

/* A part says no coding, and the outer Content-Encoding would be that of the
 * whole body, boundaries and all. */
static void
http_62_rfc_9110_14_6_codings_have_no_parts(void **state)
{
	struct http_resource file = file_of(2000, "gzip");
	const char *text;

	(void)state;
	(void)http_ask(&file, "GET", "Range: bytes=0-1,1000-1001\r\n", &text);
	assert_non_null(strstr(text, "HTTP/1.1 200 OK\r\n"));
	assert_non_null(strstr(text, "\r\nContent-Encoding: gzip\r\n"));
	(void)http_ask(&file, "GET", "Range: bytes=10-19\r\n", &text);
	assert_non_null(strstr(text, "HTTP/1.1 206 Partial Content\r\n"));
	assert_non_null(strstr(text, "\r\nContent-Encoding: gzip\r\n"));
	assert_non_null(
	    strstr(text, "\r\nContent-Range: bytes 10-19/2000\r\n"));
}

/* A type that is longer than a part has room for. */
static void
http_59_rfc_9110_14_6_a_type_that_is_too_long(void **state)
{
	char type[HTTP_MULTIPART_TYPE_MAX + 2];
	struct http_resource_meta meta = {.type = type,
	    .size = 5000,
	    .mtime = HTTP_ASK_NOW - 1000,
	    .now = HTTP_ASK_NOW};

	(void)state;
	memset(type, 'a', sizeof(type) - 1);
	type[sizeof(type) - 1] = '\0';
	struct http_resource file = http_ask_build(&meta);

	assert_int_equal(
	    http_ask_status(&file, "Range: bytes=0-1,1000-1001\r\n"),
	    HTTP_STATUS_OK);
	type[sizeof(type) - 2] = '\0';
	file = http_ask_build(&meta);
	assert_int_equal(
	    http_ask_status(&file, "Range: bytes=0-1,1000-1001\r\n"),
	    HTTP_STATUS_PARTIAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_59_rfc_9110_14_6_every_byte),
	    cmocka_unit_test(
	        http_59_rfc_9110_14_6_a_boundary_that_nobody_foretells),
	    cmocka_unit_test(http_59_rfc_9110_14_6_never_longer_than_the_file),
	    cmocka_unit_test(
	        http_59_rfc_9110_15_3_7_2_one_that_is_left_is_no_multipart),
	    cmocka_unit_test(http_55_rfc_9110_14_2_head_has_no_parts),
	    cmocka_unit_test(http_62_rfc_9110_14_6_codings_have_no_parts),
	    cmocka_unit_test(http_59_rfc_9110_14_6_a_type_that_is_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
