/*
 * http_file_open.h — names beneath a site's root, opened by the kernel with its
 * rule for symbolic links (openat2(2)). Impure: part of the door. Worker
 * process.
 */
#ifndef NETLAB_SERVICES_HTTP_FILE_OPEN_H
#define NETLAB_SERVICES_HTTP_FILE_OPEN_H

#include "services/http/http_path.h"
#include "services/http/http_site.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

enum {
	/* O_NONBLOCK: neither a FIFO nor a device makes anybody wait. */
	HTTP_FILE_OPEN_FLAGS = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	/* Room for a path, a slash and a name in that folder. */
	HTTP_FILE_OPEN_JOINED_MAX = HTTP_PATH_MAX + 1 + NAME_MAX,
};

/* Writes the path of NAME (NAME_MAX bytes at most) in FOLDER, NUL-terminated;
 * returns its length. */
size_t http_file_open_join(char text[HTTP_FILE_OPEN_JOINED_MAX],
    const struct http_path *folder, const char *name);

/* Opens PATH (as struct http_path.text has it; "": the root) of SITE with
 * FLAGS, links and all as far as site->symlinks goes. -1: errno. */
int http_file_open(const struct http_site *site, const char *path, int flags);

/* What PATH leads to, without its being opened for anything. False: errno. */
bool http_file_open_stat(const struct http_site *site, const char *path,
    struct stat *stat) __attribute__((warn_unused_result));

#endif
