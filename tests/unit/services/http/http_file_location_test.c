/* Locations that need no disk, and where symbolic links may lead (HTTP 48, 64,
 * 66, 67). */
#include "http_folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct http_location locations[] = {
    {.prefix = {(const uint8_t *)"old/there", 9},
        .redirect = {(const uint8_t *)"https://b.test", 14},
        .redirect_status = HTTP_STATUS_PERMANENT},
    {.prefix = {(const uint8_t *)"query", 5},
        .redirect = {(const uint8_t *)"/search?q=1", 11},
        .redirect_status = HTTP_STATUS_FOUND},
    {.prefix = {(const uint8_t *)"old", 3},
        .redirect = {(const uint8_t *)"/new/", 5},
        .redirect_status = HTTP_STATUS_MOVED},
    {.prefix = {(const uint8_t *)"lab", 3}, .is_lab = true},
    {.prefix = {NULL, 0}},
};

static int
open_folder(void **state)
{
	http_folder_open(state);
	struct http_folder *folder = *state;

	folder->site.locations = locations;
	folder->site.location_count = sizeof(locations) / sizeof(locations[0]);
	return 0;
}

static void
expect_moved(struct http_folder *folder, const char *path,
    enum http_status status, const char *to)
{
	const struct http_resource *resource = http_folder_find(folder, path);

	assert_int_equal(resource->status, status);
	assert_int_equal(resource->moved_to.len, strlen(to));
	assert_memory_equal(resource->moved_to.data, to, strlen(to));
	assert_true(resource->location->redirect.len > 0);
}

static void
http_48_a_redirection_takes_the_rest_along(void **state)
{
	struct http_folder *folder = *state;

	http_folder_blind(folder);
	for (unsigned i = 0; i < 2; i++) {
		expect_moved(folder, "/old", HTTP_STATUS_MOVED, "/new/");
		expect_moved(folder, "/old/", HTTP_STATUS_MOVED, "/new/");
		expect_moved(folder, "/old/a/b", HTTP_STATUS_MOVED, "/new/a/b");
		expect_moved(folder, "/old/a/", HTTP_STATUS_MOVED, "/new/a/");
		expect_moved(folder, "/old/a%20%0D%0A%22%3F", HTTP_STATUS_MOVED,
		    "/new/a%20%0D%0A%22%3F");
		expect_moved(folder, "/old/there", HTTP_STATUS_PERMANENT,
		    "https://b.test");
		expect_moved(folder, "/old/there/x", HTTP_STATUS_PERMANENT,
		    "https://b.test/x");
		expect_moved(
		    folder, "/query/x", HTTP_STATUS_FOUND, "/search?q=1");
	}
}

static void
http_48_no_redirection_to_another_host(void **state)
{
	struct http_folder *folder = *state;

	http_folder_make(folder, "evil.test");
	expect_moved(
	    folder, "/old//evil.test", HTTP_STATUS_MOVED, "/new/evil.test");
	expect_moved(folder, "/old/%5Cevil.test", HTTP_STATUS_MOVED,
	    "/new/%5Cevil.test");
	expect_moved(folder, "/old/there/@evil.test", HTTP_STATUS_PERMANENT,
	    "https://b.test/@evil.test");
	assert_int_equal(http_folder_find(folder, "/old/%2Fevil.test")->status,
	    HTTP_STATUS_NOT_FOUND);
	const struct http_resource *resource =
	    http_folder_find(folder, "//evil.test");

	assert_int_equal(resource->moved_to.len, 11);
	assert_memory_equal(resource->moved_to.data, "/evil.test/", 11);
}

static void
expect_lab(struct http_folder *folder, const char *path, const char *rest)
{
	const struct http_resource *resource = http_folder_find(folder, path);

	assert_int_equal(resource->status, HTTP_STATUS_OK);
	assert_true(resource->location->is_lab);
	assert_int_equal(resource->rest.len, strlen(rest));
	if (rest[0] != '\0')
		assert_memory_equal(resource->rest.data, rest, strlen(rest));
}

static void
a_lab_has_the_rest_and_no_file(void **state)
{
	struct http_folder *folder = *state;

	http_folder_blind(folder);
	for (unsigned i = 0; i < 2; i++) {
		expect_lab(folder, "/lab", "");
		expect_lab(folder, "/lab/", "/");
		expect_lab(folder, "/lab/status/404", "/status/404");
		expect_lab(
		    folder, "/lab//any%74hing/%C3%A9/", "/anything/\xc3\xa9/");
		expect_lab(folder, "/x/../lab/ip", "/ip");
	}
	assert_int_equal(http_folder_find(folder, "/labs")->status,
	    HTTP_STATUS_INTERNAL); /* a file, if there were a disk */
}

