/* If-Match and its kin: what they make of a file, in which order. */
#include "http_ask.h"
#include "services/http/http_condition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* 1000 s before HTTP_ASK_NOW: Sun, 06 Nov 1994 08:32:57 GMT. */
#define MTIME "Sun, 06 Nov 1994 08:32:57 GMT"
#define BEFORE "Sun, 06 Nov 1994 08:32:56 GMT"
#define AFTER "Sun, 06 Nov 1994 08:32:58 GMT"
#define TAG "\"ae1b898e7a3fa00-64-0\""

static struct http_resource file, fresh, listing, missing, moved;

static int
build(void **state)
{
	struct http_resource_meta meta = {
	    .type = "text/plain",
	    .size = 100,
	    .mtime = HTTP_ASK_NOW - 1000,
	    .now = HTTP_ASK_NOW,
	};

	(void)state;
	file = http_ask_build(&meta);
	meta.mtime = HTTP_ASK_NOW - 1;
	fresh = http_ask_build(&meta);
	meta.is_undated = true;
	meta.etag = http_ask_span("\"list\"");
	listing = http_ask_build(&meta);
	missing = (struct http_resource){
	    .status = HTTP_STATUS_NOT_FOUND, .why = "None.", .fd = -1};
	moved = (struct http_resource){.status = HTTP_STATUS_MOVED,
	    .moved_to = http_ask_span("/dir/"),
	    .fd = -1};
	return 0;
}

static void
expect(const struct http_resource *resource, const char *fields,
    enum http_status status)
{
	enum http_status found = http_ask_status(resource, fields);

	if (found != status)
		fail_msg("%s → %s", fields, http_status_line(found));
}

static void
http_49_rfc_9110_13_2_1_only_a_success_has_conditions(void **state)
{
	static const char *const fields[] = {"If-Match: \"x\"\r\n",
	    "If-None-Match: *\r\n", "If-Modified-Since: " MTIME "\r\n",
	    "If-Unmodified-Since: " BEFORE "\r\n",
	    "Range: bytes=0-1\r\nIf-Range: \"x\"\r\n", "Range: bytes=x\r\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		expect(&missing, fields[i], HTTP_STATUS_NOT_FOUND);
		expect(&moved, fields[i], HTTP_STATUS_MOVED);
	}
}

static void
http_50_rfc_9110_13_1_1_if_match_is_strong(void **state)
{
	(void)state;
	expect(&file, "If-Match: " TAG "\r\n", HTTP_STATUS_OK);
	expect(&file, "If-Match: *\r\n", HTTP_STATUS_OK);
	expect(&file, "If-Match: \"x\", " TAG "\r\n", HTTP_STATUS_OK);
	expect(&file, "If-Match: \"a,b\",," TAG "\r\n", HTTP_STATUS_OK);
	expect(
	    &file, "If-Match: \"x\"\r\nIf-Match: " TAG "\r\n", HTTP_STATUS_OK);
	expect(&file, "If-Match: \"x\"\r\n", HTTP_STATUS_PRECONDITION);
	expect(&file, "If-Match: \"x\", \"y\"\r\n", HTTP_STATUS_PRECONDITION);
	expect(&file, "If-Match: W/" TAG "\r\n", HTTP_STATUS_PRECONDITION);
	expect(&file, "If-Match:\r\n", HTTP_STATUS_PRECONDITION);
	expect(&file, "If-Match: x\r\n", HTTP_STATUS_PRECONDITION);
	/* A weak tag of ours matches nothing, not even itself. */
	char fields[128];

	(void)snprintf(fields, sizeof(fields), "If-Match: %.*s\r\n",
	    (int)fresh.etag.len, (const char *)fresh.etag.data);
	expect(&fresh, fields, HTTP_STATUS_PRECONDITION);
	expect(&fresh, "If-Match: *\r\n", HTTP_STATUS_OK);
}

