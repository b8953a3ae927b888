/* http_range.h — the Range field (RFC 9110 §14). Pure. */
#ifndef NETLAB_SERVICES_HTTP_RANGE_H
#define NETLAB_SERVICES_HTTP_RANGE_H

#include "services/http/http_request.h"
#include "services/http/http_text.h"

enum {
	/* Whoever asks for more wants the file, or wants us to work (RFC 9110
	 * §17.15). */
	HTTP_RANGE_MAX = 16,
	/* Ranges with so few bytes between them are sent as one: the lines
	 * between two parts are more (RFC 9110 §15.3.7.2). */
	HTTP_RANGE_GAP = 80,
};

/* Bytes FIRST to LAST, both included. */
struct http_range {
	uint64_t first, last;
};

/* In the order of the request; no two overlap or lie close together. */
struct http_range_set {
	struct http_range ranges[HTTP_RANGE_MAX];
	unsigned count;
};

enum http_range_result {
	HTTP_RANGE_WHOLE, /* as if there were no Range: another unit, an empty
	                     file, more than HTTP_RANGE_MAX */
	HTTP_RANGE_SOME,  /* SET is filled in; all of it lies in the file */
	HTTP_RANGE_NONE,  /* 416: no byte of it is there, or it is no range */
};

/* What REQUEST's Range asks of a file of SIZE bytes. */
enum http_range_result http_range_read(const struct http_request *request,
    uint64_t size, struct http_range_set *set)
    __attribute__((warn_unused_result));

/* Writes the line that says RANGE of a file of SIZE bytes: Content-Range, with
 * its CRLF (RFC 9110 §14.4). */
void http_range_write(
    struct http_text *text, const struct http_range *range, uint64_t size);

/* Bytes in RANGE. */
static inline uint64_t
http_range_len(const struct http_range *range)
{
	return range->last - range->first + 1;
}

#endif
