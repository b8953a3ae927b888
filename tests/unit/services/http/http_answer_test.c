/* Answers: their fields, their pages, redirections. */
#include "http_ask.h"
#include "services/http/http_answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SERVER "Server: netlabd\r\nX-Content-Type-Options: nosniff\r\n"
#define DATE "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

static struct http_resource_meta
meta_of(void)
{
	return (struct http_resource_meta){
	    .type = "text/plain; charset=utf-8",
	    .always = http_ask_span(SERVER),
	    .size = 10,
	    .mtime = HTTP_ASK_NOW - 1000,
	    .now = HTTP_ASK_NOW,
	};
}

/* Requests for the file of meta_of() and what each is answered with. */
static const struct {
	const char *fields;
	enum http_status status;
} all[] = {
    {"", HTTP_STATUS_OK},
    {"Range: bytes=0-1\r\n", HTTP_STATUS_PARTIAL},
    {"If-None-Match: *\r\n", HTTP_STATUS_NOT_MODIFIED},
    {"If-Match: \"x\"\r\n", HTTP_STATUS_PRECONDITION},
    {"Range: bytes=10-\r\n", HTTP_STATUS_RANGE},
};

static void
http_38_41_45_rfc_9110_8_every_byte_of_a_head(void **state)
{
	struct http_resource_meta meta = meta_of();
	struct http_resource file = http_ask_build(&meta);
	const char *text;
	struct http_answer answer = http_ask(&file, "GET", "", &text);
	static const char head[] =
	    "HTTP/1.1 200 OK\r\n" DATE SERVER
	    "Last-Modified: Sun, 06 Nov 1994 08:32:57 GMT\r\n"
	    "ETag: \"ae1b898e7a3fa00-a-0\"\r\n"
	    "Accept-Ranges: bytes\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Length: 10\r\n\r\n";

	(void)state;
	assert_int_equal(answer.made, strlen(head) + 10);
	assert_int_equal(answer.body_len, 10);
	assert_memory_equal(text, head, strlen(head));
}

static void
http_38_rfc_9110_6_6_1_a_date_on_every_answer(void **state)
{
	struct http_resource_meta meta = meta_of();
	struct http_resource file = http_ask_build(&meta);
	struct http_resource others[] = {
	    {.status = HTTP_STATUS_MOVED, .moved_to = http_ask_span("/d/")},
	    {.status = HTTP_STATUS_NOT_FOUND, .why = "None."},
	    {.status = HTTP_STATUS_FORBIDDEN, .why = "No."},
	};
	const char *text;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct http_answer answer =
		    http_ask(&file, "GET", all[i].fields, &text);

		assert_int_equal(answer.status, all[i].status);
		assert_non_null(strstr(text, "\r\n" DATE));
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		(void)http_ask(&others[i], "GET", "", &text);
		assert_non_null(strstr(text, "\r\n" DATE));
	}
}

