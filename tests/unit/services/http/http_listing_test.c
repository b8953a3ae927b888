/* Folders as pages: which view, in which order, and that no name is markup. */
#include "services/http/http_listing.h"
#include "services/http/http_listing_html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static uint8_t
view_of(const char *query, const char *accept)
{
	char head[512];
	struct http_request request;

	(void)snprintf(head, sizeof(head),
	    "GET /%s HTTP/1.1\r\nHost: a\r\n%s%s%s\r\n", query,
	    accept != NULL ? "Accept: " : "", accept != NULL ? accept : "",
	    accept != NULL ? "\r\n" : "");
	assert_int_equal(http_request_parse(span_of(head), false, &request),
	    HTTP_REQUEST_DONE);
	assert_int_equal(request.status, HTTP_STATUS_OK);
	return http_listing_view(&request);
}

static void
what_a_query_asks_for(void **state)
{
	(void)state;
	assert_int_equal(view_of("", NULL), 0);
	assert_int_equal(view_of("?", NULL), 0);
	assert_int_equal(view_of("?&&", NULL), 0);
	assert_int_equal(view_of("?sort=name&order=asc", NULL), 0);
	assert_int_equal(view_of("?sort=size", NULL), HTTP_LISTING_BY_SIZE);
	assert_int_equal(view_of("?x=y&sort=date&order=desc&z", NULL),
	    HTTP_LISTING_BY_DATE | HTTP_LISTING_DESCENDING);
	assert_int_equal(
	    view_of("?sort=size&sort=date&order=asc&order=desc", NULL),
	    HTTP_LISTING_BY_SIZE);
	assert_int_equal(view_of("?format=json", NULL), HTTP_LISTING_JSON);
	assert_int_equal(view_of("?sort=sizes&sort=siz&order=", NULL), 0);
	assert_int_equal(view_of("?xsort=size", NULL), 0);
}

static void
rfc_9110_12_5_1_what_accept_asks_for(void **state)
{
	(void)state;
	assert_int_equal(view_of("", "*/*"), 0);
	assert_int_equal(view_of("", "text/html"), 0);
	assert_int_equal(view_of("", "application/json"), HTTP_LISTING_JSON);
	assert_int_equal(
	    view_of("", "Application/JSON ; q=0.5, */*"), HTTP_LISTING_JSON);
	assert_int_equal(view_of("", "application/json, text/plain, */*"),
	    HTTP_LISTING_JSON);
	assert_int_equal(
	    view_of("", "application/json;charset=utf-8"), HTTP_LISTING_JSON);
	assert_int_equal(view_of("", "application/json;q=0"), 0);
	assert_int_equal(view_of("", "application/json, text/html"), 0);
	assert_int_equal(
	    view_of("", "text/html;q=0.9, application/json;q=0.8"), 0);
	assert_int_equal(view_of("", "text/html;q=0.8,application/json;q=0.9"),
	    HTTP_LISTING_JSON);
	assert_int_equal(view_of("", "text/html,application/xhtml+xml,"
	                             "application/xml;q=0.9,*/*;q=0.8"),
	    0);
	/* The query is stronger than the field. */
	assert_int_equal(view_of("?format=html", "application/json"), 0);
	assert_int_equal(
	    view_of("?format=json", "text/html"), HTTP_LISTING_JSON);
}

static struct http_listing_entry
entry(const char *name, bool is_folder, uint64_t size, int64_t mtime)
{
	return (struct http_listing_entry){
	    span_of(name), is_folder, size, mtime};
}

static void
expect_before(
    uint8_t view, struct http_listing_entry a, struct http_listing_entry b)
{
	assert_true(http_listing_compare(view, &a, &b) < 0);
	assert_true(http_listing_compare(view, &b, &a) > 0);
	assert_int_equal(http_listing_compare(view, &a, &a), 0);
}

static void
folders_first_then_in_order(void **state)
{
	const struct http_listing_entry a = entry("a", false, 20, 3),
	                                b = entry("B", false, 10, 4),
	                                folder = entry("z", true, 99, 9);

	(void)state;
	expect_before(0, folder, a);
	expect_before(HTTP_LISTING_DESCENDING, folder, a);
	expect_before(
	    HTTP_LISTING_BY_SIZE | HTTP_LISTING_DESCENDING, folder, a);
	expect_before(0, a, b);
	expect_before(HTTP_LISTING_DESCENDING, b, a);
	expect_before(HTTP_LISTING_BY_SIZE, b, a);
	expect_before(HTTP_LISTING_BY_DATE, a, b);
	expect_before(HTTP_LISTING_BY_DATE | HTTP_LISTING_DESCENDING, b, a);
	/* What is equal otherwise goes by name, and no two names are equal. */
	expect_before(HTTP_LISTING_BY_DATE, a, entry("b", false, 20, 3));
	expect_before(0, entry("A", false, 1, 1), entry("a", false, 1, 1));
	expect_before(0, entry("a", false, 1, 1), entry("ab", false, 1, 1));
}

/* The page of one ENTRY, in a text of its own. */
static const char *
page_of(uint8_t view, const char *path, const struct http_listing_entry *one,
    uint64_t more)
{
	static uint8_t out[65536];
	struct http_text text = {.space = {out, sizeof(out) - 1}};

	http_listing_begin(&text, view, span_of(path));
	if (one != NULL)
		http_listing_add(&text, view, one, true);
	http_listing_end(&text, view, more, true);
	assert_false(text.is_full);
	out[text.len] = '\0';
	return (const char *)out;
}

