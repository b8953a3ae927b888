/* Files found, kept and forgotten. */
#include "http_folder.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

static void
what_is_kept_needs_no_system_call(void **state)
{
	struct http_folder *folder = *state;

	http_folder_write(folder, "index.html", "hello");
	http_folder_expect_body(folder, "/", "hello");
	http_folder_expect(folder, "/none", HTTP_STATUS_NOT_FOUND);
	http_folder_blind(folder);
	http_folder_expect_body(folder, "/", "hello");
	http_folder_expect(folder, "/none", HTTP_STATUS_NOT_FOUND);
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	http_folder_expect(folder, "/", HTTP_STATUS_INTERNAL);
}

/* Has the process no descriptor left, or as many as before. */
static void
use_up_descriptors(bool is_so)
{
	static rlim_t before;
	struct rlimit limit;
	int lowest = dup(STDIN_FILENO);

	close(lowest);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	if (is_so)
		before = limit.rlim_cur;
	limit.rlim_cur = is_so ? (rlim_t)lowest : before;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

static void
what_is_kept_goes_on_without_descriptors(void **state)
{
	struct http_folder *folder = *state;

	http_folder_write(folder, "a.txt", "one");
	http_folder_write(folder, "b.txt", "one");
	http_folder_expect_body(folder, "/a.txt", "one");
	http_folder_expect_body(folder, "/b.txt", "one");
	http_folder_write(folder, "b.txt", "two");
	use_up_descriptors(true);
	for (unsigned i = 0; i < 3; i++) {
		folder->now_ms += HTTP_FILE_ENTRY_MS;
		http_folder_expect(folder, "/b.txt", HTTP_STATUS_UNAVAILABLE);
	}
	use_up_descriptors(false);
	/* In a folder where nothing has changed. */
	http_folder_expect_body(folder, "/a.txt", "one");
	use_up_descriptors(true);
	for (unsigned i = 0; i < 3; i++) {
		folder->now_ms += HTTP_FILE_ENTRY_MS;
		http_folder_expect_body(folder, "/a.txt", "one");
	}
	http_folder_expect(folder, "/none", HTTP_STATUS_UNAVAILABLE);
	use_up_descriptors(false);
	http_folder_expect_body(folder, "/b.txt", "two");
}

static void
a_file_that_changes_is_read_again(void **state)
{
	struct http_folder *folder = *state;
	char path[256];

	http_folder_write(folder, "a.txt", "one");
	http_folder_expect_body(folder, "/a.txt", "one");
	http_folder_write(folder, "a.txt", "two");
	http_folder_expect_body(folder, "/a.txt", "two");
	http_folder_write(folder, "b.txt", "three");
	http_folder_move(folder, "b.txt", "a.txt");
	http_folder_expect_body(folder, "/a.txt", "three");
	http_folder_expect(folder, "/b.txt", HTTP_STATUS_NOT_FOUND);
	http_folder_path(folder, "a.txt", path);
	assert_int_equal(truncate(path, 2), 0);
	http_folder_expect_body(folder, "/a.txt", "th");
	assert_int_equal(unlink(path), 0);
	http_folder_expect(folder, "/a.txt", HTTP_STATUS_NOT_FOUND);
	http_folder_write(folder, "a.txt", "back");
	http_folder_expect_body(folder, "/a.txt", "back");
}

static void
a_folder_that_moves_takes_its_files_along(void **state)
{
	struct http_folder *folder = *state;

	http_folder_make(folder, "d");
	http_folder_make(folder, "d/e");
	http_folder_write(folder, "d/e/a.txt", "one");
	http_folder_expect_body(folder, "/d/e/a.txt", "one");
	http_folder_move(folder, "d", "f");
	http_folder_expect(folder, "/d/e/a.txt", HTTP_STATUS_NOT_FOUND);
	http_folder_expect_body(folder, "/f/e/a.txt", "one");
	http_folder_make(folder, "d");
	http_folder_make(folder, "d/e");
	http_folder_write(folder, "d/e/a.txt", "two");
	http_folder_expect_body(folder, "/d/e/a.txt", "two");
	http_folder_move(folder, "d", "g");
	http_folder_move(folder, "f", "d");
	http_folder_expect_body(folder, "/d/e/a.txt", "one");
}

static void
a_new_index_comes_before_an_old_one(void **state)
{
	struct http_folder *folder = *state;

	http_folder_expect(folder, "/", HTTP_STATUS_FORBIDDEN);
	http_folder_write(folder, "index.txt", "second");
	http_folder_expect_body(folder, "/", "second");
	http_folder_write(folder, "index.html", "first");
	http_folder_expect_body(folder, "/", "first");
}

static void
what_inotify_does_not_see_is_seen_after_a_second(void **state)
{
	struct http_folder *folder = *state;
	char other[256], path[256];

	http_folder_make(folder, "d");
	http_folder_write(folder, "d/a.txt", "one");
	http_folder_path(folder, "d/a.txt", path);
	http_folder_path(folder, "other", other);
	assert_int_equal(link(path, other), 0);
	http_folder_expect_body(folder, "/d/a.txt", "one");
	http_folder_write(
	    folder, "other", "three"); /* another name, elsewhere */
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	http_folder_expect_body(folder, "/d/a.txt", "three");
}

static void
links_beneath_the_root_are_followed_and_no_others(void **state)
{
	struct http_folder *folder = *state;

	http_folder_make(folder, "v1");
	http_folder_make(folder, "v2");
	http_folder_write(folder, "v1/a.txt", "one");
	http_folder_write(folder, "v2/a.txt", "two");
	http_folder_link(folder, "v1", "current");
	http_folder_link(folder, "v1/a.txt", "file.txt");
	http_folder_link(folder, "/etc/passwd", "passwd");
	http_folder_link(folder, "../../../../../etc", "etc");
	http_folder_link(folder, "loop", "loop");
	http_folder_link(folder, "v1/a.txt", "v1/../index.html");
	http_folder_expect_body(folder, "/current/a.txt", "one");
	http_folder_expect_body(folder, "/file.txt", "one");
	http_folder_expect_body(folder, "/", "one");
	http_folder_expect(folder, "/current", HTTP_STATUS_MOVED);
	http_folder_expect(folder, "/current/", HTTP_STATUS_FORBIDDEN);
	http_folder_expect(folder, "/passwd", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/etc/passwd", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/loop", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/file.txt/", HTTP_STATUS_NOT_FOUND);
	http_folder_link(folder, "v2", "next");
	http_folder_move(folder, "next", "current");
	http_folder_expect_body(folder, "/current/a.txt", "two");
	http_folder_write(folder, "v2/a.txt", "new"); /* behind the link */
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	http_folder_expect_body(folder, "/current/a.txt", "new");
}

static void
http_66_67_kinds_of_files(void **state)
{
	struct http_folder *folder = *state;
	char path[256];

	http_folder_make(folder, "dir \"x");
	http_folder_write(folder, "a.txt", "one");
	http_folder_path(folder, "fifo", path);
	assert_int_equal(mkfifo(path, 0644), 0);
	http_folder_expect(folder, "/fifo", HTTP_STATUS_FORBIDDEN);
	http_folder_expect(folder, "/a.txt/", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/a.txt/b", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/.a", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/%00", HTTP_STATUS_BAD_REQUEST);
	const struct http_resource *resource =
	    http_folder_find(folder, "//dir%20%22x");

	assert_int_equal(resource->status, HTTP_STATUS_MOVED);
	assert_int_equal(resource->moved_to.len, 12);
	assert_memory_equal(resource->moved_to.data, "/dir%20%22x/", 12);
}

static void
large_files_keep_few_descriptors(void **state)
{
	struct http_folder *folder = *state;
	char name[32], path[256];

	for (unsigned i = 0; i < HTTP_FILE_CACHE_OPEN_MAX + 50; i++) {
		(void)snprintf(name, sizeof(name), "/f%u", i);
		http_folder_write(folder, name + 1, "");
		http_folder_path(folder, name + 1, path);
		assert_int_equal(
		    truncate(path, HTTP_RESOURCE_INLINE_MAX + 1), 0);
		const struct http_resource *resource =
		    http_folder_find(folder, name);

		assert_int_equal(resource->status, HTTP_STATUS_OK);
		assert_false(resource->is_inline);
		assert_int_not_equal(fcntl(resource->fd, F_GETFD), -1);
		assert_true(
		    folder->cache.open_count <= HTTP_FILE_CACHE_OPEN_MAX);
	}
}

static void
more_paths_than_places_and_long_ones(void **state)
{
	struct http_folder *folder = *state;
	char path[2000];

	http_folder_write(folder, "a.txt", "one");
	for (unsigned i = 0; i < 5000; i++) {
		(void)snprintf(path, sizeof(path), "/none%u", i);
		http_folder_expect(folder, path, HTTP_STATUS_NOT_FOUND);
	}
	memset(path, '/', sizeof(path));
	memcpy(path + 1000, "/a.txt", 7);
	http_folder_expect_body(folder, path, "one");
	http_folder_expect_body(folder, "/a.txt", "one");
	http_folder_expect_body(folder, path, "one");
}

static void
more_folders_than_watches(void **state)
{
	struct http_folder *folder = *state;
	char path[64];

	for (unsigned i = 0; i < HTTP_FILE_WATCH_MAX + 100; i++) {
		(void)snprintf(path, sizeof(path), "/d%u", i);
		http_folder_make(folder, path + 1);
	}
	for (unsigned i = 0; i < HTTP_FILE_WATCH_MAX + 100; i++) {
		(void)snprintf(path, sizeof(path), "/d%u/x", i);
		http_folder_expect(folder, path, HTTP_STATUS_NOT_FOUND);
		http_folder_write(folder, path + 1, "new");
		http_folder_expect_body(folder, path, "new");
		assert_true(folder->cache.watch.count <= HTTP_FILE_WATCH_MAX);
	}
}

static void
without_inotify_a_second_is_all_it_takes(void **state)
{
	struct http_folder *folder = *state;

	http_file_watch_close(&folder->cache.watch);
	http_folder_write(folder, "a.txt", "one");
	http_folder_expect_body(folder, "/a.txt", "one");
	http_folder_write(folder, "a.txt", "three");
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	http_folder_expect_body(folder, "/a.txt", "three");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(what_is_kept_needs_no_system_call,
	        http_folder_open, http_folder_close),
	    cmocka_unit_test_setup_teardown(
	        what_is_kept_goes_on_without_descriptors, http_folder_open,
	        http_folder_close),
	    cmocka_unit_test_setup_teardown(a_file_that_changes_is_read_again,
	        http_folder_open, http_folder_close),
	    cmocka_unit_test_setup_teardown(
	        a_folder_that_moves_takes_its_files_along, http_folder_open,
	        http_folder_close),
	    cmocka_unit_test_setup_teardown(a_new_index_comes_before_an_old_one,
	        http_folder_open, http_folder_close),
	    cmocka_unit_test_setup_teardown(
	        what_inotify_does_not_see_is_seen_after_a_second,
	        http_folder_open, http_folder_close),
	    cmocka_unit_test_setup_teardown(
	        links_beneath_the_root_are_followed_and_no_others,
	        http_folder_open, http_folder_close),
	    cmocka_unit_test_setup_teardown(
	        http_66_67_kinds_of_files, http_folder_open, http_folder_close),
	    cmocka_unit_test_setup_teardown(large_files_keep_few_descriptors,
	        http_folder_open, http_folder_close),
	    cmocka_unit_test_setup_teardown(
	        more_paths_than_places_and_long_ones, http_folder_open,
	        http_folder_close),
	    cmocka_unit_test_setup_teardown(
	        more_folders_than_watches, http_folder_open, http_folder_close),
	    cmocka_unit_test_setup_teardown(
	        without_inotify_a_second_is_all_it_takes, http_folder_open,
	        http_folder_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
