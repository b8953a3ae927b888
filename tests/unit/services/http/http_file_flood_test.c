/* The cache under many names: bounded, and what is asked for again and again
 * stays. And one version of a file at a time, whoever writes to it. */
#include "http_folder.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	ENTRIES = 64,
	BYTES = 200000,
	HOT = 16,
};

static int
open_small(void **state)
{
	http_folder_open(state);
	struct http_folder *folder = *state;

	http_file_cache_close(&folder->cache);
	assert_true(
	    http_file_cache_open(&folder->cache, 12345, ENTRIES, BYTES));
	return 0;
}

static unsigned
entries_of(const struct http_folder *folder)
{
	unsigned count = 0;

	for (uint32_t i = 0; i < folder->cache.set_count; i++) {
		for (unsigned j = 0; j < HTTP_FILE_CACHE_WAYS; j++)
			count += folder->cache.sets[i][j].entry != NULL;
	}
	return count;
}

static void
ask_for_hot(struct http_folder *folder)
{
	char name[32];

	for (unsigned i = 0; i < HOT; i++) {
		(void)snprintf(name, sizeof(name), "/hot%u", i);
		http_folder_expect_body(folder, name, "hot");
	}
}

/* The hot names are there and known as such: what is kept of each. */
static void
warm_up(struct http_folder *folder, const struct http_resource *kept[HOT])
{
	char name[32];

	for (unsigned i = 0; i < HOT; i++) {
		(void)snprintf(name, sizeof(name), "hot%u", i);
		http_folder_write(folder, name, "hot");
	}
	for (unsigned i = 0; i < 8; i++)
		ask_for_hot(folder);
	for (unsigned i = 0; i < HOT; i++) {
		(void)snprintf(name, sizeof(name), "/hot%u", i);
		kept[i] = http_folder_find(folder, name);
	}
}

/* Most are the very same entries still: five of one set cannot be. */
static void
expect_kept(
    struct http_folder *folder, const struct http_resource *const kept[HOT])
{
	char name[32];
	unsigned same = 0;

	for (unsigned i = 0; i < HOT; i++) {
		(void)snprintf(name, sizeof(name), "/hot%u", i);
		same += http_folder_find(folder, name) == kept[i];
	}
	assert_true(same >= HOT - 4);
	assert_true(entries_of(folder) <= ENTRIES);
}

static void
names_asked_for_once_displace_nothing_that_is_hot(void **state)
{
	struct http_folder *folder = *state;
	const struct http_resource *kept[HOT];
	char name[32];

	warm_up(folder, kept);
	for (unsigned i = 0; i < 5000; i++) {
		(void)snprintf(name, sizeof(name), "/none%u", i);
		http_folder_expect(folder, name, HTTP_STATUS_NOT_FOUND);
		if (i % 100 == 0)
			ask_for_hot(folder);
	}
	expect_kept(folder, kept);
}

static void
bytes_asked_for_once_displace_nothing_that_is_hot(void **state)
{
	struct http_folder *folder = *state;
	const struct http_resource *kept[HOT];
	static char text[10001];
	char name[32];

	memset(text, 'x', sizeof(text) - 1);
	for (unsigned i = 0; i < 100; i++) {
		(void)snprintf(name, sizeof(name), "f%u", i);
		http_folder_write(folder, name, text);
	}
	warm_up(folder, kept);
	for (unsigned i = 0; i < 1000; i++) {
		(void)snprintf(name, sizeof(name), "/f%u", i % 100);
		http_folder_expect_body(folder, name, text);
		if (i % 10 == 0)
			ask_for_hot(folder);
	}
	expect_kept(folder, kept);
}

static void
bytes_are_bounded_and_used(void **state)
{
	struct http_folder *folder = *state;
	static char text[10001];
	char name[32];

	memset(text, 'x', sizeof(text) - 1);
	for (unsigned i = 0; i < 100; i++) {
		(void)snprintf(name, sizeof(name), "/f%u", i);
		http_folder_write(folder, name + 1, text);
		http_folder_expect_body(folder, name, text);
		assert_true(folder->cache.bytes <= BYTES);
	}
	assert_true(folder->cache.bytes > BYTES / 2);
	assert_true(entries_of(folder) >= 10);
	/* Asked for twice each, they make room for one another all the same. */
	for (unsigned i = 0; i < 200; i++) {
		(void)snprintf(name, sizeof(name), "/f%u", i / 2 % 100);
		http_folder_expect_body(folder, name, text);
		assert_true(folder->cache.bytes <= BYTES);
	}
	assert_true(entries_of(folder) >= 10);
}