static void
http_39_rfc_9110_8_8_2_1_no_file_is_of_tomorrow(void **state)
{
	struct http_resource_meta meta = meta_of();
	const char *text;

	(void)state;
	meta.mtime = HTTP_ASK_NOW + 86400;
	struct http_resource file = http_ask_build(&meta);

	(void)http_ask(&file, "GET", "", &text);
	assert_non_null(strstr(
	    text, "\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
	assert_int_equal(file.mtime, HTTP_ASK_NOW);
}

static void
http_42_rfc_9110_9_3_2_head_is_get_without_its_body(void **state)
{
	static char get[HTTP_ANSWER_SPACE];
	struct http_resource_meta meta = meta_of();
	struct http_resource file = http_ask_build(&meta);
	struct http_resource others[] = {
	    file,
	    {.status = HTTP_STATUS_MOVED, .moved_to = http_ask_span("/d/")},
	    {.status = HTTP_STATUS_NOT_FOUND, .why = "None."},
	};
	const char *text;

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct http_answer answer =
		    http_ask(&others[i], "GET", "", &text);
		size_t head_len = answer.made - (size_t)answer.body_len;

		memcpy(get, text, answer.made);
		answer = http_ask(&others[i], "HEAD", "", &text);
		assert_int_equal(answer.made, head_len);
		assert_int_equal(answer.body_len, 0);
		assert_memory_equal(text, get, head_len);
	}
	/* Conditions are of HEAD too; ranges are not (HTTP 55, §14.2). */
	assert_int_equal(
	    http_ask(&file, "HEAD", "If-None-Match: *\r\n", &text).status,
	    HTTP_STATUS_NOT_MODIFIED);
	assert_int_equal(
	    http_ask(&file, "HEAD", "If-Match: \"x\"\r\n", &text).status,
	    HTTP_STATUS_PRECONDITION);
	assert_int_equal(
	    http_ask(&file, "HEAD", "Range: bytes=0-1\r\n", &text).status,
	    HTTP_STATUS_OK);
}

/* What stands in front of every answer's own fields is the configuration's. */
static void
http_43_44_rfc_9110_10_2_4_server_and_nosniff_may_be_none(void **state)
{
	struct http_resource_meta meta = meta_of();
	struct http_resource file = http_ask_build(&meta);
	const char *text;

	(void)state;
	(void)http_ask(&file, "GET", "", &text);
	assert_non_null(strstr(text, "\r\n" SERVER));
	assert_non_null(
	    strstr(text, "\r\nContent-Type: text/plain; charset=utf-8\r\n"));
	meta.always = (struct span){NULL, 0};
	file = http_ask_build(&meta);
	for (size_t i = 0; i < 3; i++) {
		(void)http_ask(&file, "GET", all[i].fields, &text);
		assert_null(strstr(text, "\r\nServer:"));
		assert_null(strstr(text, "nosniff"));
	}
}

static void
http_40_rfc_9110_8_8_3_3_an_etag_for_each_coding(void **state)
{
	struct http_resource_meta meta = meta_of();
	struct http_resource plain = http_ask_build(&meta);
	struct http_resource coded[3];
	static const char *const names[3] = {"gzip", "br", "zstd"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		meta.coding = names[i];
		coded[i] = http_ask_build(&meta);
		assert_true(coded[i].is_coded);
		assert_int_not_equal(coded[i].etag.len, 0);
		assert_true(coded[i].etag.len <= HTTP_RESOURCE_ETAG_MAX);
		assert_true(coded[i].etag.len != plain.etag.len ||
		            memcmp(coded[i].etag.data, plain.etag.data,
		                plain.etag.len) != 0);
	}
	assert_memory_equal(coded[0].etag.data, "\"ae1b898e7a3fa00-a-0-gzip\"",
	    coded[0].etag.len);
}

/* What tells two versions of a file apart: each of it has to show. */
static void
http_40_rfc_9110_8_8_1_an_etag_for_each_version(void **state)
{
	struct http_resource_meta metas[5];
	struct http_resource files[5];

	(void)state;
	for (size_t i = 0; i < 5; i++)
		metas[i] = meta_of();
	metas[1].mtime -= 1;
	metas[2].mtime_ns += 1;
	metas[3].size += 1;
	metas[4].inode += 1;
	for (size_t i = 0; i < 5; i++) {
		files[i] = http_ask_build(&metas[i]);
		assert_int_equal(files[i].etag.data[0], '"'); /* strong */
		for (size_t j = 0; j < i; j++)
			assert_true(
			    files[i].etag.len != files[j].etag.len ||
			    memcmp(files[i].etag.data, files[j].etag.data,
			        files[i].etag.len) != 0);
	}
}

static void
http_40_an_etag_that_is_given(void **state)
{
	struct http_resource_meta meta = meta_of();
	const char *text;

	(void)state;
	meta.etag = http_ask_span("\"0123456789abcdef\"");
	meta.is_undated = true;
	struct http_resource listing = http_ask_build(&meta);

	(void)http_ask(&listing, "GET", "", &text);
	assert_non_null(strstr(text, "\r\nETag: \"0123456789abcdef\"\r\n"));
	assert_null(strstr(text, "Last-Modified"));
}

/* The longest of everything fits in what http_resource_head_space says. */
static void
http_41_a_head_has_the_space_that_is_said(void **state)
{
	static char fields[HTTP_SITE_FIELDS_MAX + 1], etag[65];
	struct http_resource_meta meta = {
	    .type = "application/vnd.openxmlformats-officedocument."
	            "presentationml.presentation",
	    .coding = "zstd",
	    .vary = "Accept-Encoding",
	    .always = http_ask_span(SERVER),
	    .size = 1000,
	    .inode = UINT64_MAX,
	    .mtime = INT32_MAX,
	    .mtime_ns = 999999999,
	    .now = INT32_MAX,
	};

	(void)state;
	memset(fields, 'a', HTTP_SITE_FIELDS_MAX);
	meta.fields = http_ask_span(fields);
	assert_true(http_resource_head_space(&meta) <= HTTP_RESOURCE_HEAD_MAX);
	struct http_resource file = http_ask_build(&meta);

	assert_true(file.head_len <= http_resource_head_space(&meta));
	memset(etag, '"', 64);
	meta.etag = http_ask_span(etag);
	file = http_ask_build(&meta);
	assert_true(file.head_len <= http_resource_head_space(&meta));
}

static void
http_46_54_rfc_9110_12_5_5_15_4_5_fields_that_all_bear(void **state)
{
	struct http_resource_meta meta = meta_of();
	static const char *const lines[] = {
	    ("\r\n" DATE),
	    "\r\nVary: Accept-Encoding\r\n",
	    "\r\nCache-Control: max-age=60\r\n",
	    "\r\nExpires: 0\r\n",
	    "\r\nContent-Location: /x\r\n",
	    "\r\nETag: \"",
	    "\r\nServer: netlabd\r\n",
	};
	static const char *const requests[] = {
	    "", "If-None-Match: *\r\n", "Range: bytes=0-1\r\n"};
	static const enum http_status statuses[] = {
	    HTTP_STATUS_OK, HTTP_STATUS_NOT_MODIFIED, HTTP_STATUS_PARTIAL};

	(void)state;
	meta.vary = "Accept-Encoding";
	meta.fields = http_ask_span("Cache-Control: max-age=60\r\n"
	                            "Expires: 0\r\nContent-Location: /x\r\n");
	struct http_resource file = http_ask_build(&meta);

	for (size_t i = 0; i < 3; i++) {
		const char *text;
		struct http_answer answer =
		    http_ask(&file, "GET", requests[i], &text);

		assert_int_equal(answer.status, statuses[i]);
		for (size_t j = 0; j < sizeof(lines) / sizeof(lines[0]); j++)
			if (strstr(text, lines[j]) == NULL)
				fail_msg("%s%s", lines[j], text);
	}
	/* No body, and nothing that would describe one (§15.4.5). */
	const char *text;
	struct http_answer answer =
	    http_ask(&file, "GET", "If-None-Match: *\r\n", &text);

	assert_string_equal(text + answer.made - 4, "\r\n\r\n");
	assert_null(strstr(text, "\r\nContent-Length:"));
	assert_null(strstr(text, "\r\nContent-Type:"));
	assert_int_equal(answer.body_len, 0);
}

static void
http_46_rfc_9110_15_5_7_406_varies(void **state)
{
	struct http_resource none = {
	    .status = HTTP_STATUS_NOT_ACCEPTABLE, .why = "No.", .fd = -1};
	const char *text;

	(void)state;
	(void)http_ask(&none, "GET", "Accept-Encoding: *;q=0\r\n", &text);
	assert_non_null(strstr(text, "HTTP/1.1 406 Not Acceptable\r\n"));
	assert_non_null(strstr(text, "\r\nVary: Accept-Encoding\r\n"));
}

static void
http_57_rfc_9110_15_5_17_416_says_the_size(void **state)
{
	struct http_resource_meta meta = meta_of();
	struct http_resource file = http_ask_build(&meta);
	const char *text;
	struct http_answer answer =
	    http_ask(&file, "GET", "Range: bytes=10-\r\n", &text);

	(void)state;
	assert_int_equal(answer.status, HTTP_STATUS_RANGE);
	assert_non_null(strstr(text, "\r\nContent-Range: bytes */10\r\n"));
	assert_null(strstr(text, "ETag"));
}

/* An empty file: 200 for every Range, and HTTP 58's fields for one. */
static void
http_57_58_rfc_9110_14_the_edges_of_a_file(void **state)
{
	struct http_resource_meta meta = meta_of();
	struct http_resource file = http_ask_build(&meta);
	const char *text;

	(void)state;
	(void)http_ask(&file, "GET", "Range: bytes=9-20\r\n", &text);
	assert_non_null(strstr(text, "HTTP/1.1 206 Partial Content\r\n"));
	assert_non_null(strstr(text, "\r\nContent-Range: bytes 9-9/10\r\n"
	                             "Content-Length: 1\r\n\r\n"));
	meta.size = 0;
	file = http_ask_build(&meta);
	assert_int_equal(
	    http_ask_status(&file, "Range: bytes=0-\r\n"), HTTP_STATUS_OK);
	assert_int_equal(
	    http_ask_status(&file, "Range: bytes=-1\r\n"), HTTP_STATUS_OK);
}

static struct http_answer_to
to_of(bool is_head, enum http_connection connection, uint8_t *bytes)
{
	return (struct http_answer_to){
	    .stamp = &http_ask_stamp,
	    .connection = connection,
	    .is_head = is_head,
	    .out = {bytes, HTTP_ANSWER_SPACE},
	};
}

/* Every status's page: a body for humans of the length that is said; HEAD the
 * same without it; nothing that is kept. */
static void
http_41_42_47_rfc_9110_15_5_pages(void **state)
{
	static uint8_t get[HTTP_ANSWER_SPACE + 1], head[HTTP_ANSWER_SPACE + 1];

	(void)state;
	for (unsigned i = HTTP_STATUS_BAD_REQUEST; i < HTTP_STATUS_LAB; i++) {
		enum http_status status = (enum http_status)i;
		struct http_answer_to to =
		    to_of(false, HTTP_CONNECTION_CLOSES, get);
		struct http_answer page =
		    http_answer_page(&to, status, "Because.");

		get[page.made] = '\0';
		const char *text = (const char *)get;
		const char *body = strstr(text, "\r\n\r\n");
		const char *length = strstr(text, "\r\nContent-Length: ");

		assert_non_null(body);
		assert_non_null(length);
		assert_int_equal(strlen(body + 4), page.body_len);
		assert_int_equal(atoi(length + 18), page.body_len);
		assert_non_null(strstr(body, http_status_line(status)));
		assert_non_null(strstr(body, "Because."));
		assert_non_null(strstr(text, "\r\n" DATE));
		assert_non_null(
		    strstr(text, "\r\nCache-Control: no-store\r\n"));
		assert_non_null(strstr(text, "\r\nConnection: close\r\n"));
		assert_int_equal(strstr(text, "\r\nAllow: ") != NULL,
		    status == HTTP_STATUS_NOT_ALLOWED);
		to = to_of(true, HTTP_CONNECTION_CLOSES, head);
		struct http_answer without =
		    http_answer_page(&to, status, "Because.");

		assert_int_equal(without.made, page.made - page.body_len);
		assert_memory_equal(head, get, without.made);
		assert_int_equal(without.body_len, 0);
	}
}

static void
http_41_rfc_9110_8_6_204_has_no_length(void **state)
{
	static uint8_t bytes[HTTP_ANSWER_SPACE + 1];
	struct http_answer_to to = to_of(false, HTTP_CONNECTION_IS_KEPT, bytes);
	struct http_answer page =
	    http_answer_page(&to, HTTP_STATUS_NO_CONTENT, "");

	(void)state;
	bytes[page.made] = '\0';
	assert_string_equal((char *)bytes,
	    "HTTP/1.1 204 No Content\r\n" DATE "Server: netlabd\r\n"
	    "Allow: GET, HEAD, OPTIONS\r\n"
	    "Connection: keep-alive\r\n\r\n");
}

static void
http_47_rfc_7617_2_unauthorized(void **state)
{
	static uint8_t bytes[HTTP_ANSWER_SPACE + 1];
	struct http_answer_to to = to_of(false, HTTP_CONNECTION_STAYS, bytes);
	struct http_answer page = http_answer_unauthorized(
	    &to, http_ask_span("the \"lab\" \\ r\xc3\xa9seau"));
	char realm[HTTP_ANSWER_REALM_MAX + 1];

	(void)state;
	bytes[page.made] = '\0';
	assert_int_equal(page.status, HTTP_STATUS_UNAUTHORIZED);
	assert_non_null(strstr((char *)bytes,
	    "\r\nWWW-Authenticate: Basic realm=\"the \\\"lab\\\" \\\\ "
	    "r\xc3\xa9seau\", charset=\"UTF-8\"\r\n"));
	memset(realm, '"', sizeof(realm) - 1);
	realm[sizeof(realm) - 1] = '\0';
	(void)http_answer_unauthorized(&to, http_ask_span(realm));
}

/* A site's own page has the status, the fields and the connection of ours. */
static void
http_47_a_site_has_pages_of_its_own(void **state)
{
	static uint8_t bytes[HTTP_ANSWER_SPACE + 1];
	struct http_resource_meta meta = meta_of();
	struct http_answer_to to = to_of(false, HTTP_CONNECTION_CLOSES, bytes);

	(void)state;
	meta.type = "text/html; charset=utf-8";
	struct http_resource file = http_ask_build(&meta);
	struct http_answer page =
	    http_answer_page(&to, HTTP_STATUS_NOT_ALLOWED, "No.");

	http_answer_dress(&to, &page, &file);
	static const char head[] =
	    "HTTP/1.1 405 Method Not Allowed\r\n" DATE "Server: netlabd\r\n"
	    "Allow: GET, HEAD, OPTIONS\r\n"
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Content-Length: 10\r\nCache-Control: no-store\r\n"
	    "Connection: close\r\n\r\n";

	assert_int_equal(page.made, strlen(head) + 10);
	assert_int_equal(page.body_len, 10);
	assert_memory_equal(bytes, head, strlen(head));
	assert_memory_equal(
	    bytes + strlen(head), file.block.data + file.head_len, 10);
	to.is_head = true;
	page = http_answer_page(&to, HTTP_STATUS_NOT_ALLOWED, "No.");
	http_answer_dress(&to, &page, &file);
	assert_int_equal(page.made, strlen(head));
	assert_memory_equal(bytes, head, strlen(head));
}

/* MOVED_TO of a redirection, and the request's query, → Location. */
static void
expect_location(enum http_status status, const char *moved_to,
    const char *target, const char *location)
{
	static uint8_t bytes[HTTP_ANSWER_SPACE + 1];
	struct http_answer_to to = to_of(false, HTTP_CONNECTION_STAYS, bytes);
	struct http_resource moved = {
	    .status = status, .moved_to = http_ask_span(moved_to), .fd = -1};
	struct http_request request = http_ask_request("GET", "");
	char line[128];

	request.query = http_ask_span(target);
	struct http_answer answer = http_answer_resource(&to, &request, &moved);

	bytes[answer.made] = '\0';
	assert_int_equal(answer.status, status);
	(void)snprintf(line, sizeof(line), "\r\nLocation: %s\r\n", location);
	if (strstr((char *)bytes, line) == NULL)
		fail_msg("%s, not %s", (char *)bytes, location);
	assert_null(strstr((char *)bytes, "no-store"));
}

static void
http_48_rfc_9110_10_2_2_location_keeps_the_query(void **state)
{
	static const enum http_status moves[] = {HTTP_STATUS_MOVED,
	    HTTP_STATUS_FOUND, HTTP_STATUS_TEMPORARY, HTTP_STATUS_PERMANENT};

	(void)state;
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		expect_location(moves[i], "/dir/", "", "/dir/");
		expect_location(moves[i], "/dir/", "?a=b", "/dir/?a=b");
		expect_location(moves[i], "/dir/", "?", "/dir/?");
		expect_location(
		    moves[i], "http://h/x?y=1", "?a=b", "http://h/x?y=1&a=b");
		expect_location(
		    moves[i], "http://h/x?y=1", "?", "http://h/x?y=1");
		expect_location(
		    moves[i], "http://h/x?y=1", "", "http://h/x?y=1");
	}
}

