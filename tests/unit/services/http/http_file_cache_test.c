/* Files found, kept and forgotten, on a folder of the test's own. Time is the
 * test's: a kept answer that is a second old is looked at again, so that what
 * changes at one and the same moment was seen through inotify. */
#include "services/http/http_file_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const struct http_location everywhere;
static const int64_t now = 4000000000; /* later than any file here */

struct fixture {
	char root[64];
	struct http_site site;
	struct http_file_cache cache;
	uint64_t now_ms;
};

static void
in_root(const struct fixture *fixture, const char *name, char path[256])
{
	(void)snprintf(path, 256, "%s/%s", fixture->root, name);
}

static void
write_file(const struct fixture *fixture, const char *name, const char *text)
{
	char path[256];

	in_root(fixture, name, path);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
make_folder(const struct fixture *fixture, const char *name)
{
	char path[256];

	in_root(fixture, name, path);
	assert_int_equal(mkdir(path, 0755), 0);
}

static void
move(const struct fixture *fixture, const char *from, const char *to)
{
	char old[256], new[256];

	in_root(fixture, from, old);
	in_root(fixture, to, new);
	assert_int_equal(rename(old, new), 0);
}

static void
link_to(const struct fixture *fixture, const char *target, const char *name)
{
	char path[256];

	in_root(fixture, name, path);
	assert_int_equal(symlink(target, path), 0);
}

static int
open_site(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	(void)snprintf(fixture->root, sizeof(fixture->root),
	    "/tmp/netlabd-http-test.XXXXXX");
	assert_non_null(mkdtemp(fixture->root));
	fixture->site.root =
	    open(fixture->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_int_not_equal(fixture->site.root, -1);
	fixture->site.indexes[0] = "index.html";
	fixture->site.indexes[1] = "index.txt";
	fixture->site.index_count = 2;
	fixture->site.locations = &everywhere;
	fixture->site.location_count = 1;
	assert_true(http_file_cache_open(
	    &fixture->cache, 12345, 1024, 16 * 1024 * 1024));
	fixture->now_ms = 1000000;
	*state = fixture;
	return 0;
}

static int
close_site(void **state)
{
	struct fixture *fixture = *state;
	char command[128];

	http_file_cache_close(&fixture->cache);
	assert_int_equal(fixture->cache.open_count, 0);
	close(fixture->site.root);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", fixture->root);
	assert_int_equal(system(command), 0);
	free(fixture);
	return 0;
}

/* As a turn of the worker: events first. */
static const struct http_resource *
find(struct fixture *fixture, const char *path)
{
	http_file_watch_read(&fixture->cache.watch);
	const struct http_wanted wanted = {
	    .site = &fixture->site,
	    .path = {(const uint8_t *)path, strlen(path)},
	};

	return http_file_cache_find(
	    &fixture->cache, &wanted, fixture->now_ms, now);
}

static void
expect_body(struct fixture *fixture, const char *path, const char *body)
{
	const struct http_resource *resource = find(fixture, path);

	if (resource->status != HTTP_STATUS_OK)
		fail_msg("%s: %s", path, http_status_line(resource->status));
	assert_int_equal(resource->size, strlen(body));
	assert_true(resource->is_inline);
	assert_int_equal(
	    resource->block.len, resource->head_len + strlen(body));
	assert_memory_equal(
	    resource->block.data + resource->head_len, body, strlen(body));
}

static void
expect_status(
    struct fixture *fixture, const char *path, enum http_status status)
{
	const struct http_resource *resource = find(fixture, path);

	if (resource->status != status)
		fail_msg("%s: %s", path, http_status_line(resource->status));
}

/* No system call finds anything any more. */
static void
blind(struct fixture *fixture)
{
	close(fixture->site.root);
	fixture->site.root = -1;
}

static void
what_is_kept_needs_no_system_call(void **state)
{
	struct fixture *fixture = *state;

	write_file(fixture, "index.html", "hello");
	expect_body(fixture, "/", "hello");
	expect_status(fixture, "/none", HTTP_STATUS_NOT_FOUND);
	blind(fixture);
	expect_body(fixture, "/", "hello");
	expect_status(fixture, "/none", HTTP_STATUS_NOT_FOUND);
	fixture->now_ms += HTTP_FILE_CACHE_MS;
	expect_status(fixture, "/", HTTP_STATUS_INTERNAL);
}

/* A password for a file is one for its contents, whatever they are asked by. */
static void
a_location_of_a_file_holds_for_its_forms_and_its_folder(void **state)
{
	static const struct http_user user;
	static const struct http_location locations[] = {
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
	struct fixture *fixture = *state;

	fixture->site.locations = locations;
	fixture->site.location_count = 4;
	fixture->site.has_variants = true;
	make_folder(fixture, "sub");
	write_file(fixture, "sub/index.html", "secret");
	write_file(fixture, "a.html", "secret");
	write_file(fixture, "a.html.gz", "secret");
	write_file(fixture, "moved.html.gz", "open");
	write_file(fixture, "ab.html.gz", "open");
	assert_ptr_equal(find(fixture, "/a.html")->location, &locations[2]);
	assert_ptr_equal(find(fixture, "/a.html.gz")->location, &locations[2]);
	assert_ptr_equal(find(fixture, "/a.html.br")->location, &locations[2]);
	assert_ptr_equal(
	    find(fixture, "/sub/index.html")->location, &locations[0]);
	assert_ptr_equal(
	    find(fixture, "/sub/index.html.gz")->location, &locations[0]);
	for (unsigned i = 0; i < 2; i++)
		assert_ptr_equal(
		    find(fixture, "/sub/")->location, &locations[0]);
	assert_ptr_equal(find(fixture, "/sub")->location, &locations[3]);
	assert_ptr_equal(find(fixture, "/ab.html.gz")->location, &locations[3]);
	expect_body(fixture, "/moved.html.gz", "open");
	fixture->site.locations = &everywhere;
	fixture->site.location_count = 1;
}

static void
a_file_that_changes_is_read_again(void **state)
{
	struct fixture *fixture = *state;
	char path[256];

	write_file(fixture, "a.txt", "one");
	expect_body(fixture, "/a.txt", "one");
	write_file(fixture, "a.txt", "two");
	expect_body(fixture, "/a.txt", "two");
	write_file(fixture, "b.txt", "three");
	move(fixture, "b.txt", "a.txt");
	expect_body(fixture, "/a.txt", "three");
	expect_status(fixture, "/b.txt", HTTP_STATUS_NOT_FOUND);
	in_root(fixture, "a.txt", path);
	assert_int_equal(truncate(path, 2), 0);
	expect_body(fixture, "/a.txt", "th");
	assert_int_equal(unlink(path), 0);
	expect_status(fixture, "/a.txt", HTTP_STATUS_NOT_FOUND);
	write_file(fixture, "a.txt", "back");
	expect_body(fixture, "/a.txt", "back");
}

static void
a_folder_that_moves_takes_its_files_along(void **state)
{
	struct fixture *fixture = *state;

	make_folder(fixture, "d");
	make_folder(fixture, "d/e");
	write_file(fixture, "d/e/a.txt", "one");
	expect_body(fixture, "/d/e/a.txt", "one");
	move(fixture, "d", "f");
	expect_status(fixture, "/d/e/a.txt", HTTP_STATUS_NOT_FOUND);
	expect_body(fixture, "/f/e/a.txt", "one");
	make_folder(fixture, "d");
	make_folder(fixture, "d/e");
	write_file(fixture, "d/e/a.txt", "two");
	expect_body(fixture, "/d/e/a.txt", "two");
	move(fixture, "d", "g");
	move(fixture, "f", "d");
	expect_body(fixture, "/d/e/a.txt", "one");
}

static void
a_new_index_comes_before_an_old_one(void **state)
{
	struct fixture *fixture = *state;

	expect_status(fixture, "/", HTTP_STATUS_FORBIDDEN);
	write_file(fixture, "index.txt", "second");
	expect_body(fixture, "/", "second");
	write_file(fixture, "index.html", "first");
	expect_body(fixture, "/", "first");
}

static void
what_inotify_does_not_see_is_seen_after_a_second(void **state)
{
	struct fixture *fixture = *state;
	char other[256], path[256];

	make_folder(fixture, "d");
	write_file(fixture, "d/a.txt", "one");
	in_root(fixture, "d/a.txt", path);
	in_root(fixture, "other", other);
	assert_int_equal(link(path, other), 0);
	expect_body(fixture, "/d/a.txt", "one");
	write_file(fixture, "other", "three"); /* another name, elsewhere */
	fixture->now_ms += HTTP_FILE_CACHE_MS;
	expect_body(fixture, "/d/a.txt", "three");
}

static void
links_beneath_the_root_are_followed_and_no_others(void **state)
{
	struct fixture *fixture = *state;

	make_folder(fixture, "v1");
	make_folder(fixture, "v2");
	write_file(fixture, "v1/a.txt", "one");
	write_file(fixture, "v2/a.txt", "two");
	link_to(fixture, "v1", "current");
	link_to(fixture, "v1/a.txt", "file.txt");
	link_to(fixture, "/etc/passwd", "passwd");
	link_to(fixture, "../../../../../etc", "etc");
	link_to(fixture, "loop", "loop");
	link_to(fixture, "v1/a.txt", "v1/../index.html");
	expect_body(fixture, "/current/a.txt", "one");
	expect_body(fixture, "/file.txt", "one");
	expect_body(fixture, "/", "one");
	expect_status(fixture, "/current", HTTP_STATUS_MOVED);
	expect_status(fixture, "/current/", HTTP_STATUS_FORBIDDEN);
	expect_status(fixture, "/passwd", HTTP_STATUS_NOT_FOUND);
	expect_status(fixture, "/etc/passwd", HTTP_STATUS_NOT_FOUND);
	expect_status(fixture, "/loop", HTTP_STATUS_NOT_FOUND);
	expect_status(fixture, "/file.txt/", HTTP_STATUS_NOT_FOUND);
	link_to(fixture, "v2", "next");
	move(fixture, "next", "current");
	expect_body(fixture, "/current/a.txt", "two");
	write_file(fixture, "v2/a.txt", "new"); /* behind the link */
	fixture->now_ms += HTTP_FILE_CACHE_MS;
	expect_body(fixture, "/current/a.txt", "new");
}

static void
http_66_67_kinds_of_files(void **state)
{
	struct fixture *fixture = *state;
	char path[256];

	make_folder(fixture, "dir \"x");
	write_file(fixture, "a.txt", "one");
	in_root(fixture, "fifo", path);
	assert_int_equal(mkfifo(path, 0644), 0);
	expect_status(fixture, "/fifo", HTTP_STATUS_FORBIDDEN);
	expect_status(fixture, "/a.txt/", HTTP_STATUS_NOT_FOUND);
	expect_status(fixture, "/a.txt/b", HTTP_STATUS_NOT_FOUND);
	expect_status(fixture, "/.a", HTTP_STATUS_NOT_FOUND);
	expect_status(fixture, "/%00", HTTP_STATUS_BAD_REQUEST);
	const struct http_resource *resource = find(fixture, "//dir%20%22x");

	assert_int_equal(resource->status, HTTP_STATUS_MOVED);
	assert_int_equal(resource->moved_to.len, 12);
	assert_memory_equal(resource->moved_to.data, "/dir%20%22x/", 12);
}

static void
large_files_keep_few_descriptors(void **state)
{
	struct fixture *fixture = *state;
	char name[32], path[256];

	for (unsigned i = 0; i < HTTP_FILE_CACHE_OPEN_MAX + 50; i++) {
		(void)snprintf(name, sizeof(name), "/f%u", i);
		write_file(fixture, name + 1, "");
		in_root(fixture, name + 1, path);
		assert_int_equal(
		    truncate(path, HTTP_RESOURCE_INLINE_MAX + 1), 0);
		const struct http_resource *resource = find(fixture, name);

		assert_int_equal(resource->status, HTTP_STATUS_OK);
		assert_false(resource->is_inline);
		assert_int_not_equal(fcntl(resource->fd, F_GETFD), -1);
		assert_true(
		    fixture->cache.open_count <= HTTP_FILE_CACHE_OPEN_MAX);
	}
}

static void
more_paths_than_places_and_long_ones(void **state)
{
	struct fixture *fixture = *state;
	char path[2000];

	write_file(fixture, "a.txt", "one");
	for (unsigned i = 0; i < 5000; i++) {
		(void)snprintf(path, sizeof(path), "/none%u", i);
		expect_status(fixture, path, HTTP_STATUS_NOT_FOUND);
	}
	memset(path, '/', sizeof(path));
	memcpy(path + 1000, "/a.txt", 7);
	expect_body(fixture, path, "one");
	expect_body(fixture, "/a.txt", "one");
	expect_body(fixture, path, "one");
}

static void
more_folders_than_watches(void **state)
{
	struct fixture *fixture = *state;
	char path[64];

	for (unsigned i = 0; i < HTTP_FILE_WATCH_MAX + 100; i++) {
		(void)snprintf(path, sizeof(path), "/d%u", i);
		make_folder(fixture, path + 1);
	}
	for (unsigned i = 0; i < HTTP_FILE_WATCH_MAX + 100; i++) {
		(void)snprintf(path, sizeof(path), "/d%u/x", i);
		expect_status(fixture, path, HTTP_STATUS_NOT_FOUND);
		write_file(fixture, path + 1, "new");
		expect_body(fixture, path, "new");
		assert_true(fixture->cache.watch.count <= HTTP_FILE_WATCH_MAX);
	}
}

static void
without_inotify_a_second_is_all_it_takes(void **state)
{
	struct fixture *fixture = *state;

	http_file_watch_close(&fixture->cache.watch);
	write_file(fixture, "a.txt", "one");
	expect_body(fixture, "/a.txt", "one");
	write_file(fixture, "a.txt", "three");
	fixture->now_ms += HTTP_FILE_CACHE_MS;
	expect_body(fixture, "/a.txt", "three");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
	        what_is_kept_needs_no_system_call, open_site, close_site),
	    cmocka_unit_test_setup_teardown(
	        a_location_of_a_file_holds_for_its_forms_and_its_folder,
	        open_site, close_site),
	    cmocka_unit_test_setup_teardown(
	        a_file_that_changes_is_read_again, open_site, close_site),
	    cmocka_unit_test_setup_teardown(
	        a_folder_that_moves_takes_its_files_along, open_site,
	        close_site),
	    cmocka_unit_test_setup_teardown(
	        a_new_index_comes_before_an_old_one, open_site, close_site),
	    cmocka_unit_test_setup_teardown(
	        what_inotify_does_not_see_is_seen_after_a_second, open_site,
	        close_site),
	    cmocka_unit_test_setup_teardown(
	        links_beneath_the_root_are_followed_and_no_others, open_site,
	        close_site),
	    cmocka_unit_test_setup_teardown(
	        http_66_67_kinds_of_files, open_site, close_site),
	    cmocka_unit_test_setup_teardown(
	        large_files_keep_few_descriptors, open_site, close_site),
	    cmocka_unit_test_setup_teardown(
	        more_paths_than_places_and_long_ones, open_site, close_site),
	    cmocka_unit_test_setup_teardown(
	        more_folders_than_watches, open_site, close_site),
	    cmocka_unit_test_setup_teardown(
	        without_inotify_a_second_is_all_it_takes, open_site,
	        close_site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
