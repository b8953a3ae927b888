/* span.h — borrowed bytes in, caller's buffer out. Used in every process. */
#ifndef NETLAB_CORE_SPAN_H
#define NETLAB_CORE_SPAN_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that somebody else owns; never NUL-terminated. */
struct span {
	const uint8_t *data;
	size_t len;
};

/* A buffer to write into: CAP bytes at DATA. */
struct space {
	uint8_t *data;
	size_t cap;
};

#endif