static void
http_50_rfc_9110_13_1_4_if_unmodified_since(void **state)
{
	(void)state;
	expect(&file, "If-Unmodified-Since: " MTIME "\r\n", HTTP_STATUS_OK);
	expect(&file, "If-Unmodified-Since: " AFTER "\r\n", HTTP_STATUS_OK);
	expect(&file, "If-Unmodified-Since: " BEFORE "\r\n",
	    HTTP_STATUS_PRECONDITION);
	/* No date, two dates, a resource without one: not there. */
	expect(&file, "If-Unmodified-Since: then\r\n", HTTP_STATUS_OK);
	expect(&file,
	    "If-Unmodified-Since: " BEFORE "\r\n"
	    "If-Unmodified-Since: " BEFORE "\r\n",
	    HTTP_STATUS_OK);
	expect(&listing, "If-Unmodified-Since: " BEFORE "\r\n", HTTP_STATUS_OK);
	/* If-Match says more (§13.2.2). */
	expect(&file,
	    "If-Unmodified-Since: " BEFORE "\r\nIf-Match: " TAG "\r\n",
	    HTTP_STATUS_OK);
}

static void
http_51_rfc_9110_13_1_2_if_none_match_is_weak(void **state)
{
	(void)state;
	expect(&file, "If-None-Match: " TAG "\r\n", HTTP_STATUS_NOT_MODIFIED);
	expect(&file, "If-None-Match: W/" TAG "\r\n", HTTP_STATUS_NOT_MODIFIED);
	expect(&file, "If-None-Match: *\r\n", HTTP_STATUS_NOT_MODIFIED);
	expect(&file, "If-None-Match: \"a,b\" , W/" TAG "\r\n",
	    HTTP_STATUS_NOT_MODIFIED);
	expect(&file, "If-None-Match: \"x\"\r\nIf-None-Match: " TAG "\r\n",
	    HTTP_STATUS_NOT_MODIFIED);
	expect(&file, "If-None-Match: \"x\"\r\n", HTTP_STATUS_OK);
	expect(&file, "If-None-Match: x\r\n", HTTP_STATUS_OK);
	expect(&file, "If-None-Match: \"*\"\r\n", HTTP_STATUS_OK);
	expect(
	    &file, "If-None-Match: \"ae1b898e7a3fa00-64-0\r\n", HTTP_STATUS_OK);
	expect(
	    &listing, "If-None-Match: \"list\"\r\n", HTTP_STATUS_NOT_MODIFIED);
}

static void
http_52_rfc_9110_13_1_3_if_none_match_says_more(void **state)
{
	(void)state;
	expect(&file,
	    "If-None-Match: \"x\"\r\nIf-Modified-Since: " MTIME "\r\n",
	    HTTP_STATUS_OK);
	expect(&file,
	    "If-Modified-Since: " BEFORE "\r\nIf-None-Match: " TAG "\r\n",
	    HTTP_STATUS_NOT_MODIFIED);
}

static void
http_53_rfc_9110_13_1_3_if_modified_since(void **state)
{
	(void)state;
	expect(&file, "If-Modified-Since: " MTIME "\r\n",
	    HTTP_STATUS_NOT_MODIFIED);
	expect(&file, "If-Modified-Since: " AFTER "\r\n",
	    HTTP_STATUS_NOT_MODIFIED);
	expect(&file, "If-Modified-Since: " BEFORE "\r\n", HTTP_STATUS_OK);
	/* The three forms of a date (§5.6.7). */
	expect(&file, "If-Modified-Since: Sunday, 06-Nov-94 08:32:57 GMT\r\n",
	    HTTP_STATUS_NOT_MODIFIED);
	expect(&file, "If-Modified-Since: Sun Nov  6 08:32:57 1994\r\n",
	    HTTP_STATUS_NOT_MODIFIED);
	expect(&file, "If-Modified-Since: Sun Nov  6 08:32:56 1994\r\n",
	    HTTP_STATUS_OK);
	expect(&file, "If-Modified-Since: yesterday\r\n", HTTP_STATUS_OK);
	expect(&file, "If-Modified-Since:\r\n", HTTP_STATUS_OK);
	expect(&file,
	    "If-Modified-Since: " MTIME "\r\nIf-Modified-Since: " MTIME "\r\n",
	    HTTP_STATUS_OK);
	expect(&listing, "If-Modified-Since: " AFTER "\r\n", HTTP_STATUS_OK);
}

