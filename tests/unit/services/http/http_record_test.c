/* Lines of the access log: what is in them, and that nothing a client sends
 * breaks out of its place. */
#include "services/http/http_record.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct http_record_moment moment = {
    .date = "Sun, 06 Nov 1994 08:49:37 GM",
    .iso = "1994-11-06T08:49:37",
    .milliseconds = 42,
};

static struct addr
peer_of(const char *text)
{
	struct addr peer;

	assert_null(addr_parse(text, &peer));
	return peer;
}

/* The line that a record of HEAD (whole, or not understood) makes. */
static const char *
line_of(const char *head, size_t len, enum http_record_format format,
    struct http_record record)
{
	static uint8_t out[HTTP_RECORD_LINE_MAX + 1];
	struct http_request request;
	struct addr peer = peer_of("192.0.2.7:1234");
	struct span bytes = {(const uint8_t *)head, len};
	const char *end = memmem(head, len, "\r\n", 2);

	if (http_request_parse(bytes, false, &request) == HTTP_REQUEST_DONE &&
	    request.status == HTTP_STATUS_OK)
		record.request = &request;
	record.line =
	    (struct span){bytes.data, end != NULL ? (size_t)(end - head) : len};
	if (record.peer == NULL)
		record.peer = &peer;
	size_t made = http_record_write(
	    &record, format, &moment, (struct space){out, sizeof(out) - 1});

	assert_in_range(made, 1, HTTP_RECORD_LINE_MAX);
	assert_int_equal(out[made - 1], '\n');
	assert_null(memchr(out, '\0', made));
	assert_ptr_equal(memchr(out, '\n', made), out + made - 1);
	out[made] = '\0';
	return (const char *)out;
}

static void
expect(const char *head, enum http_record_format format,
    struct http_record record, const char *line)
{
	assert_string_equal(line_of(head, strlen(head), format, record), line);
}

#define HOST "Host: example.test:8080\r\n"

static void
combined_has_what_others_have(void **state)
{
	(void)state;
	expect("GET /a?b=c HTTP/1.1\r\n" HOST
	       "Referer: http://example.test/\r\nUser-Agent: curl/7.88\r\n\r\n",
	    HTTP_RECORD_COMBINED,
	    (struct http_record){.code = 200, .body_len = 1234567890123},
	    "192.0.2.7 - - [06/Nov/1994:08:49:37 +0000] \"GET /a?b=c "
	    "HTTP/1.1\" 200 1234567890123 \"http://example.test/\" "
	    "\"curl/7.88\"\n");
	expect("GET / HTTP/1.0\r\n\r\n", HTTP_RECORD_COMBINED,
	    (struct http_record){.code = 304, .user = span_of("ann")},
	    "192.0.2.7 - ann [06/Nov/1994:08:49:37 +0000] \"GET / HTTP/1.0\" "
	    "304 0 \"-\" \"-\"\n");
}

static void
json_has_what_is_there(void **state)
{
	struct http_site site = {.name = span_of("blog")};

	(void)state;
	expect("GET /a?b=c HTTP/1.1\r\n" HOST
	       "Referer: http://example.test/\r\nUser-Agent: curl/7.88\r\n\r\n",
	    HTTP_RECORD_JSON,
	    (struct http_record){.code = 206,
	        .body_len = 10,
	        .site = &site,
	        .user = span_of("ann \"x\"")},
	    "{\"time\":\"1994-11-06T08:49:37.042Z\",\"remote\":\"192.0.2.7\","
	    "\"host\":\"example.test:8080\",\"site\":\"blog\","
	    "\"user\":\"ann "
	    "\\\"x\\\"\",\"method\":\"GET\",\"target\":\"/a?b=c\","
	    "\"protocol\":\"HTTP/1.1\",\"status\":206,\"bytes\":10,"
	    "\"referer\":\"http://example.test/\","
	    "\"user_agent\":\"curl/7.88\"}\n");
	expect("HEAD / HTTP/1.0\r\n\r\n", HTTP_RECORD_JSON,
	    (struct http_record){.code = 200},
	    "{\"time\":\"1994-11-06T08:49:37.042Z\",\"remote\":\"192.0.2.7\","
	    "\"method\":\"HEAD\",\"target\":\"/\",\"protocol\":\"HTTP/1.0\","
	    "\"status\":200,\"bytes\":0}\n");
}

