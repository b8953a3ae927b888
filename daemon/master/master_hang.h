/*
 * master_hang.h — a watchdog over the workers: one that is at work on the same
 * turn of its loop for longer than worker_timeout of netlabd.conf has been
 * caught in a loop without an end, or in a call that does not return, and
 * nobody answers meanwhile what the kernel puts into its sockets. It is ended,
 * and replaced as after any crash.
 *
 * Workers of the program before, whose counters we do not have, end with their
 * drain.
 */
#ifndef NETLAB_MASTER_MASTER_HANG_H
#define NETLAB_MASTER_MASTER_HANG_H

#include "master/master.h"

enum {
	/* Looks in one worker_timeout, and the longest time between two. */
	MASTER_HANG_LOOKS = 4,
	MASTER_HANG_LOOK_MAX_MS = 5000,
	/* How long one has to end by SIGABRT, before SIGKILL. */
	MASTER_HANG_GRACE_MS = 2000,
};

/* When master_hang_tick is due; UINT64_MAX: never. */
uint64_t master_hang_next_ms(const struct master *master);

/* Looks at all workers, if it is time. Never waits. */
void master_hang_tick(struct master *master, uint64_t now_ms);

#endif
