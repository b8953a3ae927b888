/* The head of a response: RFC 9112 (M) and RFC 9110 (S), line by line. */
#include "services/http/http_response.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Parses a copy of its own size, so that a sanitizer sees every byte too far;
 * the caller frees it. */
static enum http_response_result
parse(const char *text, size_t len, struct http_response *response,
    uint8_t **copy)
{
	*copy = malloc(len > 0 ? len : 1);
	assert_non_null(*copy);
	memcpy(*copy, text, len);
	return http_response_parse((struct span){*copy, len}, response);
}

/* What WHY has to hold of TEXT, NULL: it is well formed. Every cut of it says
 * the same, or nothing yet. */
static void
expect(const char *text, const char *why)
{
	struct http_response response;
	bool is_decided = false;

	for (size_t cut = 0; cut <= strlen(text); cut++) {
		uint8_t *copy;
		enum http_response_result result =
		    parse(text, cut, &response, &copy);

		free(copy);
		if (result == HTTP_RESPONSE_MORE) {
			assert_false(is_decided);
			continue;
		}
		is_decided = true;
		if ((why == NULL) != (response.why == NULL) ||
		    (why != NULL && strstr(response.why, why) == NULL))
			fail_msg("%.*s: \"%s\", not \"%s\"", (int)cut, text,
			    response.why != NULL ? response.why : "-",
			    why != NULL ? why : "-");
	}
	if (!is_decided)
		fail_msg("%s: not decided", text);
}

/* The same for fields behind a status line. */
static void
expect_fields(const char *fields, const char *why)
{
	char text[1024];

	snprintf(text, sizeof(text), "HTTP/1.1 200 OK\r\n%s\r\n", fields);
	expect(text, why);
}

static void
rfc_9112_4_status_lines(void **state)
{
	(void)state;
	expect("HTTP/1.1 200 OK\r\n\r\n", NULL);
	expect("HTTP/1.0 404 Not Found\r\n\r\n", NULL);
	expect("HTTP/1.1 200 \r\n\r\n", NULL); /* the reason may be empty */
	expect("HTTP/1.1 299 caf\xe9\r\n\r\n", NULL);
	expect("HTTP/1.1 999 ?\r\n\r\n", NULL);

	static const char *const none[] = {
	    "HTTP/1.1 200\r\n\r\n",
	    "HTTP/1.1  200 OK\r\n\r\n",
	    "HTTP/1.1 2000 OK\r\n\r\n",
	    "HTTP/1.1 20x OK\r\n\r\n",
	    "HTTP/1.1\t200 OK\r\n\r\n",
	    "HTTP/11 200 OK\r\n\r\n",
	    "http/1.1 200 OK\r\n\r\n",
	    "ICY 200 OK\r\n\r\n",
	    " HTTP/1.1 200 OK\r\n\r\n",
	    "\r\nHTTP/1.1 200 OK\r\n\r\n",
	    "<html>",
	    "\x16\x03\x01",
	};

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		expect(none[i], "no status line");
	expect("HTTP/2.0 200 OK\r\n\r\n", "neither HTTP/1.1 nor");
	expect("HTTP/0.9 200 OK\r\n\r\n", "neither HTTP/1.1 nor");
	expect("HTTP/1.1 099 OK\r\n\r\n", "below 100");
	expect("HTTP/1.1 200 O\x1bK\r\n\r\n", "control character");
	expect("HTTP/1.1 200 O\rK\r\n\r\n", "control character");
	expect("HTTP/1.1 200 OK\n", "line feed alone");
}

static void
rfc_9112_5_field_lines(void **state)
{
	(void)state;
	expect_fields("A: b\r\nC:d\r\nE:\r\nF: \t g \t\r\n", NULL);
	expect_fields("A: \xc3\xbc \xff\r\n", NULL);
	expect_fields("A : b\r\n", "no name, colon");
	expect_fields(": b\r\n", "no name, colon");
	expect_fields("A b\r\n", "no name, colon");
	expect_fields("A: b\r\n c\r\n", "second line");
	expect_fields("A: b\r\n\tc\r\n", "second line");
	expect_fields("A: b\rc\r\n", "control character");
	expect_fields("A: b\x1b[2J\r\n", "control character");
	expect_fields("A: b\nC: d\r\n", "line feed alone");
}

