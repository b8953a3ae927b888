/* The parser of heads: RFC 9112 (M) and RFC 9110 (S), line by line. */
#include "services/http/http_request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Parses a copy of its own size, so that a sanitizer sees every byte too far.
 */
static enum http_request_result
parse_bytes(const char *text, size_t len, bool bare_lf,
    struct http_request *request, uint8_t **copy)
{
	*copy = malloc(len + 1);
	assert_non_null(*copy);
	uint8_t *exact = len > 0 ? realloc(*copy, len) : *copy;

	assert_non_null(exact);
	*copy = exact;
	memcpy(*copy, text, len);
	return http_request_parse((struct span){*copy, len}, bare_lf, request);
}

/* The status of TEXT, whole; and no prefix of it says anything else before the
 * end of what decides. */
static void
expect_bytes(const char *text, size_t len, enum http_status status)
{
	struct http_request request;
	bool is_decided = false;

	for (size_t cut = 0; cut <= len; cut++) {
		uint8_t *copy;
		enum http_request_result result =
		    parse_bytes(text, cut, false, &request, &copy);

		free(copy);
		if (result == HTTP_REQUEST_MORE) {
			assert_false(is_decided);
			continue;
		}
		is_decided = true;
		if (request.status != status)
			fail_msg("%.*s: status %d, not %d (%s)", (int)cut, text,
			    (int)request.status, (int)status,
			    request.why != NULL ? request.why : "-");
		if (status != HTTP_STATUS_OK)
			assert_non_null(request.why);
	}
	if (!is_decided)
		fail_msg("%.*s: not decided", (int)len, text);
}

static void
expect(const char *text, enum http_status status)
{
	expect_bytes(text, strlen(text), status);
}

#define HOST "Host: a\r\n"
#define END "\r\n"

static void
expect_fields(const char *fields, enum http_status status)
{
	char text[1024];

	(void)snprintf(text, sizeof(text), "GET / HTTP/1.1\r\n%s\r\n", fields);
	expect(text, status);
}

/* A copy that lives as long as the test's process. */
static struct http_request
parsed(const char *text)
{
	struct http_request request;

	assert_int_equal(http_request_parse(
	                     (struct span){(const uint8_t *)text, strlen(text)},
	                     false, &request),
	    HTTP_REQUEST_DONE);
	assert_int_equal(request.status, HTTP_STATUS_OK);
	return request;
}

static void
assert_span(struct span span, const char *text)
{
	assert_int_equal(span.len, strlen(text));
	if (span.len > 0)
		assert_memory_equal(span.data, text, span.len);
}

static void
http_1_rfc_9112_2_2_empty_lines_before_are_skipped(void **state)
{
	(void)state;
	expect("\r\nGET / HTTP/1.1\r\n" HOST END, HTTP_STATUS_OK);
	expect("\r\n\r\n\r\nGET / HTTP/1.1\r\n" HOST END, HTTP_STATUS_OK);
	struct http_request request =
	    parsed("\r\n\r\nGET /x HTTP/1.1\r\n" HOST END);

	assert_int_equal(request.start, 4);
	assert_span(request.path, "/x");
	assert_int_equal(request.head_len, 4 + 17 + 9 + 2);
}

