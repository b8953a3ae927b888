/* URLs: the examples of RFC 3986 §5.4, and what is sent. */
#include "services/http/http_url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
expect_part(
    const char *text, const char *name, struct span part, const char *wanted)
{
	if ((wanted == NULL) != (part.data == NULL))
		fail_msg("%s: %s is %sthere", text, name,
		    part.data == NULL ? "not " : "");
	if (wanted != NULL && (part.len != strlen(wanted) ||
	                          memcmp(part.data, wanted, part.len) != 0))
		fail_msg("%s: %s is \"%.*s\", not \"%s\"", text, name,
		    (int)part.len, (const char *)part.data, wanted);
}

static void
expect_parts(const char *text, const char *scheme, const char *authority,
    const char *path, const char *query, const char *fragment)
{
	struct http_url url;

	http_url_split(span_of(text), &url);
	expect_part(text, "scheme", url.scheme, scheme);
	expect_part(text, "authority", url.authority, authority);
	expect_part(text, "path", url.path, path);
	expect_part(text, "query", url.query, query);
	expect_part(text, "fragment", url.fragment, fragment);
}

static void
rfc_3986_3_parts(void **state)
{
	(void)state;
	expect_parts("foo://example.com:8042/over/there?name=ferret#nose",
	    "foo", "example.com:8042", "/over/there", "name=ferret", "nose");
	expect_parts(
	    "urn:example:animal", "urn", NULL, "example:animal", NULL, NULL);
	expect_parts("http://a", "http", "a", "", NULL, NULL);
	expect_parts("http://a?b", "http", "a", "", "b", NULL);
	expect_parts("http://a#b?c", "http", "a", "", NULL, "b?c");
	expect_parts("//a/b", NULL, "a", "/b", NULL, NULL);
	expect_parts("a/b:c", NULL, NULL, "a/b:c", NULL, NULL);
	expect_parts("1a:b", NULL, NULL, "1a:b", NULL, NULL);
	expect_parts(":b", NULL, NULL, ":b", NULL, NULL);
	expect_parts("?#", NULL, NULL, "", "", "");
	expect_parts("", NULL, NULL, "", NULL, NULL);
	expect_parts("a+b-c.1:", "a+b-c.1", NULL, "", NULL, NULL);
}

static void
expect_resolved(const char *base, const char *reference, const char *wanted)
{
	uint8_t out[256];
	size_t len = http_url_resolve(span_of(base), span_of(reference),
	    (struct space){out, sizeof(out)});

	if (len != strlen(wanted) || memcmp(out, wanted, len) != 0)
		fail_msg("%s: \"%.*s\", not \"%s\"", reference, (int)len,
		    (const char *)out, wanted);
}

