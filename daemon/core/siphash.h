/* siphash.h — SipHash-2-4: a keyed hash of short messages, whose values cannot
 * be foretold without the key. Pure. */
#ifndef NETLAB_CORE_SIPHASH_H
#define NETLAB_CORE_SIPHASH_H

#include "core/span.h"

/* The hash of BYTES under KEY, 128 secret bits (Aumasson and Bernstein, 2012).
 */
uint64_t siphash(const uint64_t key[2], struct span bytes);

#endif
