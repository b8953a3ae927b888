/* dns_text.c — text for records, and what it is made of. Pure. */
#include "services/dns/dns_text.h"

#include "core/addr.h"
#include "services/dns/dns_base32.h"
#include "services/dns/dns_name.h"

#include <assert.h>
#include <string.h>

void
dns_text_char(struct dns_text *text, char character)
{
	if (text->len == text->cap)
		text->is_full = true;
	else
		text->out[text->len++] = character;
}

static void
put(struct dns_text *text, const char *characters, size_t len)
{
	if (len > text->cap - text->len) {
		len = text->cap - text->len;
		text->is_full = true;
	}
	memcpy(text->out + text->len, characters, len);
	text->len += len;
}

void
dns_text_chars(struct dns_text *text, const char *characters)
{
	put(text, characters, strlen(characters));
}

void
dns_text_digits(struct dns_text *text, uint64_t number, unsigned digits)
{
	char buffer[20]; /* of 2^64 - 1 */
	unsigned at = sizeof(buffer);

	while (number > 0 || sizeof(buffer) - at < digits) {
		buffer[--at] = (char)('0' + number % 10);
		number /= 10;
	}
	put(text, buffer + at, sizeof(buffer) - at);
}

void
dns_text_number(struct dns_text *text, uint64_t number)
{
	dns_text_digits(text, number, 1);
}

void
dns_text_blank(struct dns_text *text, size_t start)
{
	if (text->len > start)
		dns_text_char(text, ' ');
}

void
dns_text_name(struct dns_text *text, const uint8_t *name)
{
	char buffer[DNS_NAME_TEXT_MAX];

	dns_text_chars(text, dns_name_format(name, buffer));
}

void
dns_text_quoted_byte(struct dns_text *text, uint8_t byte)
{
	if (byte < ' ' || byte > '~') {
		dns_text_char(text, '\\');
		dns_text_digits(text, byte, 3);
		return;
	}
	if (byte == '"' || byte == '\\')
		dns_text_char(text, '\\');
	dns_text_char(text, (char)byte);
}

void
dns_text_quoted(struct dns_text *text, struct span bytes)
{
	dns_text_char(text, '"');
	for (size_t i = 0; i < bytes.len; i++)
		dns_text_quoted_byte(text, bytes.data[i]);
	dns_text_char(text, '"');
}

/* BYTES as digits of BITS each, the last filled up with zeroes. */
static void
put_base(struct dns_text *text, struct span bytes, unsigned bits,
    const char *alphabet)
{
	unsigned held = 0, held_bits = 0;
	const unsigned mask = (1U << bits) - 1;

	for (size_t i = 0; i < bytes.len; i++) {
		held = (held << 8 | bytes.data[i]) & 0xffff;
		for (held_bits += 8; held_bits >= bits; held_bits -= bits)
			dns_text_char(
			    text, alphabet[held >> (held_bits - bits) & mask]);
	}
	if (held_bits > 0)
		dns_text_char(
		    text, alphabet[held << (bits - held_bits) & mask]);
}

void
dns_text_hex(struct dns_text *text, struct span bytes)
{
	put_base(text, bytes, 4, "0123456789ABCDEF");
}

void
dns_text_base64(struct dns_text *text, struct span bytes)
{
	put_base(text, bytes, 6,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
	for (size_t left = bytes.len; left % 3 != 0; left++)
		dns_text_char(text, '=');
}

void
dns_text_base32(struct dns_text *text, struct span bytes)
{
	uint8_t digits[8 * DNS_TEXT_BASE32_MAX / 5];

	assert(bytes.len <= DNS_TEXT_BASE32_MAX);
	dns_base32_encode(digits, bytes.data, bytes.len);
	put(text, (const char *)digits, dns_base32_length(bytes.len));
}

void
dns_text_ipv4(struct dns_text *text, const uint8_t *bytes)
{
	for (unsigned i = 0; i < 4; i++) {
		if (i > 0)
			dns_text_char(text, '.');
		dns_text_number(text, bytes[i]);
	}
}

void
dns_text_ipv6(struct dns_text *text, const uint8_t *bytes)
{
	struct addr addr = {.in6.sin6_family = AF_INET6};
	char buffer[ADDR_TEXT_MAX];

	addr.len = sizeof(addr.in6);
	memcpy(&addr.in6.sin6_addr, bytes, sizeof(addr.in6.sin6_addr));
	dns_text_chars(text, addr_format_host(&addr, buffer));
}
