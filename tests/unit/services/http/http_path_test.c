/* Paths: RFC 3986 §2.1, §5.2.4, RFC 9110 §17.3. */
#include "services/http/http_path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Decodes a copy of its own size, so that a sanitizer sees every byte too far.
 */
static enum http_path_result
decode(const char *raw, struct http_path *path)
{
	size_t len = strlen(raw);
	uint8_t *copy = malloc(len);

	assert_non_null(copy);
	memcpy(copy, raw, len);
	enum http_path_result result =
	    http_path_decode((struct span){copy, len}, path);

	free(copy);
	return result;
}

static void
expect(const char *raw, const char *text, bool is_directory)
{
	struct http_path path;

	assert_int_equal(decode(raw, &path), HTTP_PATH_OK);
	assert_string_equal(path.text, text);
	assert_int_equal(path.len, strlen(text));
	assert_int_equal(path.is_directory, is_directory);
}

static void
expect_result(const char *raw, enum http_path_result result)
{
	struct http_path path;

	if (decode(raw, &path) != result)
		fail_msg("%s: not %d", raw, (int)result);
}

static void
http_63_escapes_are_decoded_once(void **state)
{
	(void)state;
	expect("/", "", true);
	expect("/a/b.html", "a/b.html", false);
	expect("/a%20b", "a b", false);
	expect("/%41%2d%7E", "A-~", false);
	expect("/%2541", "%41", false);
	expect("/%c0%af%ff", "\xc0\xaf\xff", false);
	expect("/a%3Fb", "a?b", false);
	expect_result("/%", HTTP_PATH_BAD);
	expect_result("/%1", HTTP_PATH_BAD);
	expect_result("/%zz", HTTP_PATH_BAD);
	expect_result("/%1g/x", HTTP_PATH_BAD);
	expect_result("/a%00b", HTTP_PATH_BAD);
	expect_result("/a%", HTTP_PATH_BAD);
	expect_result("/a%2/", HTTP_PATH_BAD);
}

static void
http_63_an_escaped_slash_is_no_separator(void **state)
{
	(void)state;
	expect_result("/a%2Fb", HTTP_PATH_HIDDEN);
	expect_result("/a%2fb/c", HTTP_PATH_HIDDEN);
	expect_result("/%2F", HTTP_PATH_HIDDEN);
	expect_result("/..%2f..%2fetc/passwd", HTTP_PATH_HIDDEN);
}

static void
http_64_rfc_3986_5_2_4_dot_segments(void **state)
{
	(void)state;
	expect("/a/./b", "a/b", false);
	expect("/a/../b", "b", false);
	expect("/a/b/../../c", "c", false);
	expect("/a/b/..", "a", true);
	expect("/a/.", "a", true);
	expect("/.", "", true);
	expect("/a/..", "", true);
	expect("/a/%2e%2E/b", "b", false);
	expect("/a/%2e/b", "a/b", false);
	expect_result("/..", HTTP_PATH_BAD);
	expect_result("/../", HTTP_PATH_BAD);
	expect_result("/a/../../b", HTTP_PATH_BAD);
	expect_result("/%2e%2e/etc/passwd", HTTP_PATH_BAD);
	expect_result("/a//../../b", HTTP_PATH_BAD);
}

static void
http_65_slashes_merge(void **state)
{
	(void)state;
	expect("//", "", true);
	expect("//a///b//", "a/b", true);
	expect("/a//b", "a/b", false);
}

static void
http_67_hidden_files(void **state)
{
	(void)state;
	expect_result("/.git/config", HTTP_PATH_HIDDEN);
	expect_result("/a/.htaccess", HTTP_PATH_HIDDEN);
	expect_result("/%2ehtaccess", HTTP_PATH_HIDDEN);
	expect_result("/...", HTTP_PATH_HIDDEN);
	expect_result("/a/.well-known/x", HTTP_PATH_HIDDEN);
	expect_result("/.well-knownx", HTTP_PATH_HIDDEN);
	expect_result("/.well-known/.x", HTTP_PATH_HIDDEN);
	expect("/.well-known/x", ".well-known/x", false);
	expect("/.hidden/../a", "a", false);
	expect("/a.b/c.d", "a.b/c.d", false);
}

static void
http_68_plus_is_a_plus(void **state)
{
	(void)state;
	expect("/a+b", "a+b", false);
	expect("/a%2Bb", "a+b", false);
}

static void
a_path_too_long_for_a_file_is_none(void **state)
{
	char raw[3 * HTTP_PATH_MAX];

	(void)state;
	memset(raw, 'a', sizeof(raw));
	raw[0] = '/';
	raw[HTTP_PATH_MAX] = '\0'; /* 4095 letters */
	struct http_path path;

	assert_int_equal(decode(raw, &path), HTTP_PATH_OK);
	assert_int_equal(path.len, HTTP_PATH_MAX - 1);
	raw[HTTP_PATH_MAX] = 'a';
	raw[HTTP_PATH_MAX + 1] = '\0';
	assert_int_equal(decode(raw, &path), HTTP_PATH_HIDDEN);
	raw[HTTP_PATH_MAX - 1] = '/';
	assert_int_equal(decode(raw, &path), HTTP_PATH_HIDDEN);
	raw[HTTP_PATH_MAX + 1] = '/';
	raw[sizeof(raw) - 1] = '\0';
	assert_int_equal(decode(raw, &path), HTTP_PATH_HIDDEN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_63_escapes_are_decoded_once),
	    cmocka_unit_test(http_63_an_escaped_slash_is_no_separator),
	    cmocka_unit_test(http_64_rfc_3986_5_2_4_dot_segments),
	    cmocka_unit_test(http_65_slashes_merge),
	    cmocka_unit_test(http_67_hidden_files),
	    cmocka_unit_test(http_68_plus_is_a_plus),
	    cmocka_unit_test(a_path_too_long_for_a_file_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
