/* What the user types for a URL, and where redirects lead. */
#include "client/http/get_url.h"
#include "client/verb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct options none = {0};

static void
expect(const char *text, const struct options *options, const char *host,
    unsigned port, const char *authority, const char *target)
{
	struct get_url url;

	assert_int_equal(get_url_read(text, options, &url), VERB_GOOD);
	assert_string_equal(url.place.host, host);
	assert_int_equal(url.place.port, port);
	assert_string_equal(url.authority, authority);
	assert_string_equal(url.target, target);
}

static void
what_is_typed(void **state)
{
	const struct options with_port = {.port = 8080};

	(void)state;
	expect("http://example", &none, "example", 80, "example", "/");
	expect("HTTP://example:80/", &none, "example", 80, "example", "/");
	expect("example", &none, "example", 80, "example", "/");
	expect(
	    "example/a/../b?c#d", &none, "example", 80, "example", "/a/../b?c");
	expect("localhost:81/x", &none, "localhost", 81, "localhost:81", "/x");
	expect("localhost:/x", &none, "localhost", 80, "localhost", "/x");
	expect("127.0.0.1?q", &none, "127.0.0.1", 80, "127.0.0.1", "/?q");
	expect("http://[::1]:81/x", &none, "::1", 81, "[::1]:81", "/x");
	expect("[::1]", &none, "::1", 80, "[::1]", "/");
	expect("a/b://c", &none, "a", 80, "a", "/b://c");
	expect("example", &with_port, "example", 8080, "example:8080", "/");
	expect("example:81", &with_port, "example", 81, "example:81", "/");
}

static void
what_is_refused(void **state)
{
	static const char *const texts[] = {"https://example", "ftp://example",
	    "://x", "http://", "http:///x", "", "/x", "http://a b/",
	    "http://a:0/", "http://a:65536/", "http://a:b/", "http://[::1/",
	    "http://user:word@a/", "http://a\r\nX: y/", "http://a,b/"};
	struct get_url url;
	char text[HTTP_URL_MAX + 8];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (get_url_read(texts[i], &none, &url) != VERB_USAGE)
			fail_msg("%s is taken", texts[i]);
	}
	memset(text, 'a', sizeof(text) - 1);
	text[1] = '/';
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(get_url_read(text, &none, &url), VERB_USAGE);
	/* Each becomes three. */
	memset(text + 2, ' ', HTTP_URL_MAX / 2);
	text[HTTP_URL_MAX / 2] = '\0';
	assert_int_equal(get_url_read(text, &none, &url), VERB_USAGE);
}

static void
where_redirects_lead(void **state)
{
	const struct options with_port = {.port = 81};
	struct get_url url;

	(void)state;
	assert_int_equal(
	    get_url_read("example/a/b?c", &with_port, &url), VERB_GOOD);
	assert_int_equal(get_url_follow(&url, span_of("../d")), VERB_GOOD);
	assert_string_equal(url.text, "http://example:81/d");
	/* -p is not for other servers. */
	assert_int_equal(
	    get_url_follow(&url, span_of("//other/e f")), VERB_GOOD);
	assert_string_equal(url.text, "http://other/e%20f");
	assert_int_equal(url.place.port, 80);
	assert_int_equal(
	    get_url_follow(&url, span_of("https://other/")), VERB_NEGATIVE);
	assert_int_equal(
	    get_url_follow(&url, span_of("file:///etc/passwd")), VERB_NEGATIVE);
	assert_int_equal(
	    get_url_follow(&url, span_of("http:///x")), VERB_MALFORMED);
	assert_int_equal(
	    get_url_follow(&url, span_of("//a@b/")), VERB_MALFORMED);
	char text[2 * HTTP_URL_MAX];

	memset(text, 'a', sizeof(text));
	assert_int_equal(
	    get_url_follow(&url, (struct span){(uint8_t *)text, sizeof(text)}),
	    VERB_MALFORMED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_typed),
	    cmocka_unit_test(what_is_refused),
	    cmocka_unit_test(where_redirects_lead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
