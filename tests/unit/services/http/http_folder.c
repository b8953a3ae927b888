/* http_folder.c — files made, moved and asked for. */
#include "http_folder.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

int
http_folder_open(void **state)
{
	struct http_folder *folder = calloc(1, sizeof(*folder));

	assert_non_null(folder);
	(void)snprintf(folder->root, sizeof(folder->root),
	    "/tmp/netlabd-http-test.XXXXXX");
	assert_non_null(mkdtemp(folder->root));
	folder->site = (struct http_site){
	    .root = open(folder->root, O_PATH | O_DIRECTORY | O_CLOEXEC),
	    .indexes = {"index.html", "index.txt"},
	    .index_count = 2,
	    .locations = &folder->everywhere,
	    .location_count = 1,
	};
	assert_int_not_equal(folder->site.root, -1);
	assert_true(http_file_cache_open(
	    &folder->cache, 12345, 1024, 16 * 1024 * 1024));
	folder->now_ms = 1000000;
	folder->now = 4000000000;
	*state = folder;
	return 0;
}

int
http_folder_close(void **state)
{
	struct http_folder *folder = *state;
	char command[128];

	http_file_cache_close(&folder->cache);
	assert_int_equal(folder->cache.open_count, 0);
	assert_int_equal(folder->cache.bytes, 0);
	close(folder->site.root);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", folder->root);
	assert_int_equal(system(command), 0);
	free(folder);
	return 0;
}

void
http_folder_path(
    const struct http_folder *folder, const char *name, char path[256])
{
	assert_true(snprintf(path, 256, "%s/%s", folder->root, name) < 256);
}

void
http_folder_write(
    const struct http_folder *folder, const char *name, const char *text)
{
	char path[256];

	http_folder_path(folder, name, path);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

void
http_folder_make(const struct http_folder *folder, const char *name)
{
	char path[256];

	http_folder_path(folder, name, path);
	assert_int_equal(mkdir(path, 0755), 0);
}

void
http_folder_link(
    const struct http_folder *folder, const char *target, const char *name)
{
	char path[256];

	http_folder_path(folder, name, path);
	assert_int_equal(symlink(target, path), 0);
}

void
http_folder_fifo(const struct http_folder *folder, const char *name)
{
	char path[256];

	http_folder_path(folder, name, path);
	assert_int_equal(mkfifo(path, 0644), 0);
}

void
http_folder_move(
    const struct http_folder *folder, const char *from, const char *to)
{
	char old[256], new[256];

	http_folder_path(folder, from, old);
	http_folder_path(folder, to, new);
	assert_int_equal(rename(old, new), 0);
}

void
http_folder_remove(const struct http_folder *folder, const char *name)
{
	char path[256];

	http_folder_path(folder, name, path);
	assert_int_equal(unlink(path), 0);
}

void
http_folder_touch(
    const struct http_folder *folder, const char *name, int64_t seconds)
{
	const struct timespec times[2] = {
	    {.tv_sec = seconds}, {.tv_sec = seconds}};
	char path[256];

	http_folder_path(folder, name, path);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

void
http_folder_blind(struct http_folder *folder)
{
	close(folder->site.root);
	folder->site.root = -1;
}

const struct http_resource *
http_folder_find(struct http_folder *folder, const char *path)
{
	const struct http_wanted wanted = {
	    .site = &folder->site,
	    .path = {(const uint8_t *)path, strlen(path)},
	    .codings = folder->codings,
	    .view = folder->view,
	};

	http_file_watch_read(&folder->cache.watch);
	return http_file_cache_find(
	    &folder->cache, &wanted, folder->now_ms, folder->now);
}

const struct http_resource *
http_folder_expect(
    struct http_folder *folder, const char *path, enum http_status status)
{
	const struct http_resource *resource = http_folder_find(folder, path);

	if (resource->status != status)
		fail_msg("%s: %s", path, http_status_line(resource->status));
	assert_ptr_equal(resource->location, folder->site.locations);
	return resource;
}

const struct http_resource *
http_folder_expect_body(
    struct http_folder *folder, const char *path, const char *body)
{
	const struct http_resource *resource =
	    http_folder_expect(folder, path, HTTP_STATUS_OK);

	assert_int_equal(resource->size, strlen(body));
	assert_true(resource->is_inline);
	assert_int_equal(
	    resource->block.len, resource->head_len + strlen(body));
	assert_memory_equal(
	    resource->block.data + resource->head_len, body, strlen(body));
	return resource;
}

bool
http_folder_has_line(const struct http_resource *resource, const char *line)
{
	char wanted[128];
	int len = snprintf(wanted, sizeof(wanted), "\r\n%s\r\n", line);

	return memmem(resource->block.data, resource->head_len, wanted,
	           (size_t)len) != NULL;
}