static void
http_2_rfc_9112_2_2_bare_cr_is_refused(void **state)
{
	(void)state;
	expect("GET /\r HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTTP/1.1\r\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("\rGET / HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X: a\rb\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X: a\r\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X\r: a\r\n", HTTP_STATUS_BAD_REQUEST);
}

static void
http_3_rfc_9112_2_2_bare_lf_is_refused_and_taught(void **state)
{
	(void)state;
	expect("GET / HTTP/1.1\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTTP/1.1\r\nHost: a\n\r\n", HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTTP/1.1\r\n" HOST "\n", HTTP_STATUS_BAD_REQUEST);
	expect("\nGET / HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	struct http_request request;
	uint8_t *copy;

	assert_int_equal(
	    parse_bytes("GET / HTTP/1.1\n\n", 16, false, &request, &copy),
	    HTTP_REQUEST_DONE);
	assert_non_null(strstr(request.why, "nc -C"));
	free(copy);
}

static void
http_3_bare_lf_may_be_allowed(void **state)
{
	struct http_request request;
	const char text[] = "\nGET /x HTTP/1.1\nHost: a\nX: y\n\n";
	uint8_t *copy;

	(void)state;
	assert_int_equal(
	    parse_bytes(text, sizeof(text) - 1, true, &request, &copy),
	    HTTP_REQUEST_DONE);
	assert_int_equal(request.status, HTTP_STATUS_OK);
	assert_int_equal(request.head_len, sizeof(text) - 1);
	assert_span(request.host, "a");
	free(copy);
}

static void
http_4_rfc_9112_2_2_space_before_the_first_field(void **state)
{
	(void)state;
	expect_fields(" " HOST, HTTP_STATUS_BAD_REQUEST);
	expect_fields("\t" HOST, HTTP_STATUS_BAD_REQUEST);
}

static void
http_5_rfc_9112_2_2_garbage(void **state)
{
	(void)state;
	expect_bytes("\x16\x03\x01\x02\x00\x01", 6, HTTP_STATUS_BAD_REQUEST);
	expect_bytes("\0", 1, HTTP_STATUS_BAD_REQUEST);
	expect("hello\r\n", HTTP_STATUS_BAD_REQUEST);
	expect("SSH-2.0-OpenSSH_9.2\r\n", HTTP_STATUS_BAD_REQUEST);
	expect("{}", HTTP_STATUS_BAD_REQUEST);
}

static void
http_6_rfc_9112_3_request_line(void **state)
{
	(void)state;
	expect("GET / HTTP/1.1\r\n" HOST END, HTTP_STATUS_OK);
	expect("GET  / HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET /  HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTTP/1.1 \r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET\t/ HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET /\tHTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET / x HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect(" GET / HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("G@T / HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
}

static void
http_7_rfc_9110_9_1_methods(void **state)
{
	(void)state;
	expect("get / HTTP/1.1\r\n" HOST END, HTTP_STATUS_NOT_IMPLEMENTED);
	expect("GETS / HTTP/1.1\r\n" HOST END, HTTP_STATUS_NOT_IMPLEMENTED);
	expect("PROPFIND / HTTP/1.1\r\n" HOST END, HTTP_STATUS_NOT_IMPLEMENTED);
	assert_int_equal(
	    parsed("HEAD / HTTP/1.1\r\n" HOST END).method, HTTP_METHOD_HEAD);
	assert_int_equal(
	    parsed("POST / HTTP/1.1\r\n" HOST END).method, HTTP_METHOD_OTHER);
	assert_int_equal(
	    parsed("TRACE / HTTP/1.1\r\n" HOST END).method, HTTP_METHOD_OTHER);
}

/* "GET /aaa… HTTP/1.1" with LEN bytes of target, up to the line's end. */
static struct http_request
long_target(size_t len)
{
	struct http_request request;
	char *text = malloc(len + 64);

	assert_non_null(text);
	memcpy(text, "GET ", 4);
	memset(text + 4, 'a', len);
	text[4] = '/';
	memcpy(text + 4 + len, " HTTP/1.1\r\nHost: a\r\n\r\n", 23);
	assert_int_equal(
	    http_request_parse(
	        (struct span){(uint8_t *)text, strlen(text)}, false, &request),
	    HTTP_REQUEST_DONE);
	free(text);
	return request;
}

static void
http_8_rfc_9112_3_long_targets(void **state)
{
	(void)state;
	assert_int_equal(long_target(8000).status, HTTP_STATUS_OK);
	assert_int_equal(long_target(8192 - 15).status, HTTP_STATUS_OK);
	assert_int_equal(
	    long_target(8192 - 14).status, HTTP_STATUS_TARGET_TOO_LONG);
	assert_int_equal(
	    long_target(50000).status, HTTP_STATUS_TARGET_TOO_LONG);
}

static void
http_9_rfc_9112_3_2_bytes_of_a_target(void **state)
{
	(void)state;
	expect("GET /\x01 HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET /\x7f HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET /\xc3\xa9 HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET /#x HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET x HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET ?x HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect_bytes("GET /\0 HTTP/1.1\r\n\r\n", 20, HTTP_STATUS_BAD_REQUEST);
	expect("GET /a|b\"<>^`{} HTTP/1.1\r\n" HOST END, HTTP_STATUS_OK);
}

static void
http_10_rfc_9112_3_2_host(void **state)
{
	(void)state;
	expect("GET / HTTP/1.1\r\n\r\n", HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTTP/1.0\r\n\r\n", HTTP_STATUS_OK);
	expect("GET / HTTP/1.2\r\n\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST HOST, HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: a\r\nhost: b\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: u@a\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: a/b\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: a,b\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: a b\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: a:x\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: a:65536\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: a:80:80\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: [::1\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: []\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host: [::1]x\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host:\r\n", HTTP_STATUS_OK);
	expect_fields("Host: a:\r\n", HTTP_STATUS_OK);
	expect_fields("Host: [::1]:10080\r\n", HTTP_STATUS_OK);
	expect_fields("HOST:a-b.example:8080\r\n", HTTP_STATUS_OK);
}

static void
http_11_rfc_9112_3_2_2_absolute_form(void **state)
{
	struct http_request request =
	    parsed("GET http://b:8/x?y HTTP/1.1\r\n" HOST END);

	(void)state;
	assert_span(request.path, "/x");
	assert_span(request.query, "?y");
	assert_span(request.host, "b:8");
	request = parsed("GET HTTP://b HTTP/1.1\r\n" HOST END);
	assert_span(request.path, "/");
	request = parsed("GET http://b?q HTTP/1.1\r\n" HOST END);
	assert_span(request.path, "/");
	assert_span(request.query, "?q");
	expect("GET http:// HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET http:///x HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect(
	    "GET http://u@b/ HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET ftp://b/ HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET http://b/ HTTP/1.1\r\n\r\n", HTTP_STATUS_BAD_REQUEST);
}

static void
http_12_rfc_9110_9_3_6_connect(void **state)
{
	(void)state;
	assert_int_equal(parsed("CONNECT a:443 HTTP/1.1\r\n" HOST END).method,
	    HTTP_METHOD_CONNECT);
	expect("CONNECT a HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("CONNECT a: HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("CONNECT :1 HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect(
	    "CONNECT a:99999 HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("CONNECT /x HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
}

static void
http_13_rfc_9112_3_2_4_asterisk(void **state)
{
	(void)state;
	assert_span(parsed("OPTIONS * HTTP/1.1\r\n" HOST END).path, "*");
	assert_span(parsed("OPTIONS http://b HTTP/1.1\r\n" HOST END).path, "*");
	expect("GET * HTTP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
}

static void
http_14_rfc_9112_2_3_versions(void **state)
{
	(void)state;
	expect("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", HTTP_STATUS_VERSION);
	expect("GET / HTTP/2.0\r\n" HOST END, HTTP_STATUS_VERSION);
	expect("GET / HTTP/3.0\r\n" HOST END, HTTP_STATUS_VERSION);
	expect("GET / HTTP/0.9\r\n" HOST END, HTTP_STATUS_VERSION);
	expect("GET / HTTP/1.2\r\n" HOST END, HTTP_STATUS_OK);
	expect("GET / http/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTTP/1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTTP/01.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTTP/1.10\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTTP/1,1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	expect("GET / HTPP/1.1\r\n" HOST END, HTTP_STATUS_BAD_REQUEST);
	assert_true(parsed("GET / HTTP/1.0\r\n\r\n").is_http10);
	assert_false(parsed("GET / HTTP/1.2\r\n" HOST END).is_http10);
}

static void
http_15_http_0_9_is_refused(void **state)
{
	(void)state;
	expect("GET /\r\n", HTTP_STATUS_BAD_REQUEST);
	expect("GET / \r\n", HTTP_STATUS_BAD_REQUEST);
}

static void
http_16_rfc_9112_5_1_field_names(void **state)
{
	(void)state;
	expect_fields("Host : a\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields("Host\t: a\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST ": a\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X Y: a\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X(: a\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "\xc3\xa9: a\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "!#$%&'*+-.^_`|~09az: a\r\n", HTTP_STATUS_OK);
}

static void
http_17_rfc_9112_5_2_folded_lines(void **state)
{
	(void)state;
	expect_fields(HOST "X: a\r\n b\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X: a\r\n\tb\r\n", HTTP_STATUS_BAD_REQUEST);
}

static void
http_18_rfc_9110_5_5_field_values(void **state)
{
	(void)state;
	expect_bytes(
	    "GET / HTTP/1.0\r\nX: a\0b\r\n\r\n", 26, HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X: a\x01\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X: long enough to be looked at by words \x1f\r\n",
	    HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X: a\x7f\r\n", HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X: 12345678\x7f\x31\x32\x33\x34\x35\x36\x37\r\n",
	    HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "X: \xff\x80 a\tb\r\n", HTTP_STATUS_OK);
	expect_fields(HOST "X:\r\n", HTTP_STATUS_OK);
	assert_span(
	    parsed("GET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n").host, "a");
}

/* COUNT fields of LEN bytes each, line ends included. */
static enum http_status
many_fields(unsigned count, size_t len)
{
	char *text = malloc(64 + count * len), *at = text;
	struct http_request request;

	assert_non_null(text);
	at += sprintf(at, "GET / HTTP/1.0\r\n");
	for (unsigned i = 0; i < count; i++) {
		memset(at, 'x', len);
		at[1] = ':';
		at[len - 2] = '\r';
		at[len - 1] = '\n';
		at += len;
	}
	at += sprintf(at, "\r\n");
	assert_int_equal(http_request_parse((struct span){(uint8_t *)text,
	                                        (size_t)(at - text)},
	                     false, &request),
	    HTTP_REQUEST_DONE);
	free(text);
	return request.status;
}

static void
http_19_rfc_6585_5_too_many_and_too_large(void **state)
{
	(void)state;
	assert_int_equal(many_fields(100, 8), HTTP_STATUS_OK);
	assert_int_equal(many_fields(101, 8), HTTP_STATUS_HEAD_TOO_LARGE);
	assert_int_equal(many_fields(1, 16384 - 18), HTTP_STATUS_OK);
	assert_int_equal(
	    many_fields(1, 16384 - 17), HTTP_STATUS_HEAD_TOO_LARGE);
	assert_int_equal(many_fields(3, 8000), HTTP_STATUS_HEAD_TOO_LARGE);
	assert_int_equal(many_fields(1, 40000), HTTP_STATUS_HEAD_TOO_LARGE);
}

static void
http_20_rfc_9112_6_1_both_lengths(void **state)
{
	(void)state;
	expect_fields(HOST
	    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
	    HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST
	    "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
	    HTTP_STATUS_BAD_REQUEST);
}

static void
http_21_rfc_9112_6_1_http_1_0_has_no_codings(void **state)
{
	(void)state;
	expect("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
	    HTTP_STATUS_BAD_REQUEST);
}

static void
http_22_rfc_9112_6_1_transfer_codings(void **state)
{
	static const struct {
		const char *value;
		enum http_status status;
	} cases[] = {
	    {"chunked", HTTP_STATUS_OK},
	    {"Chunked", HTTP_STATUS_OK},
	    {"gzip", HTTP_STATUS_NOT_IMPLEMENTED},
	    {"gzip, chunked", HTTP_STATUS_NOT_IMPLEMENTED},
	    {"identity", HTTP_STATUS_NOT_IMPLEMENTED},
	    {"xchunked", HTTP_STATUS_NOT_IMPLEMENTED},
	    {"chunked, gzip", HTTP_STATUS_BAD_REQUEST},
	    {"chunked, chunked", HTTP_STATUS_BAD_REQUEST},
	    {"chunked\r\nTransfer-Encoding: chunked", HTTP_STATUS_BAD_REQUEST},
	    {"chunked\r\nTransfer-Encoding: identity", HTTP_STATUS_BAD_REQUEST},
	    {"", HTTP_STATUS_BAD_REQUEST},
	    {",chunked", HTTP_STATUS_BAD_REQUEST},
	    {"chunked;x", HTTP_STATUS_BAD_REQUEST},
	    {"\x0b"
	     "chunked",
	        HTTP_STATUS_BAD_REQUEST},
	    {"\"chunked\"", HTTP_STATUS_BAD_REQUEST},
	    {"chunked x", HTTP_STATUS_BAD_REQUEST},
	};
	char fields[256];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		(void)snprintf(fields, sizeof(fields),
		    HOST "Transfer-Encoding: %s\r\n", cases[i].value);
		expect_fields(fields, cases[i].status);
	}
}

static void
http_23_rfc_9112_6_3_content_length(void **state)
{
	static const char *const bad[] = {"+5", "-1", "0x5", "5_0", "", "1 2",
	    "1,1", "5, 5", "1.0", "18446744073709551616",
	    "99999999999999999999999"};
	char fields[256];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(fields, sizeof(fields),
		    HOST "Content-Length: %s\r\n", bad[i]);
		expect_fields(fields, HTTP_STATUS_BAD_REQUEST);
	}
	expect_fields(HOST "Content-Length: 1\r\nContent-Length: 1\r\n",
	    HTTP_STATUS_BAD_REQUEST);
	expect_fields(HOST "Content-Length: 0\r\nContent-Length: 1\r\n",
	    HTTP_STATUS_BAD_REQUEST);
	assert_int_equal(parsed("GET / HTTP/1.1\r\n" HOST
	                        "Content-Length: 18446744073709551615\r\n\r\n")
	                     .body_len,
	    UINT64_MAX);
	assert_int_equal(
	    parsed("GET / HTTP/1.1\r\n" HOST "content-length:\t007 \r\n\r\n")
	        .body_len,
	    7);
}

static void
http_34_rfc_9110_7_6_1_connection_options(void **state)
{
	struct http_request request =
	    parsed("GET / HTTP/1.1\r\n" HOST
	           "Connection: x, , CLOSE\r\nConnection: Keep-Alive\r\n\r\n");

	(void)state;
	assert_true(request.wants_close);
	assert_true(request.wants_keep_alive);
	request = parsed(
	    "GET / HTTP/1.1\r\n" HOST "Connection: closed, close-x\r\n\r\n");
	assert_false(request.wants_close);
}

static void
http_36_rfc_9110_10_1_1_expect(void **state)
{
	(void)state;
	assert_true(
	    parsed("GET / HTTP/1.1\r\n" HOST "Expect: 100-Continue\r\n\r\n")
	        .expects_continue);
	expect_fields(HOST "Expect: 200-ok\r\n", HTTP_STATUS_EXPECTATION);
	assert_false(
	    parsed("GET / HTTP/1.0\r\nExpect: x\r\n\r\n").expects_continue);
}

static void
fields_are_found_again_in_order(void **state)
{
	struct http_request request =
	    parsed("GET / HTTP/1.1\r\n" HOST
	           "If-None-Match: \"1\"\r\nX: if-none-match: y\r\n"
	           "IF-NONE-MATCH:  \"2\" \r\nRange:\r\n\r\n");
	struct span value;
	size_t at = 0;

	(void)state;
	assert_int_equal(request.has,
	    HTTP_REQUEST_HAS_IF_NONE_MATCH | HTTP_REQUEST_HAS_RANGE);
	assert_true(http_request_field(&request, "if-none-match", &at, &value));
	assert_span(value, "\"1\"");
	assert_true(http_request_field(&request, "if-none-match", &at, &value));
	assert_span(value, "\"2\"");
	assert_false(
	    http_request_field(&request, "if-none-match", &at, &value));
	at = 0;
	assert_true(http_request_field(&request, "range", &at, &value));
	assert_int_equal(value.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
	        http_1_rfc_9112_2_2_empty_lines_before_are_skipped),
	    cmocka_unit_test(http_2_rfc_9112_2_2_bare_cr_is_refused),
	    cmocka_unit_test(http_3_rfc_9112_2_2_bare_lf_is_refused_and_taught),
	    cmocka_unit_test(http_3_bare_lf_may_be_allowed),
	    cmocka_unit_test(http_4_rfc_9112_2_2_space_before_the_first_field),
	    cmocka_unit_test(http_5_rfc_9112_2_2_garbage),
	    cmocka_unit_test(http_6_rfc_9112_3_request_line),
	    cmocka_unit_test(http_7_rfc_9110_9_1_methods),
	    cmocka_unit_test(http_8_rfc_9112_3_long_targets),
	    cmocka_unit_test(http_9_rfc_9112_3_2_bytes_of_a_target),
	    cmocka_unit_test(http_10_rfc_9112_3_2_host),
	    cmocka_unit_test(http_11_rfc_9112_3_2_2_absolute_form),
	    cmocka_unit_test(http_12_rfc_9110_9_3_6_connect),
	    cmocka_unit_test(http_13_rfc_9112_3_2_4_asterisk),
	    cmocka_unit_test(http_14_rfc_9112_2_3_versions),
	    cmocka_unit_test(http_15_http_0_9_is_refused),
	    cmocka_unit_test(http_16_rfc_9112_5_1_field_names),
	    cmocka_unit_test(http_17_rfc_9112_5_2_folded_lines),
	    cmocka_unit_test(http_18_rfc_9110_5_5_field_values),
	    cmocka_unit_test(http_19_rfc_6585_5_too_many_and_too_large),
	    cmocka_unit_test(http_20_rfc_9112_6_1_both_lengths),
	    cmocka_unit_test(http_21_rfc_9112_6_1_http_1_0_has_no_codings),
	    cmocka_unit_test(http_22_rfc_9112_6_1_transfer_codings),
	    cmocka_unit_test(http_23_rfc_9112_6_3_content_length),
	    cmocka_unit_test(http_34_rfc_9110_7_6_1_connection_options),
	    cmocka_unit_test(http_36_rfc_9110_10_1_1_expect),
	    cmocka_unit_test(fields_are_found_again_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
