/* seed.h — numbers that nobody can foretell, or, with --seed, the same ones
 * each time. */
#ifndef NETLAB_CLIENT_SEED_H
#define NETLAB_CLIENT_SEED_H

#include "client/options.h"

#include <stdint.h>

/* The number for message INDEX of this run: of --seed where OPTIONS have it,
 * else a new one of the kernel's. */
uint64_t seed_number(const struct options *options, uint64_t index);

#endif