static void
http_8_48_a_location_that_is_too_long(void **state)
{
	static uint8_t bytes[HTTP_ANSWER_SPACE + 1], far[16384], query[8192];
	struct http_answer_to to = to_of(false, HTTP_CONNECTION_STAYS, bytes);
	struct http_resource moved = {.status = HTTP_STATUS_MOVED, .fd = -1};
	struct http_request request = http_ask_request("GET", "");

	(void)state;
	memset(far, 'a', sizeof(far));
	memset(query, '?', sizeof(query));
	request.query = (struct span){query, sizeof(query)};
	moved.moved_to = (struct span){far, 8192};
	assert_int_equal(http_answer_resource(&to, &request, &moved).status,
	    HTTP_STATUS_MOVED);
	moved.moved_to.len++;
	assert_int_equal(http_answer_resource(&to, &request, &moved).status,
	    HTTP_STATUS_TARGET_TOO_LONG);
	moved.moved_to.len = sizeof(far);
	assert_int_equal(http_answer_resource(&to, &request, &moved).status,
	    HTTP_STATUS_TARGET_TOO_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_38_41_45_rfc_9110_8_every_byte_of_a_head),
	    cmocka_unit_test(http_38_rfc_9110_6_6_1_a_date_on_every_answer),
	    cmocka_unit_test(http_39_rfc_9110_8_8_2_1_no_file_is_of_tomorrow),
	    cmocka_unit_test(
	        http_42_rfc_9110_9_3_2_head_is_get_without_its_body),
	    cmocka_unit_test(
	        http_43_44_rfc_9110_10_2_4_server_and_nosniff_may_be_none),
	    cmocka_unit_test(http_40_rfc_9110_8_8_3_3_an_etag_for_each_coding),
	    cmocka_unit_test(http_40_rfc_9110_8_8_1_an_etag_for_each_version),
	    cmocka_unit_test(http_40_an_etag_that_is_given),
	    cmocka_unit_test(http_41_a_head_has_the_space_that_is_said),
	    cmocka_unit_test(
	        http_46_54_rfc_9110_12_5_5_15_4_5_fields_that_all_bear),
	    cmocka_unit_test(http_46_rfc_9110_15_5_7_406_varies),
	    cmocka_unit_test(http_57_rfc_9110_15_5_17_416_says_the_size),
	    cmocka_unit_test(http_57_58_rfc_9110_14_the_edges_of_a_file),
	    cmocka_unit_test(http_41_42_47_rfc_9110_15_5_pages),
	    cmocka_unit_test(http_41_rfc_9110_8_6_204_has_no_length),
	    cmocka_unit_test(http_47_rfc_7617_2_unauthorized),
	    cmocka_unit_test(http_47_a_site_has_pages_of_its_own),
	    cmocka_unit_test(http_48_rfc_9110_10_2_2_location_keeps_the_query),
	    cmocka_unit_test(http_8_48_a_location_that_is_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
