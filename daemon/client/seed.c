/* seed.c — numbers that nobody can foretell, or the same ones each time. */
#include "client/seed.h"

#include "core/siphash.h"

#include <stdlib.h>
#include <sys/random.h>

uint64_t
seed_number(const struct options *options, uint64_t index)
{
	const uint64_t key[2] = {options->seed, 0};
	uint64_t number;

	if (options_has(options, OPTIONS_SEED))
		return siphash_15(key, index, 0);
	/* So few bytes come whole (getrandom(2)); a kernel without the call is
	 * older than what this runs on. */
	if (getrandom(&number, sizeof(number), 0) != sizeof(number))
		abort();
	return number;
}
