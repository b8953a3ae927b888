/* A file of media types: RFC 9110 §8.3. */
#include "load_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* TEXT is taken as the file, and SAID of it. */
static void
take(struct load_fixture *fixture, const char *text, const char *said)
{
	load_fixture_write(fixture, "types", text);
	assert_true(
	    load_fixture_load(fixture, "root = \"a\"\nmime_types = \"types\""));
	assert_string_equal(fixture->said, said);
}

static void
expect(struct load_fixture *fixture, const char *name, const char *type)
{
	const struct span span = {(const uint8_t *)name, strlen(name)};

	assert_string_equal(http_mime_type(&fixture->loaded.mimes, span), type);
}

static void
http_43_rfc_9110_8_3_the_file_counts_before_what_is_built_in(void **state)
{
	struct load_fixture *fixture = *state;

	take(fixture,
	    "# a comment\n"
	    "\n"
	    "text/x-c\tc  h # and one here\n"
	    "Application/X-Own OWN own2\r\n"
	    "application/none\n"
	    "image/png png",
	    "");
	expect(fixture, "a.c", "text/x-c; charset=utf-8");
	expect(fixture, "a.H", "text/x-c; charset=utf-8");
	expect(fixture, "x/a.own", "application/x-own");
	expect(fixture, "a.Own2", "application/x-own");
	expect(fixture, "a.png", "image/png");
	expect(fixture, "a.html", "text/html; charset=utf-8");
	expect(fixture, "a.none", "application/octet-stream");
	expect(fixture, "own", "application/octet-stream");
}

static void
http_43_rfc_9110_8_3_2_text_has_its_charset(void **state)
{
	struct load_fixture *fixture = *state;

	take(fixture,
	    "image/svg+xml svg\napplication/xml xml\n"
	    "application/javascript js\napplication/json json\n"
	    "text/plain txt\nimage/x+xmlish x\n",
	    "");
	expect(fixture, "a.svg", "image/svg+xml; charset=utf-8");
	expect(fixture, "a.xml", "application/xml; charset=utf-8");
	expect(fixture, "a.js", "application/javascript; charset=utf-8");
	expect(fixture, "a.json", "application/json");
	expect(fixture, "a.txt", "text/plain; charset=utf-8");
	expect(fixture, "a.x", "image/x+xmlish");
}

static void
the_last_line_of_an_extension_counts(void **state)
{
	struct load_fixture *fixture = *state;

	take(fixture, "a/one x y\na/two x\na/three z x\na/four zz\na/five y\n",
	    "");
	expect(fixture, "a.x", "a/three");
	expect(fixture, "a.y", "a/five");
	expect(fixture, "a.z", "a/three");
	expect(fixture, "a.zz", "a/four");
	assert_int_equal(fixture->loaded.mimes.count, 4);
}

static void
odd_words_are_told_or_left_out(void **state)
{
	struct load_fixture *fixture = *state;
	char text[512], type[200], extension[64];

	memset(type, 't', sizeof(type) - 1);
	type[sizeof(type) - 1] = '\0';
	memset(extension, 'e', sizeof(extension) - 1);
	extension[sizeof(extension) - 1] = '\0';
	snprintf(text, sizeof(text),
	    "html\n/x x\nx/ x\na/b/c x\na/%s x\na/b %s t.gz ok\n", type,
	    extension);
	take(fixture, text,
	    "warning: types:1: not a media type: html\n"
	    "warning: types:2: not a media type: /x\n"
	    "warning: types:3: not a media type: x/\n"
	    "warning: types:4: not a media type: a/b/c\n"
	    "warning: types:5: not a media type: a/"
	    "tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt"
	    "t"
	    "tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt"
	    "t"
	    "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt"
	    "\n");
	expect(fixture, "a.ok", "a/b");
	assert_int_equal(fixture->loaded.mimes.count, 1);
}

static void
a_file_that_is_named_must_be_there(void **state)
{
	struct load_fixture *fixture = *state;

	assert_false(
	    load_fixture_load(fixture, "root = \"a\"\nmime_types = \"types\""));
	assert_string_equal(
	    fixture->said, "conf:4: types: No such file or directory\n");
}

/* The machine's own file, where it has one. */
static void
the_default_is_the_machines(void **state)
{
	struct load_fixture *fixture = *state;
	bool is_there = access("/etc/mime.types", R_OK) == 0;

	assert_true(load_fixture_load(fixture, "root = \"a\""));
	assert_string_equal(fixture->said, "");
	assert_true((fixture->loaded.mimes.count > 100) == is_there);
	expect(fixture, "a.html", "text/html; charset=utf-8");
	expect(fixture, "a.png", "image/png");
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(                                       \
	    name, load_fixture_set_up, load_fixture_tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(http_43_rfc_9110_8_3_the_file_counts_before_what_is_built_in),
	    TEST(http_43_rfc_9110_8_3_2_text_has_its_charset),
	    TEST(the_last_line_of_an_extension_counts),
	    TEST(odd_words_are_told_or_left_out),
	    TEST(a_file_that_is_named_must_be_there),
	    TEST(the_default_is_the_machines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
