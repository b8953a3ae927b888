/* siphash.h — SipHash-2-4: a keyed hash of short messages, whose values cannot
 * be foretold without the key. Pure. */
#ifndef NETLAB_CORE_SIPHASH_H
#define NETLAB_CORE_SIPHASH_H

#include "core/span.h"

/* The hash of BYTES under KEY, 128 secret bits (Aumasson and Bernstein, 2012).
 */
uint64_t siphash(const uint64_t key[2], struct span bytes);

/* The same of 15 bytes that lie in registers: those of HEAD, the lowest first,
 * then the lower seven of TAIL, whose eighth is 0. */
uint64_t siphash_15(const uint64_t key[2], uint64_t head, uint64_t tail);

#endif
