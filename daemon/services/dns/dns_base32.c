/* dns_base32.c — base32 with the extended hex alphabet. Pure. */
#include "services/dns/dns_base32.h"

enum { DIGIT_BITS = 5, DIGIT_MASK = 31 };

static const uint8_t digits[] = "0123456789abcdefghijklmnopqrstuv";

void
dns_base32_encode(uint8_t *out, const uint8_t *bytes, size_t len)
{
	unsigned held = 0, bits = 0;

	for (size_t i = 0; i < len; i++) {
		held = held << 8 | bytes[i];
		for (bits += 8; bits >= DIGIT_BITS; bits -= DIGIT_BITS)
			*out++ =
			    digits[held >> (bits - DIGIT_BITS) & DIGIT_MASK];
	}
	if (bits > 0)
		*out = digits[held << (DIGIT_BITS - bits) & DIGIT_MASK];
}

/* -1: no digit. */
static int
value_of(uint8_t digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	digit |= 0x20;
	return digit >= 'a' && digit <= 'v' ? digit - 'a' + 10 : -1;
}

size_t
dns_base32_decode(uint8_t *out, const uint8_t *text, size_t len)
{
	unsigned held = 0, bits = 0;
	size_t made = 0;

	for (size_t i = 0; i < len; i++) {
		int value = value_of(text[i]);

		if (value == -1)
			return 0;
		held = held << DIGIT_BITS | (unsigned)value;
		bits += DIGIT_BITS;
		if (bits >= 8) {
			bits -= 8;
			out[made++] = (uint8_t)(held >> bits);
		}
	}
	/* What is left over is less than a digit, and zero: each sequence of
	 * bytes has one text alone. */
	if (bits >= DIGIT_BITS || (held & ((1U << bits) - 1)) != 0)
		return 0;
	return made;
}
