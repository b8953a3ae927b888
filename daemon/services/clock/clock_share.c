/* clock_share.c — what outlives the worker that looks at the clock. */
#include "services/clock/clock_share.h"

struct clock_memory
clock_share_recall(const struct clock_share *share)
{
	return share->memories[atomic_load(&share->current) % 2];
}

void
clock_share_keep(struct clock_share *share, const struct clock_memory *memory)
{
	unsigned next = (atomic_load(&share->current) + 1) % 2;

	share->memories[next] = *memory;
	atomic_store(&share->current, next);
}
