/* shared.c — memory that all processes of a daemon share. */
#include "core/shared.h"

#include <assert.h>
#include <errno.h>
#include <sys/mman.h>
#include <sys/random.h>

enum { ALIGNMENT = 64 }; /* a cache line: no two areas share one */

static size_t
align(size_t size)
{
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

struct shared *
shared_map(const size_t sizes[STATS_SERVICE_MAX])
{
	size_t total = align(sizeof(struct shared));
	uint64_t key[2];

	for (unsigned i = 0; i < STATS_SERVICE_MAX; i++)
		total += align(sizes[i]);
	if (getrandom(key, sizeof(key), 0) != (ssize_t)sizeof(key))
		return NULL;
	struct shared *shared = mmap(NULL, total, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED)
		return NULL;
	size_t at = align(sizeof(struct shared));

	for (unsigned i = 0; i < STATS_SERVICE_MAX; i++) {
		shared->areas[i] = sizes[i] == 0 ? 0 : at;
		at += align(sizes[i]);
	}
	shared->key[0] = key[0];
	shared->key[1] = key[1];
	return shared;
}

void *
shared_area(struct shared *shared, unsigned service)
{
	assert(service < STATS_SERVICE_MAX);
	if (shared->areas[service] == 0)
		return NULL;
	return (uint8_t *)shared + shared->areas[service];
}