static void
every_answer_names_its_location(void **state)
{
	struct http_folder *folder = *state;

	assert_ptr_equal(
	    http_folder_find(folder, "/none")->location, &locations[4]);
	assert_ptr_equal(
	    http_folder_find(folder, "/lab/.hidden")->location, &locations[3]);
	assert_ptr_equal(
	    http_folder_find(folder, "/lab/a%2Fb")->location, &locations[3]);
	assert_non_null(http_folder_find(folder, "/%zz")->location);
	assert_non_null(http_folder_find(folder, "/..")->location);
}

/* A password for a file is one for its contents, whatever they are asked by. */
static void
a_location_of_a_file_holds_for_its_forms_and_its_folder(void **state)
{
	static const struct http_user user;
	static const struct http_location guarded[] = {
	    {.prefix = {(const uint8_t *)"sub/index.html", 14},
	        .users = &user,
	        .user_count = 1},
	    {.prefix = {(const uint8_t *)"moved.html", 10},
	        .redirect = {(const uint8_t *)"/x", 2},
	        .redirect_status = HTTP_STATUS_MOVED},
	    {.prefix = {(const uint8_t *)"a.html", 6},
	        .users = &user,
	        .user_count = 1},
	    {.prefix = {NULL, 0}},
	};
	struct http_folder *folder = *state;

	folder->site.locations = guarded;
	folder->site.location_count = 4;
	folder->site.has_variants = true;
	http_folder_make(folder, "sub");
	http_folder_write(folder, "sub/index.html", "secret");
	http_folder_write(folder, "a.html", "secret");
	http_folder_write(folder, "a.html.gz", "secret");
	http_folder_write(folder, "moved.html.gz", "open");
	http_folder_write(folder, "ab.html.gz", "open");
	assert_ptr_equal(
	    http_folder_find(folder, "/a.html")->location, &guarded[2]);
	assert_ptr_equal(
	    http_folder_find(folder, "/a.html.gz")->location, &guarded[2]);
	assert_ptr_equal(
	    http_folder_find(folder, "/a.html.br")->location, &guarded[2]);
	assert_ptr_equal(
	    http_folder_find(folder, "/sub/index.html")->location, &guarded[0]);
	assert_ptr_equal(
	    http_folder_find(folder, "/sub/index.html.gz")->location,
	    &guarded[0]);
	for (unsigned i = 0; i < 2; i++)
		assert_ptr_equal(
		    http_folder_find(folder, "/sub/")->location, &guarded[0]);
	assert_ptr_equal(
	    http_folder_find(folder, "/sub")->location, &guarded[3]);
	assert_ptr_equal(
	    http_folder_find(folder, "/ab.html.gz")->location, &guarded[3]);
	assert_int_equal(
	    http_folder_find(folder, "/moved.html.gz")->status, HTTP_STATUS_OK);
}

/* A folder beside the root, and links that lead out, in and around. */
static int
open_links(void **state)
{
	http_folder_open(state);
	struct http_folder *folder = *state;
	char outside[80], path[128];

	(void)snprintf(outside, sizeof(outside), "%s.out", folder->root);
	assert_int_equal(mkdir(outside, 0755), 0);
	(void)snprintf(path, sizeof(path), "%s/a.txt", outside);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs("outside", file) >= 0);
	assert_int_equal(fclose(file), 0);
	http_folder_make(folder, "in");
	http_folder_write(folder, "in/a.txt", "inside");
	http_folder_link(folder, outside, "out");
	http_folder_link(folder, path, "out.txt");
	http_folder_link(folder, "in", "link");
	http_folder_link(folder, "in/a.txt", "link.txt");
	http_folder_link(folder, "../in/a.txt", "in/up.txt");
	http_folder_link(folder, "/proc/self/fd/0", "magic");
	return 0;
}

static int
close_links(void **state)
{
	struct http_folder *folder = *state;
	char command[128];

	(void)snprintf(
	    command, sizeof(command), "rm -rf '%s.out'", folder->root);
	assert_int_equal(system(command), 0);
	return http_folder_close(state);
}