static void
http_49_50_51_52_53_rfc_9110_13_2_2_the_order(void **state)
{
	(void)state;
	expect(&file, "If-None-Match: *\r\nIf-Match: \"x\"\r\n",
	    HTTP_STATUS_PRECONDITION);
	expect(&file,
	    "If-Modified-Since: " MTIME "\r\nIf-Unmodified-Since: " BEFORE
	    "\r\n",
	    HTTP_STATUS_PRECONDITION);
	expect(&file,
	    "If-Match: " TAG "\r\nIf-None-Match: " TAG "\r\n"
	    "Range: bytes=0-1\r\n",
	    HTTP_STATUS_NOT_MODIFIED);
	expect(&file,
	    "If-Match: " TAG "\r\nIf-None-Match: \"x\"\r\n"
	    "Range: bytes=0-1\r\nIf-Range: " TAG "\r\n",
	    HTTP_STATUS_PARTIAL);
	expect(&file, "If-None-Match: " TAG "\r\nRange: bytes=200-\r\n",
	    HTTP_STATUS_NOT_MODIFIED);
}

static void
http_60_rfc_9110_13_1_5_if_range(void **state)
{
#define RANGE "Range: bytes=1-2\r\n"
	(void)state;
	expect(&file, RANGE "If-Range: " TAG "\r\n", HTTP_STATUS_PARTIAL);
	expect(&file, RANGE "If-Range: W/" TAG "\r\n", HTTP_STATUS_OK);
	expect(&file, RANGE "If-Range: \"x\"\r\n", HTTP_STATUS_OK);
	expect(&file, RANGE "If-Range: " TAG ", \"x\"\r\n", HTTP_STATUS_OK);
	expect(&file, RANGE "If-Range: *\r\n", HTTP_STATUS_OK);
	expect(&file, RANGE "If-Range:\r\n", HTTP_STATUS_OK);
	expect(&file, RANGE "If-Range: " MTIME "\r\n", HTTP_STATUS_PARTIAL);
	expect(&file, RANGE "If-Range: Sunday, 06-Nov-94 08:32:57 GMT\r\n",
	    HTTP_STATUS_PARTIAL);
	/* Not equal, if only later. */
	expect(&file, RANGE "If-Range: " AFTER "\r\n", HTTP_STATUS_OK);
	expect(&file, RANGE "If-Range: " BEFORE "\r\n", HTTP_STATUS_OK);
	expect(&file, RANGE "If-Range: " TAG "\r\nIf-Range: " TAG "\r\n",
	    HTTP_STATUS_OK);
	/* A date that is too young to be strong (§8.8.2.2). */
	expect(&fresh, RANGE "If-Range: Sun, 06 Nov 1994 08:49:36 GMT\r\n",
	    HTTP_STATUS_OK);
	expect(&listing, RANGE "If-Range: \"list\"\r\n", HTTP_STATUS_PARTIAL);
	expect(&listing, RANGE "If-Range: Sun, 06 Nov 1994 08:49:36 GMT\r\n",
	    HTTP_STATUS_OK);
	/* Without a Range it says nothing; nor what the range would be. */
	expect(&file, "If-Range: \"x\"\r\n", HTTP_STATUS_OK);
	expect(
	    &file, "Range: bytes=200-\r\nIf-Range: \"x\"\r\n", HTTP_STATUS_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
	        http_49_rfc_9110_13_2_1_only_a_success_has_conditions),
	    cmocka_unit_test(http_50_rfc_9110_13_1_1_if_match_is_strong),
	    cmocka_unit_test(http_50_rfc_9110_13_1_4_if_unmodified_since),
	    cmocka_unit_test(http_51_rfc_9110_13_1_2_if_none_match_is_weak),
	    cmocka_unit_test(http_52_rfc_9110_13_1_3_if_none_match_says_more),
	    cmocka_unit_test(http_53_rfc_9110_13_1_3_if_modified_since),
	    cmocka_unit_test(http_49_50_51_52_53_rfc_9110_13_2_2_the_order),
	    cmocka_unit_test(http_60_rfc_9110_13_1_5_if_range),
	};

	return cmocka_run_group_tests(tests, build, NULL);
}
