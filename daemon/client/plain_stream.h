/* plain_stream.h — text of a peer that comes in pieces, made harmless as
 * plain_write_lines does, wherever it is cut. */
#ifndef NETLAB_CLIENT_PLAIN_STREAM_H
#define NETLAB_CLIENT_PLAIN_STREAM_H

#include "core/span.h"
#include "core/utf8.h"

#include <stdio.h>

/* Begins zeroed. */
struct plain_stream {
	/* The end of a piece that can only be read with the next one: "\r", or
	 * the first bytes of a character. */
	uint8_t held[UTF8_MAX];
	size_t held_len;
};

/* Writes PIECE to FILE, but for what is held. */
void plain_stream_write(
    struct plain_stream *stream, FILE *file, struct span piece);

/* No more comes: writes what is held. */
void plain_stream_end(struct plain_stream *stream, FILE *file);

#endif
