/* Host → site, path → location: RFC 9110 §7.2, RFC 3986 §3.2.2. */
#include "services/http/http_site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SPAN(text)                                                             \
	{                                                                      \
		(const uint8_t *)(text), sizeof(text) - 1                      \
	}

static const struct http_location locations[] = {
    {.prefix = SPAN("a/bb/c")},
    {.prefix = SPAN("a/bb")},
    {.prefix = SPAN("x/y")},
    {.prefix = SPAN("a")},
    {.prefix = SPAN("")},
};

static const struct http_error_page pages[] = {
    {.status = HTTP_STATUS_NOT_FOUND, .path = SPAN("/404.html")},
    {.status = HTTP_STATUS_INTERNAL, .path = SPAN("/500.html")},
};

static const struct http_site all[] = {
    {.index = 0,
        .locations = locations,
        .location_count = 5,
        .error_pages = pages,
        .error_page_count = 2},
    {.index = 1},
    {.index = 2},
};

static const struct http_host hosts[] = {
    {.name = SPAN("10.0.0.1"), .site = 1},
    {.name = SPAN("[2001:db8::1]"), .site = 2},
    {.name = SPAN("a.test"), .site = 1},
    {.name = SPAN("a.test.other"), .site = 2},
    {.name = SPAN("b.test"), .site = 2},
    {.name = SPAN("www.a.test"), .site = 1},
};

static const struct http_sites sites = {
    .sites = all, .site_count = 3, .hosts = hosts, .host_count = 6};

static void
expect_site(const char *host, unsigned index)
{
	const struct span span = {(const uint8_t *)host, strlen(host)};

	assert_int_equal(http_site_of(&sites, span)->index, index);
}

static void
http_11_rfc_9110_7_2_a_host_leads_to_its_site(void **state)
{
	(void)state;
	expect_site("a.test", 1);
	expect_site("A.Test", 1);
	expect_site("a.test:8080", 1);
	expect_site("a.test:", 1);
	expect_site("a.test.", 1);
	expect_site("a.test.:80", 1);
	expect_site("a.test.other", 2);
	expect_site("b.test", 2);
	expect_site("www.a.test", 1);
	expect_site("10.0.0.1", 1);
	expect_site("10.0.0.1:80", 1);
	expect_site("[2001:db8::1]", 2);
	expect_site("[2001:DB8::1]:80", 2);
}

static void
others_lead_to_the_default(void **state)
{
	const struct http_sites alone = {.sites = all, .site_count = 1};

	(void)state;
	expect_site("", 0);
	expect_site(".", 0);
	expect_site(":", 0);
	expect_site(":80", 0);
	expect_site("80", 0);
	expect_site("a", 0);
	expect_site("a.tes", 0);
	expect_site("a.tesu", 0);
	expect_site("a.test..", 0);
	expect_site("zzz", 0);
	expect_site("\xff", 0);
	assert_ptr_equal(
	    http_site_of(&alone, (struct span)SPAN("b.test")), &all[0]);
}

static void
expect_location(const char *path, unsigned index)
{
	const struct span span = {(const uint8_t *)path, strlen(path)};

	assert_ptr_equal(http_site_location(&all[0], span), &locations[index]);
}

static void
the_longest_prefix_of_whole_segments_counts(void **state)
{
	(void)state;
	expect_location("a/bb/c", 0);
	expect_location("a/bb/c/d", 0);
	expect_location("a/bb/cc", 1);
	expect_location("a/bb", 1);
	expect_location("a/b", 3);
	expect_location("a/bbb", 3);
	expect_location("a", 3);
	expect_location("aa", 4);
	expect_location("A", 4);
	expect_location("", 4);
	expect_location("x", 4);
	expect_location("x/y", 2);
}

static void
a_status_has_its_page_or_none(void **state)
{
	(void)state;
	assert_ptr_equal(
	    http_site_error_page(&all[0], HTTP_STATUS_INTERNAL).data,
	    pages[1].path.data);
	assert_int_equal(
	    http_site_error_page(&all[0], HTTP_STATUS_FORBIDDEN).len, 0);
	assert_int_equal(
	    http_site_error_page(&all[1], HTTP_STATUS_NOT_FOUND).len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_11_rfc_9110_7_2_a_host_leads_to_its_site),
	    cmocka_unit_test(others_lead_to_the_default),
	    cmocka_unit_test(the_longest_prefix_of_whole_segments_counts),
	    cmocka_unit_test(a_status_has_its_page_or_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
