/* Folders listed: what is shown, and how it follows the disk. */
#include "http_folder.h"
#include "services/http/http_file_list.h"
#include "services/http/http_listing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static int
open_folder(void **state)
{
	http_folder_open(state);
	struct http_folder *folder = *state;

	folder->everywhere.is_listed = true;
	folder->view = HTTP_LISTING_JSON;
	return 0;
}

/* The page of PATH; the caller frees it. */
static char *
page_of(struct http_folder *folder, const char *path)
{
	const struct http_resource *resource =
	    http_folder_expect(folder, path, HTTP_STATUS_OK);
	char *page = malloc((size_t)resource->size + 1);

	assert_non_null(page);
	if (resource->is_inline)
		memcpy(page, resource->block.data + resource->head_len,
		    (size_t)resource->size);
	else
		assert_int_equal(
		    pread(resource->fd, page, (size_t)resource->size, 0),
		    resource->size);
	page[resource->size] = '\0';
	return page;
}

/* NAMES: "a b " is what is listed at PATH, in this order. */
static void
expect_names(struct http_folder *folder, const char *path, const char *names)
{
	char *page = page_of(folder, path), listed[1024] = "", *at = page;

	while ((at = strstr(at, "{\"name\": \"")) != NULL) {
		at += 10;
		(void)strncat(listed, at, strcspn(at, "\""));
		(void)strncat(listed, " ", 2);
	}
	free(page);
	assert_string_equal(listed, names);
}

static void
what_is_served_is_listed_and_nothing_else(void **state)
{
	struct http_folder *folder = *state;

	http_folder_make(folder, ".well-known");
	http_folder_make(folder, ".git");
	http_folder_make(folder, "sub");
	http_folder_make(folder, "sub/.well-known");
	http_folder_write(folder, "sub/x", "");
	http_folder_write(folder, "b", "");
	http_folder_write(folder, "A", "");
	http_folder_write(folder, ".hidden", "");
	http_folder_fifo(folder, "fifo");
	http_folder_link(folder, "b", "link");
	http_folder_link(folder, "sub", "folder-link");
	http_folder_link(folder, "none", "dangling");
	http_folder_link(folder, "fifo", "fifo-link");
	http_folder_link(folder, "/etc/passwd", "out");
	expect_names(folder, "/", ".well-known folder-link sub A b link ");
	expect_names(folder, "/sub/", "x ");
	expect_names(folder, "/folder-link/", "x ");
	folder->site.symlinks = HTTP_SYMLINKS_NEVER;
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	expect_names(folder, "/", ".well-known sub A b ");
	http_folder_expect(folder, "/folder-link/", HTTP_STATUS_NOT_FOUND);
	folder->site.symlinks = HTTP_SYMLINKS_FOLLOW;
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	expect_names(folder, "/", ".well-known folder-link sub A b link out ");
	http_folder_expect(folder, "/sub", HTTP_STATUS_MOVED);
	http_folder_expect(folder, "/b/", HTTP_STATUS_NOT_FOUND);
	http_folder_expect(folder, "/none/", HTTP_STATUS_NOT_FOUND);
}

static void
an_index_comes_before_a_list(void **state)
{
	struct http_folder *folder = *state;

	http_folder_write(folder, "a", "");
	expect_names(folder, "/", "a ");
	http_folder_write(folder, "index.txt", "index");
	http_folder_expect_body(folder, "/", "index");
	http_folder_remove(folder, "index.txt");
	expect_names(folder, "/", "a ");
	folder->everywhere.is_listed = false;
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	http_folder_expect(folder, "/", HTTP_STATUS_FORBIDDEN);
}

static void
each_view_has_its_order_and_type(void **state)
{
	struct http_folder *folder = *state;

	http_folder_write(folder, "a", "333");
	http_folder_write(folder, "b", "1");
	http_folder_write(folder, "c", "22");
	http_folder_touch(folder, "a", 1000);
	http_folder_touch(folder, "b", 3000);
	http_folder_touch(folder, "c", 2000);
	expect_names(folder, "/", "a b c ");
	folder->view = HTTP_LISTING_JSON | HTTP_LISTING_BY_SIZE;
	expect_names(folder, "/", "b c a ");
	folder->view |= HTTP_LISTING_DESCENDING;
	expect_names(folder, "/", "a c b ");
	folder->view = HTTP_LISTING_JSON | HTTP_LISTING_BY_DATE;
	expect_names(folder, "/", "a c b ");
	const struct http_resource *resource = http_folder_find(folder, "/");

	assert_true(
	    http_folder_has_line(resource, "Content-Type: application/json"));
	folder->view = 0;
	resource = http_folder_find(folder, "/");
	assert_true(http_folder_has_line(
	    resource, "Content-Type: text/html; charset=utf-8"));
	assert_true(http_folder_has_line(resource, "Vary: Accept"));
	assert_true(resource->is_undated);
	assert_null(memmem(
	    resource->block.data, resource->head_len, "Last-Modified", 13));
}

