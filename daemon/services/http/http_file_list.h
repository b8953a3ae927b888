/* http_file_list.h — a folder → the page that lists it. Impure: part of the
 * door. Worker process. */
#ifndef NETLAB_SERVICES_HTTP_FILE_LIST_H
#define NETLAB_SERVICES_HTTP_FILE_LIST_H

#include "services/http/http_path.h"
#include "services/http/http_store.h"

enum {
	/* What is beyond these is counted, not shown: a folder of any size
	 * costs a worker some ten milliseconds and a few megabytes at most. */
	HTTP_FILE_LIST_MAX = 10000,
	HTTP_FILE_LIST_BYTES_MAX = 2 * 1024 * 1024,
	/* Names that are counted; there may be more. */
	HTTP_FILE_LIST_COUNT_MAX = 100000,
};

/*
 * The page of the folder PATH, open at FD (which is closed), in the view of
 * WANTED, of *LEN bytes: regular files and folders that can be had by their
 * names here, so no hidden ones, and links where they are followed. The
 * caller's to free. NULL: the folder cannot be read, or memory is short
 * (errno).
 */
uint8_t *http_file_list(const struct http_wanted *wanted,
    const struct http_path *path, int fd, size_t *len);

#endif
