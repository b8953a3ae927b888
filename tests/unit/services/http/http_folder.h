/* http_folder.h — a folder of a test's own, served through a cache. Time is the
 * test's: a kept answer that is a second old is looked at again, so that what
 * changes at one and the same moment was seen through inotify. */
#ifndef NETLAB_TESTS_HTTP_FOLDER_H
#define NETLAB_TESTS_HTTP_FOLDER_H

#include "services/http/http_file_cache.h"

struct http_folder {
	char root[64];
	struct http_location everywhere;
	struct http_site site;
	struct http_file_cache cache;
	uint64_t now_ms;
	int64_t now;     /* later than any file here, so that tags are strong */
	uint8_t codings; /* of what is wanted: these two */
	uint8_t view;
};

/* cmocka's setup and teardown: *STATE is a struct http_folder. */
int http_folder_open(void **state);
int http_folder_close(void **state);

/* The path of NAME in the folder. */
void http_folder_path(
    const struct http_folder *folder, const char *name, char path[256]);

/* Make NAME: a file with TEXT, a folder, a link to TARGET, a FIFO. */
void http_folder_write(
    const struct http_folder *folder, const char *name, const char *text);
void http_folder_make(const struct http_folder *folder, const char *name);
void http_folder_link(
    const struct http_folder *folder, const char *target, const char *name);
void http_folder_fifo(const struct http_folder *folder, const char *name);
void http_folder_move(
    const struct http_folder *folder, const char *from, const char *to);
void http_folder_remove(const struct http_folder *folder, const char *name);

/* Sets NAME's time of change. */
void http_folder_touch(
    const struct http_folder *folder, const char *name, int64_t seconds);

/* No system call finds anything any more. */
void http_folder_blind(struct http_folder *folder);

/* What a turn of the worker finds: events first. */
const struct http_resource *http_folder_find(
    struct http_folder *folder, const char *path);

/* Fail when PATH is not so; the resource. */
const struct http_resource *http_folder_expect(
    struct http_folder *folder, const char *path, enum http_status status);
const struct http_resource *http_folder_expect_body(
    struct http_folder *folder, const char *path, const char *body);

/* Whether the head of RESOURCE has LINE (without CRLF). */
bool http_folder_has_line(
    const struct http_resource *resource, const char *line);

#endif
