/* upper_text.c — text → capitals: eight bytes at a time where it is ASCII, a
 * table for all else. */
#include "services/upper/upper_text.h"

#include "core/ascii.h"
#include "core/utf8.h"

#include <string.h>

enum { WORD = sizeof(uint64_t) };

static const uint64_t each_byte = 0x0101010101010101;
static const uint64_t high_bits = 0x8080808080808080;

/* Each byte of WORD from 'a' to 'z' without its 0x20. */
static uint64_t
capitals_of_word(uint64_t word)
{
	uint64_t low = word & ~high_bits;
	uint64_t is_from_a = low + each_byte * (0x80 - 'a');
	uint64_t is_beyond_z = low + each_byte * (0x7f - 'z');
	uint64_t is_lower = is_from_a & ~is_beyond_z & ~word & high_bits;

	return word ^ is_lower >> 2;
}

/* LEN bytes, of which none but ASCII letters change: all, or as many as come
 * before the first that has a bit of STOP. Returns how many. */
static size_t
ascii(const uint8_t *in, size_t len, uint8_t stop, uint8_t *out)
{
	size_t at = 0;

	for (; len - at >= WORD; at += WORD) {
		uint64_t word;

		memcpy(&word, in + at, WORD);
		if ((word & each_byte * stop) != 0)
			break;
		word = capitals_of_word(word);
		memcpy(out + at, &word, WORD);
	}
	for (; at < len && (in[at] & stop) == 0; at++)
		out[at] = ascii_upper(in[at]);
	return at;
}

/* What the sequence of LEN bytes at P becomes: that, unless CAPITAL says
 * something else. */
static struct span
capital_of_sequence(
    const struct upper_text_table *table, const uint8_t *p, size_t len)
{
	uint32_t code_point = utf8_code_point(p, len);

	if (code_point < UPPER_TEXT_CODE_POINTS) {
		const struct upper_text_capital *capital =
		    &table->capitals[table->blocks[code_point /
		                                   UPPER_TEXT_BLOCK]]
		                    [code_point % UPPER_TEXT_BLOCK];

		if (capital->len > 0)
			return (struct span){capital->bytes, capital->len};
	}
	return (struct span){p, len};
}

static struct upper_text
unicode(const struct upper_text_table *table, struct span bytes, bool is_last,
    struct space out)
{
	struct upper_text text = {0};

	for (;;) {
		struct span left = {
		    bytes.data + text.used, bytes.len - text.used};
		size_t room = out.cap - text.made;
		size_t run = ascii(left.data, left.len < room ? left.len : room,
		    0x80, out.data + text.made);

		text.used += run;
		text.made += run;
		left.data += run;
		left.len -= run;
		if (left.len == 0)
			return text;
		size_t len = utf8_len(left);

		if (len == 0 && !is_last && utf8_is_cut(left))
			return text;
		struct span made =
		    len == 0 ? (struct span){left.data, 1}
		             : capital_of_sequence(table, left.data, len);

		if (made.len > out.cap - text.made)
			return text;
		memcpy(out.data + text.made, made.data, made.len);
		text.used += len == 0 ? 1 : len;
		text.made += made.len;
	}
}

struct upper_text
upper_text(const struct upper_text_table *table, struct span bytes,
    bool is_last, struct space out)
{
	size_t len = bytes.len < out.cap ? bytes.len : out.cap;

	if (bytes.len == 0)
		return (struct upper_text){0};
	if (table != NULL)
		return unicode(table, bytes, is_last, out);
	(void)ascii(bytes.data, len, 0, out.data);
	return (struct upper_text){.used = len, .made = len};
}