static void
what_is_no_request_is_shown_as_it_came(void **state)
{
	(void)state;
	expect("GET  / HTTP/1.1\r\n", HTTP_RECORD_COMBINED,
	    (struct http_record){.code = 400, .body_len = 5},
	    "192.0.2.7 - - [06/Nov/1994:08:49:37 +0000] \"GET  / HTTP/1.1\" "
	    "400 5 \"-\" \"-\"\n");
	expect("GET  / HTTP/1.1\r\n", HTTP_RECORD_JSON,
	    (struct http_record){.code = 400, .body_len = 5},
	    "{\"time\":\"1994-11-06T08:49:37.042Z\",\"remote\":\"192.0.2.7\","
	    "\"line\":\"GET  / HTTP/1.1\",\"status\":400,\"bytes\":5}\n");
	expect("", HTTP_RECORD_COMBINED, (struct http_record){.code = 408},
	    "192.0.2.7 - - [06/Nov/1994:08:49:37 +0000] \"-\" 408 0 \"-\" "
	    "\"-\"\n");
	expect("", HTTP_RECORD_JSON, (struct http_record){.code = 408},
	    "{\"time\":\"1994-11-06T08:49:37.042Z\",\"remote\":\"192.0.2.7\","
	    "\"line\":\"\",\"status\":408,\"bytes\":0}\n");
}

static void
addresses_come_without_ports(void **state)
{
	struct addr peer = peer_of("[2001:db8::7]:80");

	(void)state;
	assert_memory_equal(line_of("", 0, HTTP_RECORD_COMBINED,
	                        (struct http_record){.peer = &peer}),
	    "2001:db8::7 - -", 15);
	assert_non_null(strstr(line_of("", 0, HTTP_RECORD_JSON,
	                           (struct http_record){.peer = &peer}),
	    "\"remote\":\"2001:db8::7\","));
}

static void
nothing_breaks_out_of_its_quotes(void **state)
{
	static const char head[] = "GET /\"\\ HTTP/1.1\r\n" HOST
	                           "User-Agent: a\"b\\c\td\xc3\xa9\xff\r\n\r\n";

	(void)state;
	assert_non_null(
	    strstr(line_of(head, sizeof(head) - 1, HTTP_RECORD_COMBINED,
	               (struct http_record){.code = 404}),
	        "\"GET /\\x22\\x5C HTTP/1.1\" 404 0 \"-\" "
	        "\"a\\x22b\\x5Cc\\x09d\\xC3\\xA9\\xFF\"\n"));
	assert_non_null(strstr(line_of(head, sizeof(head) - 1, HTTP_RECORD_JSON,
	                           (struct http_record){.code = 404}),
	    "\"target\":\"/\\\"\\\\\""));
	assert_non_null(strstr(line_of(head, sizeof(head) - 1, HTTP_RECORD_JSON,
	                           (struct http_record){.code = 404}),
	    "\"user_agent\":\"a\\\"b\\\\c\\td\xc3\xa9\xef\xbf\xbd\"}"));
	/* A user's name has no quotes around it in which a space could be. */
	assert_non_null(
	    strstr(line_of("", 0, HTTP_RECORD_COMBINED,
	               (struct http_record){.user = span_of("a b [c]\n")}),
	        " - a\\x20b\\x20[c]\\x0A ["));
}

/* A string of JSON at TEXT, behind its first quote: where it ends; NULL: it is
 * none. */
static const char *
skip_string(const char *text)
{
	for (; *text != '"'; text++) {
		if ((unsigned char)*text < 0x20)
			return NULL;
		if (*text == '\\' && *++text == 'u')
			text += strspn(text + 1, "0123456789abcdef") == 0;
	}
	return text + 1;
}

/* LINE is {"name":value,…} with strings and numbers for values. */
static bool
is_object(const char *line)
{
	if (*line++ != '{')
		return false;
	do {
		if (*line++ != '"' || (line = skip_string(line)) == NULL ||
		    *line++ != ':')
			return false;
		if (*line == '"')
			line = skip_string(line + 1);
		else
			line += strspn(line, "0123456789");
	} while (line != NULL && *line++ == ',');
	return line != NULL && line[-1] == '}' && strcmp(line, "\n") == 0;
}

