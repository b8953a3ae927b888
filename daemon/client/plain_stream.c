/* plain_stream.c — text of a peer that comes in pieces. */
#include "client/plain_stream.h"

#include "client/plain.h"

#include <string.h>

enum { SLICE_MAX = 4096 };

/* How many bytes at the end of TEXT wait for what follows. */
static size_t
count_held(struct span text)
{
	if (text.len > 0 && text.data[text.len - 1] == '\r')
		return 1;
	for (size_t len = 1; len < UTF8_MAX && len <= text.len; len++) {
		struct span end = {text.data + text.len - len, len};

		if (utf8_is_cut(end))
			return len;
	}
	return 0;
}

void
plain_stream_write(struct plain_stream *stream, FILE *file, struct span piece)
{
	uint8_t text[UTF8_MAX + SLICE_MAX];

	while (piece.len > 0) {
		size_t held = stream->held_len;
		size_t taken = piece.len < SLICE_MAX ? piece.len : SLICE_MAX;
		struct span both = {text, held + taken};

		memcpy(text, stream->held, held);
		memcpy(text + held, piece.data, taken);
		stream->held_len = count_held(both);
		both.len -= stream->held_len;
		memcpy(stream->held, text + both.len, stream->held_len);
		plain_write_lines(file, both);
		piece.data += taken;
		piece.len -= taken;
	}
}

void
plain_stream_end(struct plain_stream *stream, FILE *file)
{
	plain_write_lines(file, (struct span){stream->held, stream->held_len});
	stream->held_len = 0;
}