static void
rfc_9112_6_framing(void **state)
{
	(void)state;
	expect_fields("Content-Length: 5\r\n", NULL);
	expect_fields("Content-Length: 5\r\nContent-Length: 5\r\n", NULL);
	expect_fields("Content-Length: 5, 5\r\n", NULL);
	expect_fields("Content-Length: 18446744073709551615\r\n", NULL);
	expect_fields("Content-Length: 18446744073709551616\r\n", "decimal");
	expect_fields("Content-Length: 5, 6\r\n", "differ");
	expect_fields("Content-Length: 5\r\nContent-Length: 6\r\n", "differ");
	expect_fields("Content-Length: \r\n", "decimal");
	expect_fields("Content-Length: +5\r\n", "decimal");
	expect_fields("Content-Length: 5 5\r\n", "decimal");
	expect_fields("Content-Length: 0x5\r\n", "decimal");
	expect_fields("Content-Length: -1\r\n", "decimal");
	expect_fields("Transfer-Encoding: chunked\r\n", NULL);
	expect_fields("transfer-encoding: CHUNKED\r\n", NULL);
	expect_fields("Transfer-Encoding: chunked, chunked\r\n", "follows");
	expect_fields("Transfer-Encoding: chunked, gzip\r\n", "follows");
	expect_fields("Transfer-Encoding: gzip, chunked\r\n", "other than");
	expect_fields("Transfer-Encoding: gzip\r\n", "other than");
	expect_fields("Transfer-Encoding: \r\n", "other than");
	expect_fields(
	    "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "both");
	expect_fields(
	    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "both");
	expect("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
	    "HTTP/1.0, which has no");
}

static void
what_is_read(void **state)
{
	static const char text[] = "HTTP/1.0 404 Not Found\r\nServer: x\r\n"
	                           "Set-Cookie:a\r\ncontent-length: 7\r\n"
	                           "set-cookie:  b \r\n\r\nrest";
	struct http_response response;
	struct span value;
	uint8_t *copy;
	size_t at = 0;

	(void)state;
	assert_int_equal(parse(text, sizeof(text) - 1, &response, &copy),
	    HTTP_RESPONSE_DONE);
	assert_null(response.why);
	assert_int_equal(response.head_len, sizeof(text) - 1 - 4);
	assert_true(response.is_http10);
	assert_int_equal(response.code, 404);
	assert_int_equal(response.reason.len, 9);
	assert_memory_equal(response.reason.data, "Not Found", 9);
	assert_true(response.has_length);
	assert_int_equal(response.length, 7);
	assert_false(response.is_chunked);
	assert_true(http_response_field(&response, "set-cookie", &at, &value));
	assert_int_equal(value.data[0], 'a');
	assert_true(http_response_field(&response, "set-cookie", &at, &value));
	assert_int_equal(value.len, 1);
	assert_int_equal(value.data[0], 'b');
	assert_false(http_response_field(&response, "set-cookie", &at, &value));
	free(copy);
}

/* LEN bytes of fields "A: b". */
static void
expect_many(size_t len, const char *why)
{
	static const char line[] = "HTTP/1.1 200 OK\r\n";
	char *text = malloc(len + 32);
	struct http_response response;
	uint8_t *copy;
	size_t at = sizeof(line) - 1;

	assert_non_null(text);
	memcpy(text, line, at);
	while (at < len)
		at += (size_t)snprintf(text + at, 16, "A: b\r\n");
	memcpy(text + at, "\r\n", 2);
	assert_int_equal(
	    parse(text, at + 2, &response, &copy), HTTP_RESPONSE_DONE);
	if (why == NULL)
		assert_null(response.why);
	else
		assert_non_null(strstr(response.why, why));
	free(copy);
	free(text);
}

static void
it_has_limits(void **state)
{
	struct http_response response;
	uint8_t *copy;
	char *text = malloc(HTTP_RESPONSE_HEAD_MAX);

	(void)state;
	assert_non_null(text);
	expect_many(17 + 6 * HTTP_RESPONSE_FIELD_MAX, NULL);
	expect_many(17 + 6 * HTTP_RESPONSE_FIELD_MAX + 6, "500 fields");
	memset(text, 'a', HTTP_RESPONSE_HEAD_MAX);
	memcpy(text, "HTTP/1.1 200 OK\r\nA:", 19);
	assert_int_equal(
	    parse(text, HTTP_RESPONSE_HEAD_MAX - 1, &response, &copy),
	    HTTP_RESPONSE_MORE);
	free(copy);
	assert_int_equal(parse(text, HTTP_RESPONSE_HEAD_MAX, &response, &copy),
	    HTTP_RESPONSE_DONE);
	assert_non_null(strstr(response.why, "64 KiB"));
	free(copy);
	free(text);
}

static void
rfc_9112_6_3_where_content_ends(void **state)
{
	struct http_response by_length = {.code = 200, .has_length = true};
	struct http_response by_chunks = {.code = 200, .is_chunked = true};
	struct http_response by_close = {.code = 500};

	(void)state;
	assert_int_equal(
	    http_response_framing(&by_length, false), HTTP_RESPONSE_BY_LENGTH);
	assert_int_equal(
	    http_response_framing(&by_chunks, false), HTTP_RESPONSE_BY_CHUNKS);
	assert_int_equal(
	    http_response_framing(&by_close, false), HTTP_RESPONSE_BY_CLOSE);
	assert_int_equal(
	    http_response_framing(&by_length, true), HTTP_RESPONSE_NO_CONTENT);
	static const unsigned codes[] = {100, 101, 103, 199, 204, 304};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		by_length.code = codes[i];
		assert_int_equal(http_response_framing(&by_length, false),
		    HTTP_RESPONSE_NO_CONTENT);
		assert_int_equal(http_response_is_interim(&by_length),
		    codes[i] < 200 && codes[i] != 101);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rfc_9112_4_status_lines),
	    cmocka_unit_test(rfc_9112_5_field_lines),
	    cmocka_unit_test(rfc_9112_6_framing),
	    cmocka_unit_test(what_is_read),
	    cmocka_unit_test(it_has_limits),
	    cmocka_unit_test(rfc_9112_6_3_where_content_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
