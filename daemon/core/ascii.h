/* ascii.h — letters of ASCII in either case, whatever the locale; all other
 * bytes stay as they are. Pure; used in every process. */
#ifndef NETLAB_CORE_ASCII_H
#define NETLAB_CORE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline uint8_t
ascii_lower(uint8_t byte)
{
	return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

static inline uint8_t
ascii_upper(uint8_t byte)
{
	return byte >= 'a' && byte <= 'z' ? byte & 0xdf : byte;
}

/* The same text but for the case of letters. */
static inline bool
ascii_is_equal(const char *a, const char *b)
{
	while (*a != '\0' &&
	       ascii_lower((uint8_t)*a) == ascii_lower((uint8_t)*b)) {
		a++;
		b++;
	}
	return *a == '\0' && *b == '\0';
}

#endif
