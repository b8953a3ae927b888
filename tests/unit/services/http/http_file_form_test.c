/* HTTP 46, 62: the forms of a file (.zst, .br, .gz beside it), chosen by what
 * the client takes (RFC 9110 §12.5.3), each with its own tag (§8.8.3). */
#include "http_folder.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	ZSTD = HTTP_CODING_ZSTD,
	BR = HTTP_CODING_BR,
	GZIP = HTTP_CODING_GZIP,
	BR_GZIP = BR | GZIP << 2,
	GZIP_BR = GZIP | BR << 2,
	ALL = ZSTD | BR << 2 | GZIP << 4,
	/* "identity;q=0" alone, and with gzip before it. */
	NOTHING = HTTP_CODING_NO_IDENTITY,
	GZIP_ONLY = GZIP | HTTP_CODING_NO_IDENTITY,
};

static int
open_folder(void **state)
{
	http_folder_open(state);
	struct http_folder *folder = *state;

	folder->site.has_variants = true;
	http_folder_write(folder, "a.css", "identity");
	return 0;
}

static const struct http_resource *
expect(struct http_folder *folder, uint8_t codings, const char *path,
    const char *body, const char *coding)
{
	char line[64] = "Content-Encoding: ";

	folder->codings = codings;
	const struct http_resource *resource =
	    http_folder_expect_body(folder, path, body);

	assert_int_equal(resource->is_coded, coding != NULL);
	if (coding != NULL)
		assert_true(http_folder_has_line(
		    resource, strncat(line, coding, sizeof(line) - 32)));
	return resource;
}

static void
http_46_the_first_form_that_is_there(void **state)
{
	struct http_folder *folder = *state;

	http_folder_write(folder, "a.css.gz", "gz");
	http_folder_write(folder, "a.css.br", "b");
	for (unsigned i = 0; i < 2; i++) {
		expect(folder, 0, "/a.css", "identity", NULL);
		expect(folder, ZSTD, "/a.css", "identity", NULL);
		expect(folder, GZIP, "/a.css", "gz", "gzip");
		expect(folder, BR_GZIP, "/a.css", "b", "br");
		expect(folder, GZIP_BR, "/a.css", "gz", "gzip");
		expect(folder, ALL, "/a.css", "b", "br");
		expect(folder, GZIP_ONLY, "/a.css", "gz", "gzip");
	}
}

static void
http_46_type_tag_size_and_vary_of_each(void **state)
{
	struct http_folder *folder = *state;
	char tag[2][HTTP_RESOURCE_ETAG_MAX] = {{0}};

	http_folder_write(folder, "a.css.gz", "gz");
	for (unsigned i = 0; i < 2; i++) {
		const struct http_resource *resource =
		    i == 0 ? expect(folder, 0, "/a.css", "identity", NULL)
		           : expect(folder, ALL, "/a.css", "gz", "gzip");

		assert_true(
		    http_folder_has_line(resource, "Vary: Accept-Encoding"));
		assert_true(http_folder_has_line(
		    resource, "Content-Type: text/css; charset=utf-8"));
		assert_non_null(memmem(resource->common.data,
		    resource->common.len, "Vary: ", 6)); /* 206, 304 */
		assert_int_equal(resource->etag.data[0], '"');
		memcpy(tag[i], resource->etag.data, resource->etag.len);
	}
	assert_string_not_equal(tag[0], tag[1]);
}

static void
http_46_nothing_varies_where_there_is_one_form(void **state)
{
	struct http_folder *folder = *state;
	const struct http_resource *resource =
	    expect(folder, ALL, "/a.css", "identity", NULL);

	assert_false(http_folder_has_line(resource, "Vary: Accept-Encoding"));
	size_t bytes = folder->cache.bytes;

	/* Whatever is taken, it is one entry. */
	expect(folder, 0, "/a.css", "identity", NULL);
	expect(folder, BR_GZIP, "/a.css", "identity", NULL);
	assert_int_equal(folder->cache.bytes, bytes);
	http_folder_write(folder, "b.css.gz", "no original");
	http_folder_expect(folder, "/b.css", HTTP_STATUS_NOT_FOUND);
	expect(folder, ALL, "/b.css.gz", "no original", NULL);
	folder->site.has_variants = false;
	http_folder_write(folder, "c.css", "c");
	http_folder_write(folder, "c.css.gz", "gz");
	expect(folder, ALL, "/c.css", "c", NULL);
	expect(folder, NOTHING, "/c.css", "c", NULL);
}

static void
http_46_identity_refused(void **state)
{
	struct http_folder *folder = *state;

	folder->codings = NOTHING;
	http_folder_expect(folder, "/a.css", HTTP_STATUS_NOT_ACCEPTABLE);
	http_folder_expect(folder, "/a.css", HTTP_STATUS_NOT_ACCEPTABLE);
	http_folder_expect(folder, "/none", HTTP_STATUS_NOT_FOUND);
	folder->codings = GZIP_ONLY;
	http_folder_expect(folder, "/a.css", HTTP_STATUS_NOT_ACCEPTABLE);
	http_folder_write(folder, "a.css.gz", "gz");
	expect(folder, GZIP_ONLY, "/a.css", "gz", "gzip");
	expect(folder, 0, "/a.css", "identity", NULL);
}

