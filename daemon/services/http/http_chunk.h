/*
 * http_chunk.h — a chunked body, thrown away or decoded (RFC 9112 §7.1). Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_CHUNK_H
#define NETLAB_SERVICES_HTTP_CHUNK_H

#include "core/span.h"

#include <stdbool.h>

/* Where a body is; begins zeroed. */
struct http_chunk {
	uint64_t left;     /* of the chunk's data */
	uint32_t line_len; /* of the size line or the trailers, so far */
	uint8_t state;     /* private */
	bool has_digit, is_last;
};

enum http_chunk_result {
	HTTP_CHUNK_MORE, /* all bytes are used up; the body goes on */
	HTTP_CHUNK_DONE,
	HTTP_CHUNK_BAD, /* the framing is broken: the connection has to end */
};

/* Reads from BYTES and sets USED to how many belong to the body. The cut of
 * BYTES makes no difference. Adds the lengths of the chunks begun to *TOTAL,
 * which stays at UINT64_MAX rather than overflow. */
enum http_chunk_result http_chunk_skip(
    struct http_chunk *chunk, struct span bytes, size_t *used, uint64_t *total)
    __attribute__((warn_unused_result));

/* The same, and writes the data among BYTES, *LEN of them, to OUT, which has
 * room for as many as BYTES has. */
enum http_chunk_result http_chunk_read(struct http_chunk *chunk,
    struct span bytes, size_t *used, struct space out, size_t *len)
    __attribute__((warn_unused_result));

/* Writes the data of BYTES, a whole body that http_chunk_skip has found well
 * framed, to OUT, which has room for it; its length. Trailers are dropped. */
size_t http_chunk_decode(struct span bytes, struct space out);

#endif
