/* utf8.c — RFC 3629. */
#include "core/utf8.h"

/* §4: what may follow the first byte. */
static bool
is_second(uint8_t first, uint8_t second)
{
	switch (first) {
	case 0xe0:
		return second >= 0xa0 && second <= 0xbf;
	case 0xed:
		return second >= 0x80 && second <= 0x9f;
	case 0xf0:
		return second >= 0x90 && second <= 0xbf;
	case 0xf4:
		return second >= 0x80 && second <= 0x8f;
	default:
		return second >= 0x80 && second <= 0xbf;
	}
}

/* Bytes of a sequence that begins with FIRST; 0: none does. */
static size_t
wanted(uint8_t first)
{
	return first < 0x80                     ? 1
	       : first >= 0xc2 && first <= 0xdf ? 2
	       : first >= 0xe0 && first <= 0xef ? 3
	       : first >= 0xf0 && first <= 0xf4 ? 4
	                                        : 0;
}

/* The first LEN bytes are those of a sequence that is so long, or longer. */
static bool
is_beginning(const uint8_t *p, size_t len)
{
	if (len > 1 && !is_second(p[0], p[1]))
		return false;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return false;
	return true;
}

size_t
utf8_len(struct span bytes)
{
	size_t len = wanted(bytes.data[0]);

	return len <= bytes.len && is_beginning(bytes.data, len) ? len : 0;
}

bool
utf8_is_cut(struct span bytes)
{
	return wanted(bytes.data[0]) > bytes.len &&
	       is_beginning(bytes.data, bytes.len);
}

uint32_t
utf8_code_point(const uint8_t *p, size_t len)
{
	uint32_t value = len == 1 ? p[0] : p[0] & (0x7fU >> len);

	for (size_t i = 1; i < len; i++)
		value = value << 6 | (p[i] & 0x3f);
	return value;
}

size_t
utf8_put(uint8_t *p, uint32_t code_point)
{
	static const uint8_t first[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t len = code_point < 0x80      ? 1
	             : code_point < 0x800   ? 2
	             : code_point < 0x10000 ? 3
	                                    : 4;

	for (size_t i = len; i-- > 1; code_point >>= 6)
		p[i] = (uint8_t)(0x80 | (code_point & 0x3f));
	p[0] =
	    len == 1 ? (uint8_t)code_point : (uint8_t)(first[len] | code_point);
	return len;
}
