/* http_mime.h — a file's name → its media type. Pure. */
#ifndef NETLAB_SERVICES_HTTP_MIME_H
#define NETLAB_SERVICES_HTTP_MIME_H

#include "core/span.h"

/* Of an extension, its NUL included. */
enum { HTTP_MIME_EXTENSION_MAX = 32 };

/* What a name's end says of its content. */
struct http_mime {
	const char *extension; /* lower-case, without its dot */
	const char *type;      /* ready for Content-Type */
};

/* The types that the machine's administrator has named. */
struct http_mimes {
	const struct http_mime *list; /* in strcmp's order of EXTENSION, each
	                                 once */
	size_t count;
};

/*
 * The Content-Type of a file called NAME (RFC 9110 §8.3), by what follows its
 * last dot: as MIMES say, else as is built in, text with its charset, else
 * "application/octet-stream". Static, or of MIMES.
 */
const char *http_mime_type(const struct http_mimes *mimes, struct span name);

#endif
