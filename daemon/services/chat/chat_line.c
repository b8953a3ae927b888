/* chat_line.c — where lines end, and what becomes of those that do not. */
#include "services/chat/chat_line.h"

#include "services/chat/chat_command.h"
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

/* Of BYTES, the first LEN and an end. */
static struct chat_line_piece
read_ended(struct chat_line *line, struct span bytes, size_t len)
{
	bool is_rest = line->is_dropping;
	size_t used = len + 1;

	line->has_ends = true;
	line->is_dropping = false;
	if (is_rest)
		return (struct chat_line_piece){.used = used};
	if (len > 0 && bytes.data[len - 1] == '\r')
		len--;
	return make(bytes.data, len, used);
}

/* BYTES, which have no end, and behind which nothing comes. */
static struct chat_line_piece
read_last(struct chat_line *line, struct span bytes)
{
	size_t farewell = line->has_ends ? 0 : chat_command_farewell(bytes);
	size_t len = farewell > 0 ? farewell : bytes.len;
	bool is_rest = line->is_dropping;

	line->is_dropping = false;
	if (is_rest || len == 0)
		return (struct chat_line_piece){.used = len};
	return make(bytes.data, len, len);
}

struct chat_line_piece
chat_line_next(struct chat_line *line, struct span bytes, bool is_last)
{
	const uint8_t *end =
	    bytes.len == 0 ? NULL : memchr(bytes.data, '\n', bytes.len);

	if (end != NULL)
		return read_ended(line, bytes, (size_t)(end - bytes.data));
	if (is_last)
		return read_last(line, bytes);
	if (line->is_dropping)
		return (struct chat_line_piece){.used = bytes.len};
	if (!is_too_long(bytes))
		return (struct chat_line_piece){0};
	line->is_dropping = true;
	return make(bytes.data, bytes.len, bytes.len);
}
