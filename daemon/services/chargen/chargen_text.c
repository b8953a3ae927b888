/* chargen_text.c — lines of rotating characters. */
#include "services/chargen/chargen_text.h"

#include "core/ascii.h"

#include <string.h>

enum { WIDTH = CHARGEN_TEXT_LINE - 2 };

/* All printing characters, and again those that the last line needs. */
static const char characters[] =
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
    "abcdefghijklmnopqrstuvwxyz{|}~"
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
    "abcdef";

_Static_assert(sizeof(characters) - 1 == CHARGEN_TEXT_LINES - 1 + WIDTH,
    "the last line ends with the array");

static void
write_line(uint32_t line, uint8_t out[CHARGEN_TEXT_LINE])
{
	memcpy(out, characters + line % CHARGEN_TEXT_LINES, WIDTH);
	memcpy(out + WIDTH, "\r\n", 2);
}

void
chargen_text(uint32_t line, struct space out)
{
	uint8_t last[CHARGEN_TEXT_LINE];

	for (; out.cap >= CHARGEN_TEXT_LINE; out.cap -= CHARGEN_TEXT_LINE) {
		write_line(line++, out.data);
		out.data += CHARGEN_TEXT_LINE;
	}
	write_line(line, last);
	if (out.cap > 0)
		memcpy(out.data, last, out.cap);
}

/* Whether BYTES, CHARGEN_TEXT_LINE of them, are the line that begins with
 * FIRST. */
static bool
is_line(const uint8_t *bytes, uint8_t first)
{
	uint8_t line[CHARGEN_TEXT_LINE];

	write_line((uint32_t)(first - ' '), line);
	for (size_t i = 0; i < sizeof(line); i++)
		if (ascii_upper(bytes[i]) != ascii_upper(line[i]))
			return false;
	return true;
}

bool
chargen_text_is_answer(struct span bytes)
{
	if (bytes.len < CHARGEN_TEXT_LINE || bytes.data[0] < ' ' ||
	    bytes.data[0] > '~')
		return false;
	uint8_t first = bytes.data[0];
	bool is_letter = ascii_upper(first) >= 'A' && ascii_upper(first) <= 'Z';

	return is_line(bytes.data, first) ||
	       (is_letter && is_line(bytes.data, first ^ ('a' ^ 'A')));
}
