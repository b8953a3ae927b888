/*
 * http_file_find.h — a decoded path → an open file beneath the root, or why
 * there is none. Impure: part of the door. Worker process.
 */
#ifndef NETLAB_SERVICES_HTTP_FILE_FIND_H
#define NETLAB_SERVICES_HTTP_FILE_FIND_H

#include "services/http/http_file_watch.h"
#include "services/http/http_path.h"
#include "services/http/http_site.h"
#include "services/http/http_status.h"

#include <stddef.h>
#include <sys/stat.h>

struct http_file_found {
	/* HTTP_STATUS_OK: FD and STAT are a regular file, which the caller
	 * closes. HTTP_STATUS_MOVED: a folder, written without its slash. Else
	 * WHY says more, and FD is -1. */
	enum http_status status;
	const char *why;
	int fd;
	struct stat stat;
	const char *index; /* the index file that it is; NULL: PATH itself */
	struct http_file_mark mark; /* as of before it was looked for */
};

/*
 * Finds PATH. Nothing outside the root is ever reached: a path without
 * symbolic links is walked one name at a time from the open root; any other is
 * resolved by openat2(2) with RESOLVE_BENEATH. Never blocks on a FIFO or a
 * device.
 */
struct http_file_found http_file_find(const struct http_site *site,
    struct http_file_watch *watch, const struct http_path *path);

#endif
