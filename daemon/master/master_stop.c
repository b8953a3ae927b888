/* master_stop.c — the way down. */
#include "master/master_stop.h"

#include "master/master_admin.h"
#include "master/master_listen.h"
#include "master/master_notify.h"
#include "master/master_pool.h"
#include "master/master_reload.h"

enum { SLOW_MS = 30000 };

/* No way leads back from here. Our own copies of the sockets go first: a
 * client is then refused as soon as the worker has closed its copy, instead of
 * waiting in a queue that nobody will read. */
static void
leave(struct master *master)
{
	master->state = MASTER_STOPPING;
	master->deadline_ms = 0;
	master_reload_cancel(master);
	master_admin_close(master);
	master_listen_close(&master->listeners);
}

static void
drain(struct master *master, uint32_t timeout_ms)
{
	log_notice("stopping: up to %u s to finish", timeout_ms / 1000);
	master_notify("STOPPING=1\nSTATUS=stopping");
	leave(master);
	master_pool_drain(master, NULL, CONTROL_STOP, timeout_ms, NULL);
	if (master->workers == NULL)
		master_stop_finish(master);
}

void
master_stop_begin(struct master *master)
{
	drain(master, master->current->settings->shutdown_timeout * 1000);
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
	master_pool_kill(master, NULL);
	if (master->workers == NULL)
		master_stop_finish(master);
}

void
master_stop_finish(struct master *master)
{
	master->is_done = true;
}