static void
http_46_a_form_itself_is_a_file_as_it_is(void **state)
{
	struct http_folder *folder = *state;

	http_folder_write(folder, "a.css.gz", "gz");
	const struct http_resource *resource =
	    expect(folder, ALL, "/a.css.gz", "gz", NULL);

	assert_true(
	    http_folder_has_line(resource, "Content-Type: application/gzip"));
}

static void
an_index_has_forms_too(void **state)
{
	struct http_folder *folder = *state;

	http_folder_write(folder, "index.html", "index");
	http_folder_write(folder, "index.html.zst", "z");
	const struct http_resource *resource =
	    expect(folder, ALL, "/", "z", "zstd");

	assert_true(http_folder_has_line(
	    resource, "Content-Type: text/html; charset=utf-8"));
	expect(folder, GZIP, "/", "index", NULL);
}

static void
what_is_no_form(void **state)
{
	struct http_folder *folder = *state;

	http_folder_touch(folder, "a.css", 1000000000);
	http_folder_write(folder, "a.css.gz", "older");
	http_folder_touch(folder, "a.css.gz", 999999999);
	http_folder_fifo(folder, "a.css.br");
	http_folder_make(folder, "a.css.zst");
	expect(folder, ALL, "/a.css", "identity", NULL);
	http_folder_touch(folder, "a.css.gz", 1000000000);
	expect(folder, ALL, "/a.css", "older", "gzip");
}

static void
links_as_forms_follow_the_rule(void **state)
{
	struct http_folder *folder = *state;

	http_folder_write(folder, "elsewhere", "gz");
	http_folder_link(folder, "/etc/passwd", "a.css.br");
	http_folder_link(folder, "elsewhere", "a.css.gz");
	expect(folder, ALL, "/a.css", "gz", "gzip");
	folder->site.symlinks = HTTP_SYMLINKS_NEVER;
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	expect(folder, ALL, "/a.css", "identity", NULL);
}

static void
a_form_that_comes_changes_and_goes_is_seen(void **state)
{
	struct http_folder *folder = *state;

	expect(folder, ALL, "/a.css", "identity", NULL);
	expect(folder, 0, "/a.css", "identity", NULL);
	http_folder_write(folder, "a.css.gz", "one");
	/* First for whoever takes none of it: what is kept says so now. */
	assert_true(
	    http_folder_has_line(expect(folder, 0, "/a.css", "identity", NULL),
	        "Vary: Accept-Encoding"));
	expect(folder, ALL, "/a.css", "one", "gzip");
	assert_true(
	    http_folder_has_line(expect(folder, 0, "/a.css", "identity", NULL),
	        "Vary: Accept-Encoding"));
	http_folder_write(folder, "a.css.gz", "two!");
	expect(folder, ALL, "/a.css", "two!", "gzip");
	http_folder_write(folder, "new", "three");
	http_folder_move(folder, "new", "a.css.gz");
	expect(folder, ALL, "/a.css", "three", "gzip");
	http_folder_write(folder, "a.css.br", "best");
	expect(folder, ALL, "/a.css", "best", "br");
	http_folder_remove(folder, "a.css.br");
	expect(folder, ALL, "/a.css", "three", "gzip");
	/* The original changes: its form is out of date. */
	http_folder_touch(folder, "a.css.gz", 1000000000);
	expect(folder, ALL, "/a.css", "identity", NULL);
	http_folder_touch(folder, "a.css", 1000000000);
	expect(folder, ALL, "/a.css", "three", "gzip");
	http_folder_remove(folder, "a.css.gz");
	expect(folder, ALL, "/a.css", "identity", NULL);
	http_folder_remove(folder, "a.css");
	http_folder_expect(folder, "/a.css", HTTP_STATUS_NOT_FOUND);
}

static void
a_large_form_is_sent_with_its_own_size(void **state)
{
	struct http_folder *folder = *state;
	char path[256];

	http_folder_write(folder, "a.css.gz", "x");
	http_folder_path(folder, "a.css.gz", path);
	assert_int_equal(truncate(path, HTTP_RESOURCE_INLINE_MAX + 7), 0);
	folder->codings = ALL;
	const struct http_resource *resource =
	    http_folder_expect(folder, "/a.css", HTTP_STATUS_OK);

	assert_false(resource->is_inline);
	assert_int_equal(resource->size, HTTP_RESOURCE_INLINE_MAX + 7);
	assert_int_equal(
	    lseek(resource->fd, 0, SEEK_END), HTTP_RESOURCE_INLINE_MAX + 7);
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_folder, http_folder_close)
	const struct CMUnitTest tests[] = {
	    TEST(http_46_the_first_form_that_is_there),
	    TEST(http_46_type_tag_size_and_vary_of_each),
	    TEST(http_46_nothing_varies_where_there_is_one_form),
	    TEST(http_46_identity_refused),
	    TEST(http_46_a_form_itself_is_a_file_as_it_is),
	    TEST(an_index_has_forms_too),
	    TEST(what_is_no_form),
	    TEST(links_as_forms_follow_the_rule),
	    TEST(a_form_that_comes_changes_and_goes_is_seen),
	    TEST(a_large_form_is_sent_with_its_own_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
