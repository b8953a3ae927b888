/* master_watchdog.c — signs of life for the service manager. */
#include "master/master_watchdog.h"

#include "master/master_notify.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void
master_watchdog_begin(struct master *master)
{
	struct master_watchdog *watchdog = &master->watchdog;

	watchdog->watchdog_ms = master_notify_watchdog_ms();
	if (watchdog->watchdog_ms != 0)
		watchdog->watchdog_at_ms = master_now_ms();
}

void
master_watchdog_loading(struct master *master)
{
	master->watchdog.loader_ns = 0;
	master->watchdog.extend_at_ms =
	    master_now_ms() + MASTER_WATCHDOG_LOADER_MS;
}

/* Without waiting: there will be another. */
static void
send_sign(const char *sign)
{
	if (master_notify_is_heard() && !master_notify_with(-1, "%s", sign))
		log_debug("%s: %s", sign, strerror(errno));
}

/* One that waits for ever, for a file of a server that is gone, uses none. */
static void
extend(struct master *master)
{
	struct master_watchdog *watchdog = &master->watchdog;
	uint64_t ns = master_cpu_ns(master->loading.pid);
	char sign[64];

	watchdog->extend_at_ms = master_now_ms() + MASTER_WATCHDOG_LOADER_MS;
	if (ns <= watchdog->loader_ns)
		return;
	watchdog->loader_ns = ns;
	snprintf(sign, sizeof(sign), "EXTEND_TIMEOUT_USEC=%llu",
	    (unsigned long long)MASTER_WATCHDOG_PATIENCE_MS * 1000);
	send_sign(sign);
}

uint64_t
master_watchdog_next_ms(const struct master *master)
{
	const struct master_watchdog *watchdog = &master->watchdog;
	uint64_t next = UINT64_MAX;

	if (watchdog->watchdog_ms != 0)
		next = watchdog->watchdog_at_ms;
	if (master->loading.pid != 0 && watchdog->extend_at_ms < next)
		next = watchdog->extend_at_ms;
	return next;
}

void
master_watchdog_tick(struct master *master, uint64_t now_ms)
{
	struct master_watchdog *watchdog = &master->watchdog;

	if (watchdog->watchdog_ms != 0 && watchdog->watchdog_at_ms <= now_ms) {
		send_sign("WATCHDOG=1");
		watchdog->watchdog_at_ms = now_ms + watchdog->watchdog_ms;
	}
	if (master->loading.pid != 0 && watchdog->extend_at_ms <= now_ms)
		extend(master);
}
