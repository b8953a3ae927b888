/* plain.c — text from the network on a terminal. */
#include "client/plain.h"

#include "core/utf8.h"

#include <stdint.h>

static bool
is_bidi(uint32_t c)
{
	/* UAX #9: marks, embeddings and overrides, isolates. */
	return c == 0x061c || c == 0x200e || c == 0x200f ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool
is_harmless(uint32_t c)
{
	if (c < 0x20)
		return c == '\t';
	/* Line and paragraph separators: some terminals take them for ends. */
	return c != 0x7f && !(c >= 0x80 && c < 0xa0) && c != 0x2028 &&
	       c != 0x2029 && !is_bidi(c);
}

/* Writes what TEXT (not empty) begins with to OUT, at most PLAIN_MAX times
 * UTF8_MAX characters; takes it off, and returns how many. */
static size_t
next(struct span *text, char out[PLAIN_MAX * UTF8_MAX + 1])
{
	size_t len = utf8_len(*text), made = 0;

	if (len > 0 && is_harmless(utf8_code_point(text->data, len))) {
		memcpy(out, text->data, len);
		made = len;
	} else {
		len = len == 0 ? 1 : len;
		for (size_t i = 0; i < len; i++)
			made += (size_t)snprintf(out + made, PLAIN_MAX + 1,
			    "\\x%02x", text->data[i]);
	}
	text->data += len;
	text->len -= len;
	return made;
}

size_t
plain_text(struct span text, struct space space)
{
	char piece[PLAIN_MAX * UTF8_MAX + 1];
	size_t len = 0;

	while (text.len > 0) {
		size_t made = next(&text, piece);

		if (made > space.cap - len)
			break;
		memcpy(space.data + len, piece, made);
		len += made;
	}
	return len;
}

void
plain_write(FILE *file, struct span text)
{
	char piece[PLAIN_MAX * UTF8_MAX + 1];

	while (text.len > 0)
		fwrite(piece, 1, next(&text, piece), file);
}

void
plain_write_lines(FILE *file, struct span text)
{
	while (text.len > 0) {
		const uint8_t *end = memchr(text.data, '\n', text.len);
		size_t len = end == NULL ? text.len : (size_t)(end - text.data);

		bool has_cr = end != NULL && len > 0 && end[-1] == '\r';

		plain_write(file, (struct span){text.data, len - has_cr});
		if (end == NULL)
			return;
		fputc('\n', file);
		text.data += len + 1;
		text.len -= len + 1;
	}
}
