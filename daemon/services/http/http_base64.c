/* http_base64.c — three bytes, four letters. */
#include "services/http/http_base64.h"

static const char letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
http_base64_write(struct http_text *text, struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t len = bytes.len - i < 3 ? bytes.len - i : 3;
		uint32_t word = (uint32_t)bytes.data[i] << 16;
		char group[4] = {'=', '=', '=', '='};

		if (len > 1)
			word |= (uint32_t)bytes.data[i + 1] << 8;
		if (len > 2)
			word |= bytes.data[i + 2];
		for (size_t j = 0; j <= len; j++)
			group[j] = letters[word >> (18 - 6 * j) & 63];
		http_text_bytes(text, group, sizeof(group));
	}
}

/* The value of a letter; -1: it is none. */
static int
value_of(uint8_t byte)
{
	const char *letter =
	    byte == '\0' ? NULL : memchr(letters, byte, sizeof(letters) - 1);

	return letter == NULL ? -1 : (int)(letter - letters);
}

bool
http_base64_read(struct span text, struct space out, size_t *len)
{
	size_t padding = 0;

	if (text.len % 4 != 0)
		return false;
	while (padding < 2 && padding < text.len &&
	       text.data[text.len - padding - 1] == '=')
		padding++;
	*len = text.len / 4 * 3 - padding;
	if (*len > out.cap)
		return false;
	for (size_t i = 0, at = 0; i < text.len; i += 4) {
		uint32_t word = 0;
		size_t count = i + 4 == text.len ? 4 - padding : 4;

		for (size_t j = 0; j < 4; j++) {
			int value = j < count ? value_of(text.data[i + j]) : 0;

			if (value < 0)
				return false;
			word = word << 6 | (uint32_t)value;
		}
		for (size_t j = 0; j + 1 < count; j++)
			out.data[at++] = (uint8_t)(word >> (16 - 8 * j));
		/* RFC 4648 §3.5: two texts would stand for the same. */
		if ((word & ((1u << 8 * (4 - count)) - 1)) != 0)
			return false;
	}
	return true;
}
