/* span.h — borrowed bytes in, caller's buffer out. Used in every process. */
#ifndef NETLAB_CORE_SPAN_H
#define NETLAB_CORE_SPAN_H

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

/* A buffer to write into: CAP bytes at DATA. */
struct space {
	uint8_t *data;
	size_t cap;
};

#endif
