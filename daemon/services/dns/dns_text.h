/*
 * dns_text.h — a writer of text for records in presentation format (RFC 1035
 * §5.1), and what all of them are made of: numbers, names, strings, bases.
 * Pure; any process.
 */
#ifndef NETLAB_SERVICES_DNS_TEXT_H
#define NETLAB_SERVICES_DNS_TEXT_H

#include "core/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest text that any RDATA has: NSEC's bitmap with every type in it. All
 * else stays below 5 characters a byte. */
enum { DNS_TEXT_MAX = 1 << 20 };

/* Where text goes. What exceeds CAP is not written, and said by IS_FULL. */
struct dns_text {
	char *out; /* LEN characters, no NUL behind them */
	size_t cap, len;
	bool is_full;
};

/* An empty text in SPACE, which it borrows. */
static inline struct dns_text
dns_text_open(struct space space)
{
	return (struct dns_text){
	    .out = (char *)space.data,
	    .cap = space.cap,
	};
}

void dns_text_char(struct dns_text *text, char character);
void dns_text_chars(struct dns_text *text, const char *characters);
void dns_text_number(struct dns_text *text, uint64_t number);

/* NUMBER with at least DIGITS digits. */
void dns_text_digits(struct dns_text *text, uint64_t number, unsigned digits);

/* A blank, but not at the start of the text that began at START. */
void dns_text_blank(struct dns_text *text, size_t start);

/* The whole valid NAME, absolute, escaped (see dns_name_format). */
void dns_text_name(struct dns_text *text, const uint8_t *name);

/* BYTES in quotes, as a <character-string>. */
void dns_text_quoted(struct dns_text *text, struct span bytes);

/* One byte of a quoted string, escaped where it must be. */
void dns_text_quoted_byte(struct dns_text *text, uint8_t byte);

/* Upper-case hexadecimal; base 64; base 32 as dns_base32.h has it, of at most
 * DNS_TEXT_BASE32_MAX bytes. */
enum { DNS_TEXT_BASE32_MAX = 255 };
void dns_text_hex(struct dns_text *text, struct span bytes);
void dns_text_base64(struct dns_text *text, struct span bytes);
void dns_text_base32(struct dns_text *text, struct span bytes);

/* IPv4 from 4 bytes, IPv6 from 16 (RFC 5952). */
void dns_text_ipv4(struct dns_text *text, const uint8_t *bytes);
void dns_text_ipv6(struct dns_text *text, const uint8_t *bytes);

#endif
