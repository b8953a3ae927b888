/* span.h — borrowed bytes in, caller's buffer out. Used in every process. */
#ifndef NETLAB_CORE_SPAN_H
#define NETLAB_CORE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes that somebody else owns; never NUL-terminated. */
struct span {
	const uint8_t *data;
	size_t len;
};

/* The bytes of TEXT, without its NUL; they stay where they are. */
static inline struct span
span_of(const char *text)
{
	return (struct span){(const uint8_t *)text, strlen(text)};
}

/* Whether BYTES begin with TEXT. */
static inline bool
span_begins(struct span bytes, const char *text)
{
	size_t len = strlen(text);

	return bytes.len >= len && memcmp(bytes.data, text, len) == 0;
}

/* A buffer to write into: CAP bytes at DATA. */
struct space {
	uint8_t *data;
	size_t cap;
};

#endif