static void
any_bytes_make_one_line(void **state)
{
	(void)state;
	srand(1);
	for (int round = 0; round < 3000; round++) {
		char bytes[512];
		size_t len = (size_t)rand() % sizeof(bytes);

		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)(rand() % 256);
		struct http_record record = {
		    .code = 400, .user = {(const uint8_t *)bytes, len / 3}};
		const char *line =
		    line_of(bytes, len, HTTP_RECORD_COMBINED, record);

		for (const char *at = line; *at != '\n'; at++)
			assert_in_range((unsigned char)*at, 0x20, 0x7e);
		/* Six quotes around three fields, and none within them. */
		unsigned quotes = 0;
		for (const char *at = line; *at != '\0'; at++)
			quotes += *at == '"';
		assert_int_equal(quotes, 6);
		assert_true(
		    is_object(line_of(bytes, len, HTTP_RECORD_JSON, record)));
	}
}

/* A head with LEN bytes of target and LEN times UNIT for User-Agent. */
static char *
long_head(const char *unit, size_t len)
{
	size_t unit_len = strlen(unit);
	char *head = malloc(len + len * unit_len + 100);
	char *at = head;

	assert_non_null(head);
	at += sprintf(at, "GET /");
	memset(at, 'a', len);
	at += len;
	at += sprintf(at, " HTTP/1.1\r\nHost: a\r\nUser-Agent: ");
	for (size_t i = 0; i < len; i++, at += unit_len)
		memcpy(at, unit, unit_len);
	sprintf(at, "\r\n\r\n");
	return head;
}

static void
what_is_too_long_is_cut_and_marked(void **state)
{
	char *head = long_head("a", 8000);
	const char *line;

	(void)state;
	line = line_of(head, strlen(head), HTTP_RECORD_COMBINED,
	    (struct http_record){.code = 200});
	assert_non_null(strstr(line, "aaa...\" 200 0 \"-\" \"aaa"));
	assert_non_null(strstr(line, "aaa...\"\n"));
	assert_true(strlen(line) > 2000);
	line = line_of(head, strlen(head), HTTP_RECORD_JSON,
	    (struct http_record){.code = 200});
	assert_non_null(strstr(line, "aaa...\",\"protocol\":\"HTTP/1.1\","));
	assert_non_null(strstr(line, "aaa...\"}\n"));
	assert_true(is_object(line));
	free(head);
}

static void
what_swells_is_cut_between_characters(void **state)
{
	static const size_t lengths[] = {255, 256, 257, 300, 340, 511, 2000};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		char *head = long_head("\xe2\x82\xac", lengths[i] / 3);
		const char *line = line_of(head, strlen(head), HTTP_RECORD_JSON,
		    (struct http_record){.code = 200});

		assert_true(is_object(line));
		assert_null(strstr(line, "\xef\xbf\xbd"));
		assert_int_equal(strstr(line, "...") != NULL, i == 6);
		line = line_of(head, strlen(head), HTTP_RECORD_COMBINED,
		    (struct http_record){.code = 200});
		assert_int_equal(strstr(line, "...") != NULL, i >= 3);
		free(head);

		/* The worst: a byte becomes three or four. */
		head = long_head("\xff", lengths[i]);
		line = line_of(head, strlen(head), HTTP_RECORD_JSON,
		    (struct http_record){.code = 200});
		assert_true(is_object(line));
		free(head);
	}
	/* All of a line at its longest. */
	char *name = malloc(9000);

	assert_non_null(name);
	memset(name, 1, 9000);
	struct http_site site = {.name = {(uint8_t *)name, 9000}};
	struct http_record record = {.site = &site,
	    .user = site.name,
	    .code = 999,
	    .body_len = UINT64_MAX};

	assert_true(is_object(line_of(name, 9000, HTTP_RECORD_JSON, record)));
	(void)line_of(name, 9000, HTTP_RECORD_COMBINED, record);
	free(name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(combined_has_what_others_have),
	    cmocka_unit_test(json_has_what_is_there),
	    cmocka_unit_test(what_is_no_request_is_shown_as_it_came),
	    cmocka_unit_test(addresses_come_without_ports),
	    cmocka_unit_test(nothing_breaks_out_of_its_quotes),
	    cmocka_unit_test(any_bytes_make_one_line),
	    cmocka_unit_test(what_is_too_long_is_cut_and_marked),
	    cmocka_unit_test(what_swells_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