static void
http_64_beneath_follows_what_stays_beneath(void **state)
{
	struct http_folder *folder = *state;

	http_folder_expect_body(folder, "/link/a.txt", "inside");
	http_folder_expect_body(folder, "/link.txt", "inside");
	http_folder_expect_body(folder, "/in/up.txt", "inside");
	http_folder_expect(folder, "/out/a.txt", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/out.txt", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/out", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/out/", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/magic", HTTP_STATUS_NOT_FOUND);
}

static void
follow_goes_wherever_links_lead(void **state)
{
	struct http_folder *folder = *state;

	folder->site.symlinks = HTTP_SYMLINKS_FOLLOW;
	http_folder_expect_body(folder, "/link/a.txt", "inside");
	http_folder_expect_body(folder, "/in/up.txt", "inside");
	http_folder_expect_body(folder, "/out/a.txt", "outside");
	http_folder_expect_body(folder, "/out.txt", "outside");
	http_folder_expect(folder, "/out", HTTP_STATUS_MOVED);
	http_folder_expect(folder, "/out/", HTTP_STATUS_FORBIDDEN);
	http_folder_expect(folder, "/magic", HTTP_STATUS_NOT_FOUND);
	/* What is asked for itself climbs nowhere. */
	http_folder_expect(folder, "/../x", HTTP_STATUS_BAD_REQUEST);
	http_folder_expect(folder, "/out/../../x", HTTP_STATUS_BAD_REQUEST);
}

static void
never_is_as_if_links_were_not_there(void **state)
{
	struct http_folder *folder = *state;

	folder->site.symlinks = HTTP_SYMLINKS_NEVER;
	http_folder_expect_body(folder, "/in/a.txt", "inside");
	http_folder_expect(folder, "/link/a.txt", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/link.txt", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/link", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/link/", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/out.txt", HTTP_STATUS_NOT_FOUND);
	http_folder_link(folder, "in/a.txt", "index.html");
	http_folder_expect(folder, "/", HTTP_STATUS_FORBIDDEN);
}

static void
http_66_a_fifo_is_never_waited_for(void **state)
{
	struct http_folder *folder = *state;

	folder->site.has_variants = true;
	http_folder_fifo(folder, "fifo");
	http_folder_link(folder, "fifo", "to-fifo");
	http_folder_link(folder, "/dev/zero", "zero");
	http_folder_fifo(folder, "index.html");
	http_folder_fifo(folder, "in/a.txt.gz");
	http_folder_expect(folder, "/fifo", HTTP_STATUS_FORBIDDEN);
	http_folder_expect(folder, "/to-fifo", HTTP_STATUS_FORBIDDEN);
	http_folder_expect(folder, "/zero", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/", HTTP_STATUS_FORBIDDEN);
	folder->codings = HTTP_CODING_GZIP;
	http_folder_expect_body(folder, "/in/a.txt", "inside");
	folder->site.symlinks = HTTP_SYMLINKS_FOLLOW;
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	http_folder_expect(folder, "/zero", HTTP_STATUS_FORBIDDEN);
}

static void
http_67_dotfiles_behind_links_and_beside(void **state)
{
	struct http_folder *folder = *state;

	http_folder_make(folder, ".well-known");
	http_folder_write(folder, ".well-known/x", "known");
	http_folder_write(folder, ".well-known/.x", "hidden");
	http_folder_make(folder, "in/.well-known");
	http_folder_write(folder, "in/.well-known/x", "not here");
	http_folder_expect_body(folder, "/.well-known/x", "known");
	http_folder_expect(folder, "/.well-known/.x", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/in/.well-known/x", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(
	    folder, "/%2ewell-known/%2ex", HTTP_STATUS_NOT_FOUND);
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_folder, http_folder_close)
#define TEST_LINKS(name)                                                       \
	cmocka_unit_test_setup_teardown(name, open_links, close_links)
	const struct CMUnitTest tests[] = {
	    TEST(http_48_a_redirection_takes_the_rest_along),
	    TEST(http_48_no_redirection_to_another_host),
	    TEST(a_lab_has_the_rest_and_no_file),
	    TEST(every_answer_names_its_location),
	    TEST(a_location_of_a_file_holds_for_its_forms_and_its_folder),
	    TEST_LINKS(http_64_beneath_follows_what_stays_beneath),
	    TEST_LINKS(follow_goes_wherever_links_lead),
	    TEST_LINKS(never_is_as_if_links_were_not_there),
	    TEST_LINKS(http_66_a_fifo_is_never_waited_for),
	    TEST_LINKS(http_67_dotfiles_behind_links_and_beside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