static void
a_new_hot_name_gets_its_place(void **state)
{
	struct http_folder *folder = *state;
	char name[32];

	/* All places taken by what was asked for often, and is no more. */
	for (unsigned turn = 0; turn < 4; turn++) {
		for (unsigned i = 0; i < 4 * ENTRIES; i++) {
			(void)snprintf(name, sizeof(name), "/old%u", i);
			http_folder_expect(folder, name, HTTP_STATUS_NOT_FOUND);
			http_folder_expect(folder, name, HTTP_STATUS_NOT_FOUND);
		}
	}
	http_folder_write(folder, "new", "new");
	for (unsigned i = 0; i < 8; i++)
		http_folder_expect_body(folder, "/new", "new");
	http_folder_blind(folder);
	http_folder_expect_body(folder, "/new", "new");
}

static void
views_and_sites_are_kept_apart(void **state)
{
	struct http_folder *folder = *state;
	struct http_site first = folder->site;

	http_folder_write(folder, "a", "a");
	http_folder_expect_body(folder, "/a", "a");
	http_folder_expect(folder, "/", HTTP_STATUS_FORBIDDEN);
	http_folder_make(folder, "second");
	http_folder_write(folder, "second/a", "other");
	char path[256];

	http_folder_path(folder, "second", path);
	folder->site.root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	folder->site.index = 1;
	/* One site is one address: so that this is another, it is moved. */
	struct http_site second = folder->site;
	const struct http_wanted wanted = {
	    .site = &second, .path = {(const uint8_t *)"/a", 2}};
	const struct http_resource *resource = http_file_cache_find(
	    &folder->cache, &wanted, folder->now_ms, folder->now);

	assert_int_equal(resource->size, 5);
	close(folder->site.root);
	folder->site = first;
	http_folder_expect_body(folder, "/a", "a");
}

/* Replaces "a" by rename with each of the digits, over and over. */
static void
replace_for_ever(const struct http_folder *folder)
{
	char path[256], new[256], text[8192];

	http_folder_path(folder, "a", path);
	http_folder_path(folder, "new", new);
	for (unsigned i = 0;; i++) {
		int fd = open(new, O_WRONLY | O_CREAT | O_TRUNC, 0644);
		size_t len = 1000 + i % 7000;

		memset(text, '0' + (int)(i % 10), len);
		if (fd == -1 || write(fd, text, len) != (ssize_t)len ||
		    close(fd) == -1 || rename(new, path) == -1)
			_exit(1);
	}
}

static void
a_body_is_of_one_version(void **state)
{
	struct http_folder *folder = *state;
	unsigned versions = 0;
	size_t last = 0;

	http_folder_write(folder, "a", "0");
	pid_t writer = fork();

	assert_int_not_equal(writer, -1);
	if (writer == 0)
		replace_for_ever(folder);
	for (unsigned i = 0; i < 2000000 && versions < 300; i++) {
		const struct http_resource *resource =
		    http_folder_expect(folder, "/a", HTTP_STATUS_OK);
		const uint8_t *body = resource->block.data + resource->head_len;

		for (uint64_t j = 1; j < resource->size; j++)
			assert_int_equal(body[j], body[0]);
		assert_int_equal(
		    resource->block.len, resource->head_len + resource->size);
		versions += last != resource->size;
		last = (size_t)resource->size;
	}
	assert_int_equal(kill(writer, SIGKILL), 0);
	assert_int_equal(waitpid(writer, NULL, 0), writer);
	assert_true(versions >= 300);
}

int
main(void)
{
#define TEST(name, open)                                                       \
	cmocka_unit_test_setup_teardown(name, open, http_folder_close)
	const struct CMUnitTest tests[] = {
	    TEST(names_asked_for_once_displace_nothing_that_is_hot, open_small),
	    TEST(bytes_asked_for_once_displace_nothing_that_is_hot, open_small),
	    TEST(bytes_are_bounded_and_used, open_small),
	    TEST(a_new_hot_name_gets_its_place, open_small),
	    TEST(views_and_sites_are_kept_apart, http_folder_open),
	    TEST(a_body_is_of_one_version, http_folder_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
