/* master_stop.c — the way down. */
#include "master/master_stop.h"

#include "master/master_admin.h"
#include "master/master_drain.h"
#include "master/master_listen.h"
#include "master/master_notify.h"
#include "master/master_pool.h"
#include "master/master_reload.h"
#include "master/master_replace.h"

enum {
	SLOW_MS = 30000,
	/* For the second wave, where the first has taken all the time. */
	SECOND_MS = 500,
	/* By which the manager's patience outlasts ours: what is left then is
	 * killed, and reaped. */
	MARGIN_MS = 5000,
};

/*
 * Those who have the longest to finish, downloads above all, go first, and the
 * others answer until they are done: who asks DNS or the time by a datagram
 * does not wait for anybody's download, and nor do they need long.
 */
static const uint32_t first_wave =
    1U << ROLE_HTTP | 1U << ROLE_LAB | 1U << ROLE_CHAT;
static const uint32_t all_roles = (1U << ROLE_COUNT) - 1;

/* No way leads back from here. Our own copies of the sockets go first: a
 * client is then refused as soon as the worker has closed its copy, instead of
 * waiting in a queue that nobody will read. */
static void
leave(struct master *master)
{
	master->state = MASTER_STOPPING;
	master->deadline_ms = 0;
	master_reload_cancel(master);
	master_replace_cancel(master);
	master_admin_close(master);
	master_listen_close(&master->listeners);
	master_listen_close(&master->surplus);
}

static void
drain(struct master *master, uint32_t timeout_ms)
{
	log_notice("stopping: up to %u s to finish", timeout_ms / 1000);
	master_notify("STOPPING=1\nSTATUS=stopping\nEXTEND_TIMEOUT_USEC=%llu",
	    ((unsigned long long)timeout_ms + MARGIN_MS) * 1000);
	leave(master);
	master->stop_ms = master_now_ms() + timeout_ms;
	master_drain_stop(master, first_wave, timeout_ms);
	master_stop_go_on(master);
}

/* Whether one of ROLES has still to end. */
static bool
are_some_left(const struct master *master, uint32_t roles)
{
	const struct master_worker *worker = master->workers;

	while (worker != NULL && (roles & 1U << worker->role) == 0)
		worker = worker->next;
	return worker != NULL;
}

void
master_stop_go_on(struct master *master)
{
	uint64_t now_ms = master_now_ms(), left_ms = SECOND_MS;

	if (master->workers == NULL) {
		master->is_done = true;
		return;
	}
	if (master->stop_ms == 0 || are_some_left(master, first_wave))
		return;
	if (master->stop_ms > now_ms + SECOND_MS)
		left_ms = master->stop_ms - now_ms;
	master->stop_ms = 0;
	master_drain_stop(master, all_roles & ~first_wave, (uint32_t)left_ms);
}

void
master_stop_begin(struct master *master)
{
	drain(master, master->current == NULL
	                  ? master->stop_timeout_ms
	                  : master->current->settings->shutdown_timeout * 1000);
}

void
master_stop_begin_slowly(struct master *master)
{
	drain(master, SLOW_MS);
}

void
master_stop_now(struct master *master)
{
	if (master->state != MASTER_STOPPING) {
		master_notify("STOPPING=1\nSTATUS=stopping");
		leave(master);
	}
	master->stop_ms = 0;
	master_pool_kill(master, NULL);
	master_stop_go_on(master);
}
