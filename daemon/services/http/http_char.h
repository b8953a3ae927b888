/* http_char.h — classes of bytes in a request's head. Pure. */
#ifndef NETLAB_SERVICES_HTTP_CHAR_H
#define NETLAB_SERVICES_HTTP_CHAR_H

#include "core/span.h"

#include <stdbool.h>
#include <string.h>

/* 1 for a tchar (RFC 9110 §5.6.2). */
extern const uint8_t http_char_token[256];

/* 1 for a byte of a name or an IPv4 address (RFC 3986 §3.2.2): of the
 * sub-delims all but the comma, since two Host fields joined by a proxy must
 * not pass for one. */
extern const uint8_t http_char_host[256];

/*
 * True when a byte of SPAN is below 0x20 or 0x7f: a control character; a tab
 * counts as one. Looks at eight bytes at once, because every byte of every
 * request passes here.
 */
static inline bool
http_char_has_control(struct span span)
{
	const uint64_t ones = 0x0101010101010101, highs = ones << 7;
	uint64_t found = 0;
	size_t i = 0;

	for (; span.len - i >= 8; i += 8) {
		uint64_t word, del;

		memcpy(&word, span.data + i, 8);
		del = word ^ (ones * 0x7f);
		/* A borrow can only spread from a byte that is itself found, so
		 * that the whole is non-zero only when it should be. */
		found |= ((word - ones * 0x20) & ~word) | ((del - ones) & ~del);
	}
	if ((found & highs) != 0)
		return true;
	for (; i < span.len; i++) {
		if (span.data[i] < 0x20 || span.data[i] == 0x7f)
			return true;
	}
	return false;
}

/* SPAN is LOWER (lower-case, LOWER_LEN bytes), whatever its own case. */
static inline bool
http_char_equals(struct span span, const char *lower, size_t lower_len)
{
	if (span.len != lower_len)
		return false;
	for (size_t i = 0; i < lower_len; i++) {
		uint8_t byte = span.data[i];

		if (byte >= 'A' && byte <= 'Z')
			byte |= 0x20;
		if (byte != (uint8_t)lower[i])
			return false;
	}
	return true;
}

/*
 * The same for a token of at least four bytes, which is what a field's name is,
 * in a few words at once. LOWER has letters and hyphens alone: no other byte of
 * a token becomes one of these by bit 0x20.
 */
static inline bool
http_char_token_equals(struct span token, const char *lower, size_t lower_len)
{
	const uint64_t bits = 0x2020202020202020;
	uint64_t a, b, difference = 0;
	size_t i = 0;

	if (token.len != lower_len)
		return false;
	for (; lower_len - i >= 8; i += 8) {
		memcpy(&a, token.data + i, 8);
		memcpy(&b, lower + i, 8);
		difference |= (a | bits) ^ b;
	}
	if (i == lower_len)
		return difference == 0;
	if (lower_len >= 8) { /* the last eight: some of them once more */
		memcpy(&a, token.data + lower_len - 8, 8);
		memcpy(&b, lower + lower_len - 8, 8);
		return (difference | ((a | bits) ^ b)) == 0;
	}
	uint32_t c, d, e, f; /* the first four and the last four */

	memcpy(&c, token.data, 4);
	memcpy(&d, lower, 4);
	memcpy(&e, token.data + lower_len - 4, 4);
	memcpy(&f, lower + lower_len - 4, 4);
	return ((((c | (uint32_t)bits) ^ d) | ((e | (uint32_t)bits) ^ f))) == 0;
}

/* SPAN without the spaces and tabs (OWS, RFC 9110 §5.6.3) at its ends. */
static inline struct span
http_char_trim(struct span span)
{
	while (span.len > 0 && (span.data[0] == ' ' || span.data[0] == '\t')) {
		span.data++;
		span.len--;
	}
	while (span.len > 0 && (span.data[span.len - 1] == ' ' ||
	                           span.data[span.len - 1] == '\t'))
		span.len--;
	return span;
}

/*
 * Takes the next element of a comma list (RFC 9110 §5.6.1), trimmed, off LIST.
 * Empty elements come too. False when the list is over.
 */
static inline bool
http_char_next_element(struct span *list, struct span *element)
{
	if (list->data == NULL)
		return false;
	const uint8_t *comma =
	    list->len > 0 ? memchr(list->data, ',', list->len) : NULL;

	*element = *list;
	if (comma == NULL) {
		*list = (struct span){NULL, 0};
	} else {
		element->len = (size_t)(comma - list->data);
		list->data += element->len + 1;
		list->len -= element->len + 1;
	}
	*element = http_char_trim(*element);
	return true;
}

/* The value of a hexadecimal digit; -1: it is none. */
static inline int
http_char_hex(uint8_t byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	uint8_t lower = byte | 0x20;

	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Reads SPAN, digits alone and at least one, into *NUMBER. False: it is not
 * that, or 2^64 or more. */
static inline bool
http_char_number(struct span span, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < span.len; i++) {
		unsigned digit = span.data[i] - (unsigned)'0';

		if (digit > 9 || *number > (UINT64_MAX - digit) / 10)
			return false;
		*number = *number * 10 + digit;
	}
	return span.len > 0;
}

/* Every byte of SPAN is a tchar, and there is one. */
static inline bool
http_char_is_token(struct span span)
{
	for (size_t i = 0; i < span.len; i++) {
		if (!http_char_token[span.data[i]])
			return false;
	}
	return span.len > 0;
}

#endif
