/* chat_text.c — strict UTF-8 in, what may be shown out. */
#include "services/chat/chat_text.h"

#include "core/utf8.h"

#include <string.h>

bool
chat_text_is_shown(uint32_t code_point)
{
	if (code_point < 0xa0)
		return code_point == '\t' ||
		       (code_point >= ' ' && code_point < 0x7f);
	if (code_point == 0x61c)
		return false; /* ARABIC LETTER MARK */
	if (code_point >= 0x2000 && code_point <= 0x206f)
		return !(code_point == 0x200e || code_point == 0x200f ||
		         (code_point >= 0x2028 && code_point <= 0x202e) ||
		         (code_point >= 0x2066 && code_point <= 0x206f));
	/* Annotations, whose halves terminals show or hide as they like. */
	if (code_point >= 0xfff9 && code_point <= 0xfffb)
		return false;
	return (code_point & 0xfffe) != 0xfffe &&
	       !(code_point >= 0xfdd0 && code_point <= 0xfdef);
}

bool
chat_text_clean(struct span text, struct space out, size_t *len)
{
	size_t made = 0;

	while (text.len > 0) {
		size_t step = utf8_len(text);

		if (step == 0)
			return false;
		if (chat_text_is_shown(utf8_code_point(text.data, step))) {
			memcpy(out.data + made, text.data, step);
			made += step;
		}
		text.data += step;
		text.len -= step;
	}
	*len = made;
	return true;
}

size_t
chat_text_cut(struct span text, size_t max)
{
	if (text.len <= max)
		return text.len;
	/* The first byte that goes is none in the middle of a sequence, which
	 * is four bytes long at most: whatever is longer is no UTF-8. */
	for (size_t len = max; len > 0 && max - len < UTF8_MAX; len--)
		if ((text.data[len] & 0xc0) != 0x80)
			return len;
	return max;
}

static bool
is_blank(uint8_t byte)
{
	return byte == ' ' || byte == '\t';
}

struct span
chat_text_trim(struct span text)
{
	while (text.len > 0 && is_blank(text.data[0])) {
		text.data++;
		text.len--;
	}
	while (text.len > 0 && is_blank(text.data[text.len - 1]))
		text.len--;
	return text;
}
