/*
 * master_watchdog.h — signs of life for the service manager: WATCHDOG=1 while
 * the loop turns, and EXTEND_TIMEOUT_USEC while a loader makes progress, so
 * that large zones do not count as a start that hangs. sd_notify(3).
 */
#ifndef NETLAB_MASTER_MASTER_WATCHDOG_H
#define NETLAB_MASTER_MASTER_WATCHDOG_H

#include "master/master.h"

enum {
	/* How often a loader is looked at, and how long the manager is asked
	 * to wait from then on. */
	MASTER_WATCHDOG_LOADER_MS = 5000,
	MASTER_WATCHDOG_PATIENCE_MS = 30000,
};

/* Starts the watchdog's beat. The manager heeds it from READY on, but for a
 * program that has replaced one in the same process, which was READY. */
void master_watchdog_begin(struct master *master);

/* A loader has been started. */
void master_watchdog_loading(struct master *master);

/* When master_watchdog_tick is due; UINT64_MAX: never. */
uint64_t master_watchdog_next_ms(const struct master *master);

/* Says what is due: WATCHDOG=1, and a wish for more time if the loader has done
 * anything since the last look at it. Never waits. */
void master_watchdog_tick(struct master *master, uint64_t now_ms);

#endif
