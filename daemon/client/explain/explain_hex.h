/*
 * explain_hex.h — bytes that somebody wrote down in hexadecimal, in any of the
 * usual forms. Pure.
 */
#ifndef NETLAB_CLIENT_EXPLAIN_EXPLAIN_HEX_H
#define NETLAB_CLIENT_EXPLAIN_EXPLAIN_HEX_H

#include "core/span.h"

#include <stdbool.h>

enum { EXPLAIN_HEX_REASON_MAX = 96 };

/*
 * Reads TEXT into BYTES: pairs of digits, which blanks, commas, colons, dashes,
 * brackets or quotes may part, each group with 0x or \x before it or not; what
 * a C array has between its braces; or rows that begin with an offset, from 0
 * on, as xxd, hexdump -C, od -Ax -tx1, tcpdump -x and netlab itself write them,
 * with characters behind or not (other lines among such rows are passed over).
 *
 * BYTES has room for half of TEXT. Returns how many there are, at least one; 0:
 * TEXT is no such thing, for REASON.
 */
size_t explain_hex(struct span text, struct space bytes,
    char reason[EXPLAIN_HEX_REASON_MAX]) __attribute__((warn_unused_result));

#endif
