/* master_backoff.h — how long a slot waits before its next worker. Pure. */
#ifndef NETLAB_MASTER_MASTER_BACKOFF_H
#define NETLAB_MASTER_MASTER_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

enum {
	MASTER_BACKOFF_FIRST_MS = 100,
	MASTER_BACKOFF_MAX_MS = 5000,
	/* A worker cannot SIGKILL itself: an administrator or the kernel's
	 * out-of-memory killer did it. It is not a crash loop, yet a machine
	 * without memory must not be kept busy with forking. */
	MASTER_BACKOFF_KILLED_MAX_MS = 200,
	MASTER_BACKOFF_HEALTHY_MS = 60000,
};

/*
 * Counts a death in *FAILURES and returns the milliseconds until the next
 * worker: 0 after the first, then doubling. UPTIME_MS is how long the dead
 * one lived: a healthy minute forgets what was before.
 */
uint32_t master_backoff_delay_ms(
    unsigned *failures, uint64_t uptime_ms, bool was_killed);

#endif