static void
expect_has(const char *page, const char *part)
{
	if (strstr(page, part) == NULL)
		fail_msg("no %s in:\n%s", part, page);
}

static void
no_name_is_markup_or_another_place(void **state)
{
	const struct http_listing_entry script =
	    entry("<script>\"&'\xff", false, 1, 0);
	const struct http_listing_entry scheme =
	    entry("javascript:x", true, 0, 0);
	const struct http_listing_entry turned =
	    entry("a\xe2\x80\xae\xe2\x81\xa7\xc2\x85z\n", false, 2, 0);
	const char *page = page_of(0, "<p>/\"", &script, 0);

	(void)state;
	expect_has(page, "<title>/&lt;p&gt;/&quot;/</title>");
	expect_has(page, "<h1>/&lt;p&gt;/&quot;/</h1>");
	expect_has(page, "href=\"./%3Cscript%3E%22%26%27%FF\">"
	                 "&lt;script&gt;&quot;&amp;'\xef\xbf\xbd</a>");
	expect_has(page, "title=\"1 byte\">1 B<");
	assert_null(strstr(page, "<script"));
	page = page_of(0, "", &scheme, 0);
	expect_has(page, "<a href=\"./javascript%3Ax/\">javascript:x/</a>");
	page = page_of(0, "", &turned, 0);
	expect_has(
	    page, ">a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd</a>");
}

static void
what_a_page_links_to(void **state)
{
	const char *page = page_of(
	    HTTP_LISTING_BY_SIZE | HTTP_LISTING_DESCENDING, "a", NULL, 7);

	(void)state;
	expect_has(page, "href=\"?sort=size&amp;order=asc\"");
	expect_has(page, "href=\"?sort=name&amp;order=asc\"");
	expect_has(page, "href=\"../\"");
	expect_has(page, "at least 7 more");
	page = page_of(0, "", NULL, 0);
	expect_has(page, "href=\"?sort=name&amp;order=desc\"");
	assert_null(strstr(page, "../"));
	assert_null(strstr(page, " more"));
}

static void
sizes_for_people(void **state)
{
	static const struct {
		uint64_t size;
		const char *text;
	} cases[] = {
	    {0, ">0 B<"},
	    {1023, ">1023 B<"},
	    {1024, ">1.0 KiB<"},
	    {1024 * 10 - 1, ">9.9 KiB<"},
	    {1024 * 1024 - 1, ">1023 KiB<"},
	    {(uint64_t)5 << 30, ">5.0 GiB<"},
	    {UINT64_MAX, ">15 EiB<"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct http_listing_entry one =
		    entry("x", false, cases[i].size, 784111777);

		expect_has(page_of(0, "", &one, 0), cases[i].text);
	}
	const struct http_listing_entry one = entry("x", false, 5, 784111777);

	expect_has(page_of(0, "", &one, 0),
	    "<time datetime=\"1994-11-06T08:49:37Z\">1994-11-06<span> 08:49");
}

static void
json_of_any_name(void **state)
{
	const struct http_listing_entry one =
	    entry("a\"\xff", false, 5, 784111777);

	(void)state;
	assert_string_equal(page_of(HTTP_LISTING_JSON, "", NULL, 0), "[\n]\n");
	assert_string_equal(page_of(HTTP_LISTING_JSON, "", &one, 3),
	    "[\n{\"name\": \"a\\\"\xef\xbf\xbd\", \"type\": \"file\", "
	    "\"size\": 5, \"mtime\": \"1994-11-06T08:49:37Z\", "
	    "\"href\": \"./a%22%FF\"},\n"
	    "{\"type\": \"more\", \"count\": 3, \"exact\": false}\n]\n");
}

static void
the_longest_entry_has_room(void **state)
{
	char name[256];
	uint8_t out[HTTP_LISTING_ENTRY_MAX];
	const unsigned char worst[] = {'"', 0x01, 0xff};

	(void)state;
	for (size_t i = 0; i < sizeof(worst); i++) {
		memset(name, worst[i], 255);
		name[255] = '\0';
		const struct http_listing_entry one =
		    entry(name, true, UINT64_MAX, INT64_MAX);
		struct http_text text = {.space = {out, sizeof(out)}};

		http_listing_add(&text, 0, &one, false);
		assert_false(text.is_full);
		text.len = 0;
		http_listing_add(&text, HTTP_LISTING_JSON, &one, false);
		assert_false(text.is_full);
	}
}

static void
a_list_of_nothing_but_a_rest_is_json(void **state)
{
	uint8_t bytes[128];
	struct http_text text = {.space = {bytes, sizeof(bytes)}};
	const char *expected =
	    "[\n{\"type\": \"more\", \"count\": 3, \"exact\": true}\n]\n";

	(void)state;
	http_listing_begin(&text, HTTP_LISTING_JSON, (struct span){NULL, 0});
	http_listing_end(&text, HTTP_LISTING_JSON, 3, false);
	assert_int_equal(text.len, strlen(expected));
	assert_memory_equal(bytes, expected, text.len);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_list_of_nothing_but_a_rest_is_json),
	    cmocka_unit_test(what_a_query_asks_for),
	    cmocka_unit_test(rfc_9110_12_5_1_what_accept_asks_for),
	    cmocka_unit_test(folders_first_then_in_order),
	    cmocka_unit_test(no_name_is_markup_or_another_place),
	    cmocka_unit_test(what_a_page_links_to),
	    cmocka_unit_test(sizes_for_people),
	    cmocka_unit_test(json_of_any_name),
	    cmocka_unit_test(the_longest_entry_has_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
