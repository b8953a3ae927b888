/*
 * http_text.h — text appended to a space. What does not fit is dropped and
 * remembered, so that a writer checks once, at its end. Pure.
 */
#ifndef NETLAB_SERVICES_HTTP_TEXT_H
#define NETLAB_SERVICES_HTTP_TEXT_H

#include "core/span.h"

#include <stdbool.h>
#include <string.h>

struct http_text {
	struct space space;
	size_t len;   /* written so far, at most space.cap */
	bool is_full; /* something did not fit: LEN is not the whole */
};

static inline void
http_text_bytes(struct http_text *text, const void *bytes, size_t len)
{
	if (len > text->space.cap - text->len) {
		text->is_full = true;
		return;
	}
	if (len > 0)
		memcpy(text->space.data + text->len, bytes, len);
	text->len += len;
}

static inline void
http_text_span(struct http_text *text, struct span span)
{
	http_text_bytes(text, span.data, span.len);
}

static inline void
http_text_add(struct http_text *text, const char *string)
{
	http_text_bytes(text, string, strlen(string));
}

/* BYTE as it stands in a URL wherever it may not stand itself: "%2F". */
static inline void
http_text_escape(struct http_text *text, uint8_t byte)
{
	const char *digits = "0123456789ABCDEF";
	const char escape[3] = {'%', digits[byte >> 4], digits[byte & 15]};

	http_text_bytes(text, escape, sizeof(escape));
}

/* VALUE in BASE 10 or 16, lower-case, without leading zeros. */
static inline void
http_text_number(struct http_text *text, uint64_t value, unsigned base)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value > 0);
	http_text_bytes(text, digits + at, sizeof(digits) - at);
}

#endif
