/*
 * http_multipart.h — several ranges of a file in one body, multipart/byteranges
 * (RFC 9110 §14.6, RFC 2046 §5.1). Pure.
 *
 * The body is, for each range, the lines before its part and its bytes, and at
 * last the lines that end it.
 */
#ifndef NETLAB_SERVICES_HTTP_MULTIPART_H
#define NETLAB_SERVICES_HTTP_MULTIPART_H

#include "services/http/http_range.h"
#include "services/http/http_resource.h"
#include "services/http/http_text.h"

enum {
	/* Of a part's own Content-Type: one that is longer goes out whole. */
	HTTP_MULTIPART_TYPE_MAX = 256,
	/* Of the lines before a part, or at the end. */
	HTTP_MULTIPART_LINES_MAX = HTTP_MULTIPART_TYPE_MAX + 160,
};

struct http_multipart {
	struct http_range_set ranges;
	uint64_t size;    /* of the file */
	const char *type; /* its own; lives as long as the worker */
	uint64_t tag;     /* tells the boundary from all others */
};

/* A tag that nobody can foretell who may write the file that RESOURCE was made
 * of: of its ETag, under SEED, the worker's secret. The same for all answers
 * with the same content. */
uint64_t http_multipart_tag(
    const uint64_t seed[2], const struct http_resource *resource);

/* Bytes of the whole body; at least the file's own size where the parts are
 * not worth sending. */
uint64_t http_multipart_len(const struct http_multipart *multipart);

/* Writes the answer's Content-Type line, which says the boundary. */
void http_multipart_write_type(
    const struct http_multipart *multipart, struct http_text *text);

/* Writes the lines before part INDEX; where INDEX is ranges.count, those that
 * end the body. */
void http_multipart_write_lines(const struct http_multipart *multipart,
    unsigned index, struct http_text *text);

#endif