/* The tag of "/", as a text. */
static const char *
tag_of(struct http_folder *folder, char tag[HTTP_RESOURCE_ETAG_MAX + 1])
{
	const struct http_resource *resource = http_folder_find(folder, "/");

	memcpy(tag, resource->etag.data, resource->etag.len);
	tag[resource->etag.len] = '\0';
	return tag;
}

static void
a_list_is_tagged_by_what_it_says(void **state)
{
	struct http_folder *folder = *state;
	char before[HTTP_RESOURCE_ETAG_MAX + 1];
	char after[HTTP_RESOURCE_ETAG_MAX + 1];

	http_folder_make(folder, "d");
	http_folder_write(folder, "a", "one");
	http_folder_touch(folder, "a", 1000);
	http_folder_touch(folder, "d", 1000);
	tag_of(folder, before);
	assert_int_equal(before[0], '"');
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	assert_string_equal(tag_of(folder, after), before);
	http_folder_write(folder, "a", "other");
	http_folder_touch(folder, "a", 1000);
	assert_string_not_equal(tag_of(folder, after), before);
	http_folder_write(folder, "a", "one");
	http_folder_touch(folder, "a", 1000);
	assert_string_equal(tag_of(folder, after), before);
	/* Whatever happened in between, the same list has the same tag. */
	http_folder_write(folder, "b", "");
	assert_string_not_equal(tag_of(folder, after), before);
	http_folder_remove(folder, "b");
	assert_string_equal(tag_of(folder, after), before);
}

static void
what_is_behind_a_link_is_seen_after_a_second(void **state)
{
	struct http_folder *folder = *state;

	http_folder_make(folder, "d");
	http_folder_make(folder, "e");
	http_folder_link(folder, "../d", "e/d");
	expect_names(folder, "/e/d/", "");
	http_folder_write(folder, "d/x", "");
	folder->now_ms += HTTP_FILE_ENTRY_MS;
	expect_names(folder, "/e/d/", "x ");
}

static void
a_long_list_is_a_file_of_its_own(void **state)
{
	struct http_folder *folder = *state;
	char name[200];

	for (unsigned i = 0; i < 200; i++) {
		(void)snprintf(name, sizeof(name), "%0150u", i);
		http_folder_write(folder, name, "");
	}
	const struct http_resource *resource = http_folder_find(folder, "/");

	assert_false(resource->is_inline);
	assert_true(resource->size > HTTP_RESOURCE_INLINE_MAX);
	uint64_t size = resource->size;
	int fd = resource->fd;

	assert_int_equal(lseek(fd, 0, SEEK_END), resource->size);
	assert_true(folder->cache.bytes > resource->size);
	/* While it stays true, it stays the same. */
	folder->now_ms += HTTP_FILE_ENTRY_LIST_MS;
	assert_int_equal(http_folder_find(folder, "/")->fd, fd);
	/* It costs too much to be looked at again each second: what happens in
	 * the folder is told by inotify. */
	http_folder_make(folder, "new");
	assert_true(http_folder_find(folder, "/")->size > size);
	int root = folder->site.root;

	folder->site.root = -1;
	folder->now_ms += HTTP_FILE_ENTRY_LIST_MS - 1;
	http_folder_expect(folder, "/", HTTP_STATUS_OK);
	folder->now_ms++;
	http_folder_expect(folder, "/", HTTP_STATUS_INTERNAL);
	folder->site.root = root;
	char *page = page_of(folder, "/");

	assert_string_equal(page + strlen(page) - 4, "}\n]\n");
	free(page);
}

static void
more_than_is_shown_is_counted(void **state)
{
	struct http_folder *folder = *state;
	char name[32], path[256];

	for (unsigned i = 0; i < HTTP_FILE_LIST_MAX + 25; i++) {
		(void)snprintf(name, sizeof(name), "f%u", i);
		http_folder_path(folder, name, path);
		assert_int_equal(mknod(path, S_IFREG | 0644, 0), 0);
	}
	char *page = page_of(folder, "/");

	assert_non_null(strstr(
	    page, "{\"type\": \"more\", \"count\": 25, \"exact\": true}\n]\n"));
	free(page);
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_folder, http_folder_close)
	const struct CMUnitTest tests[] = {
	    TEST(what_is_served_is_listed_and_nothing_else),
	    TEST(an_index_comes_before_a_list),
	    TEST(each_view_has_its_order_and_type),
	    TEST(a_list_is_tagged_by_what_it_says),
	    TEST(what_is_behind_a_link_is_seen_after_a_second),
	    TEST(a_long_list_is_a_file_of_its_own),
	    TEST(more_than_is_shown_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