static void
rfc_3986_5_4_examples(void **state)
{
	static const char *const examples[][2] = {
	    /* §5.4.1, normal ones */
	    {"g:h", "g:h"},
	    {"g", "http://a/b/c/g"},
	    {"./g", "http://a/b/c/g"},
	    {"g/", "http://a/b/c/g/"},
	    {"/g", "http://a/g"},
	    {"//g", "http://g"},
	    {"?y", "http://a/b/c/d;p?y"},
	    {"g?y", "http://a/b/c/g?y"},
	    {"#s", "http://a/b/c/d;p?q#s"},
	    {"g#s", "http://a/b/c/g#s"},
	    {"g?y#s", "http://a/b/c/g?y#s"},
	    {";x", "http://a/b/c/;x"},
	    {"g;x", "http://a/b/c/g;x"},
	    {"g;x?y#s", "http://a/b/c/g;x?y#s"},
	    {"", "http://a/b/c/d;p?q"},
	    {".", "http://a/b/c/"},
	    {"./", "http://a/b/c/"},
	    {"..", "http://a/b/"},
	    {"../", "http://a/b/"},
	    {"../g", "http://a/b/g"},
	    {"../..", "http://a/"},
	    {"../../", "http://a/"},
	    {"../../g", "http://a/g"},
	    /* §5.4.2, abnormal ones */
	    {"../../../g", "http://a/g"},
	    {"../../../../g", "http://a/g"},
	    {"/./g", "http://a/g"},
	    {"/../g", "http://a/g"},
	    {"g.", "http://a/b/c/g."},
	    {".g", "http://a/b/c/.g"},
	    {"g..", "http://a/b/c/g.."},
	    {"..g", "http://a/b/c/..g"},
	    {"./../g", "http://a/b/g"},
	    {"./g/.", "http://a/b/c/g/"},
	    {"g/./h", "http://a/b/c/g/h"},
	    {"g/../h", "http://a/b/c/h"},
	    {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
	    {"g;x=1/../y", "http://a/b/c/y"},
	    {"g?y/./x", "http://a/b/c/g?y/./x"},
	    {"g?y/../x", "http://a/b/c/g?y/../x"},
	    {"g#s/./x", "http://a/b/c/g#s/./x"},
	    {"g#s/../x", "http://a/b/c/g#s/../x"},
	    {"http:g", "http:g"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
		expect_resolved(
		    "http://a/b/c/d;p?q", examples[i][0], examples[i][1]);
	expect_resolved("http://a", "b", "http://a/b");
	expect_resolved("http://a?q", "", "http://a?q");
	expect_resolved("http://a:1/x?q#f", "?", "http://a:1/x?");
	expect_resolved("http://a/b", "//c:2?d", "http://c:2?d");
	expect_resolved("http://a/b", "https://c/../d", "https://c/d");
}

/* Whatever room there is, it is not exceeded, and too little is said. */
static void
too_little_room(void **state)
{
	static const char long_one[] = "http://a/b/../c/./d?e#f";
	static char path[HTTP_URL_MAX + 16];
	static uint8_t large[2 * HTTP_URL_MAX];
	size_t whole = strlen("http://a/c/d?e#f");

	(void)state;
	for (size_t cap = 0; cap <= whole; cap++) {
		uint8_t *out = malloc(cap + 1);

		assert_non_null(out);
		out[cap] = 0xa5;
		assert_int_equal(
		    http_url_resolve(span_of("http://x/y"), span_of(long_one),
		        (struct space){out, cap}),
		    cap < whole ? 0 : whole);
		assert_int_equal(out[cap], 0xa5);
		free(out);
	}
	memset(path, 'a', sizeof(path) - 1);
	assert_int_equal(http_url_resolve(span_of("http://x/y"), span_of(path),
	                     (struct space){large, sizeof(large)}),
	    0);
}

static void
expect_target(const char *text, const char *wanted)
{
	struct http_url url;
	uint8_t out[256];

	http_url_split(span_of(text), &url);
	size_t len = http_url_target(&url, (struct space){out, sizeof(out)});

	if (len != strlen(wanted) || memcmp(out, wanted, len) != 0)
		fail_msg("%s: \"%.*s\", not \"%s\"", text, (int)len,
		    (const char *)out, wanted);
}

static void
rfc_9112_3_2_targets(void **state)
{
	(void)state;
	expect_target("http://a", "/");
	expect_target("http://a/", "/");
	expect_target("http://a?b=c", "/?b=c");
	expect_target("http://a/b?", "/b?");
	expect_target("http://a/b%20c#d", "/b%20c");
	expect_target(
	    "http://a/b c\"<>^`{|}\\", "/b%20c%22%3C%3E%5E%60%7B%7C%7D%5C");
	expect_target("http://a/\xc3\xbc?\x7f\x01", "/%C3%BC?%7F%01");
	expect_target("http://a/[1]!$&'()*+,;=:@~_-.", "/[1]!$&'()*+,;=:@~_-.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rfc_3986_3_parts),
	    cmocka_unit_test(rfc_3986_5_4_examples),
	    cmocka_unit_test(too_little_room),
	    cmocka_unit_test(rfc_9112_3_2_targets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
