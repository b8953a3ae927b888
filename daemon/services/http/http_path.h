/* http_path.h — a target's path → the name of a file beneath the root. Pure. */
#ifndef NETLAB_SERVICES_HTTP_PATH_H
#define NETLAB_SERVICES_HTTP_PATH_H

#include "core/span.h"

#include <stdbool.h>

/* Room for what http_path_decode writes: more than PATH_MAX is never a file.
 */
enum { HTTP_PATH_MAX = 4096 };

enum http_path_result {
	HTTP_PATH_OK,
	HTTP_PATH_BAD,    /* 400: a broken or forbidden escape, a climb above
	                     the root */
	HTTP_PATH_HIDDEN, /* 404: there can be no such file, or nobody may
	                     know of it */
};

struct http_path {
	char text[HTTP_PATH_MAX]; /* "a/b.html": no slash at either end, no
	                             segment "", "." or ".."; "" is the root;
	                             NUL-terminated, no NUL inside */
	size_t len;
	bool is_directory; /* it was written with a slash at its end */
};

/*
 * Decodes RAW, the path of a request's target (it begins with "/" and holds no
 * "?"), once; then removes dot segments and merges slashes
 * (RFC 3986 §5.2.4, §6.2.2). "%2F" is never a separator. Segments that begin
 * with a dot are hidden, but for a first one ".well-known" (RFC 8615).
 */
enum http_path_result http_path_decode(struct span raw, struct http_path *path)
    __attribute__((warn_unused_result));

/* True for bytes that may stand in a path as they are (RFC 3986 §3.3). */
bool http_path_is_plain(uint8_t byte);

#endif
