/* chat_line.c — where lines end, and what becomes of those that do not. */
#include "services/chat/chat_line.h"

#include "services/chat/chat_text.h"

#include <string.h>

/* The line of LEN bytes at DATA, or the beginning of one that is too long. */
static struct chat_line_piece
make(const uint8_t *data, size_t len, size_t used)
{
	struct chat_line_piece piece = {
	    .is_line = true, .text = {data, len}, .used = used};

	piece.is_cut = len > CHAT_LINE_MAX;
	if (piece.is_cut)
		piece.text.len = chat_text_cut(piece.text, CHAT_LINE_CUT_MAX);
	return piece;
}

/* LEN bytes without an end are too many already: were the last of them a \r,
 * it might belong to the end. */
static bool
is_too_long(struct span bytes)
{
	return bytes.len > CHAT_LINE_MAX + 1 ||
	       (bytes.len == CHAT_LINE_MAX + 1 &&
	           bytes.data[CHAT_LINE_MAX] != '\r');
}

struct chat_line_piece
chat_line_next(struct chat_line *line, struct span bytes, bool is_last)
{
	const uint8_t *end =
	    bytes.len == 0 ? NULL : memchr(bytes.data, '\n', bytes.len);

	if (end != NULL) {
		size_t len = (size_t)(end - bytes.data), used = len + 1;
		bool is_rest = line->is_dropping;

		line->has_ends = true;
		line->is_dropping = false;
		if (len > 0 && bytes.data[len - 1] == '\r')
			len--;
		return is_rest ? (struct chat_line_piece){.used = used}
		               : make(bytes.data, len, used);
	}
	bool is_rest = line->is_dropping;

	if (is_last)
		line->is_dropping = false;
	if (is_rest)
		return (struct chat_line_piece){.used = bytes.len};
	if (is_last ? bytes.len > 0 : is_too_long(bytes)) {
		line->is_dropping = !is_last;
		return make(bytes.data, bytes.len, bytes.len);
	}
	return (struct chat_line_piece){0};
}
