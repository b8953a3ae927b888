/* utf8.h — sequences of UTF-8 (RFC 3629), strictly: nothing is longer than it
 * has to be, no surrogate, nothing beyond U+10FFFF. Pure; used in every
 * process. */
#ifndef NETLAB_CORE_UTF8_H
#define NETLAB_CORE_UTF8_H

#include "core/span.h"

#include <stdbool.h>

enum { UTF8_MAX = 4 }; /* bytes of one sequence */

/* Bytes of the well-formed sequence that BYTES (not empty) begin with: 1 … 4;
 * 0: they begin with none. */
size_t utf8_len(struct span bytes);

/* BYTES (not empty) are the beginning of a well-formed sequence, and end before
 * it does. */
bool utf8_is_cut(struct span bytes);

/* The code point of the well-formed sequence of LEN bytes at P. */
uint32_t utf8_code_point(const uint8_t *p, size_t len);

/* Writes the sequence of CODE_POINT, which is one (no surrogate), to P: returns
 * its length, UTF8_MAX at most. */
size_t utf8_put(uint8_t *p, uint32_t code_point);

#endif
