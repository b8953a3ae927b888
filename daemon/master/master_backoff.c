/* master_backoff.c — how long a slot waits before its next worker. */
#include "master/master_backoff.h"

uint32_t
master_backoff_delay_ms(unsigned *failures, uint64_t uptime_ms, bool was_killed)
{
	uint32_t max =
	    was_killed ? MASTER_BACKOFF_KILLED_MAX_MS : MASTER_BACKOFF_MAX_MS;
	uint32_t delay = MASTER_BACKOFF_FIRST_MS;

	if (uptime_ms >= MASTER_BACKOFF_HEALTHY_MS)
		*failures = 0;
	(*failures)++;
	if (*failures == 1)
		return 0;
	for (unsigned i = 2; i < *failures && delay < max; i++)
		delay *= 2;
	return delay < max ? delay : max;
}
