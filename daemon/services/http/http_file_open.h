/*
 * http_file_open.h — names beneath a site's root, opened by the kernel with its
 * rule for symbolic links (openat2(2)). Impure: part of the door. Worker
 * process.
 */
#ifndef NETLAB_SERVICES_HTTP_FILE_OPEN_H
#define NETLAB_SERVICES_HTTP_FILE_OPEN_H

#include "services/http/http_site.h"

#include <fcntl.h>
#include <sys/stat.h>

enum {
	/* O_NONBLOCK: neither a FIFO nor a device makes anybody wait. */
	HTTP_FILE_OPEN_FLAGS = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
};

/* Opens PATH (as struct http_path.text has it; "": the root) of SITE with
 * FLAGS, links and all as far as site->symlinks goes. -1: errno. */
int http_file_open(const struct http_site *site, const char *path, int flags);

/* What PATH leads to, without its being opened for anything. False: errno. */
bool http_file_open_stat(const struct http_site *site, const char *path,
    struct stat *stat) __attribute__((warn_unused_result));

#endif
