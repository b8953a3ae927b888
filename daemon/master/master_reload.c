/* master_reload.c — from one generation to the next. */
#include "master/master_reload.h"

#include "master/master_admin.h"
#include "master/master_generation.h"
#include "master/master_keep.h"
#include "master/master_limit.h"
#include "master/master_list.h"
#include "master/master_listen.h"
#include "master/master_loop.h"
#include "master/master_notify.h"
#include "master/master_pool.h"
#include "master/master_state.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum {
	/* For all new workers to become READY: they read no files but those
	 * that are open, so it is a matter of milliseconds, or of a machine
	 * that swaps. */
	READY_TIMEOUT_MS = 20000,
	/* For a retired generation's answers to be read: nobody waits for it
	 * to end, so a slow download need not be cut as early as at a stop. */
	DRAIN_MIN_SECONDS = 30,
};

void
master_reload_tell(void *context, bool is_error, const char *line)
{
	struct master *master = context;

	if (is_error)
		log_error("%s", line);
	else
		log_warn("%s", line);
	master_admin_tell(master, line);
}

void
master_reload_begin(struct master *master)
{
	master_assert(master);
	master->is_reload_pending = false;
	master->state = MASTER_RELOADING;
	master->report =
	    (struct report){.tell = master_reload_tell, .context = master};
	master_admin_begin(master);
	log_info("reloading %s", master->options->file);
	master_notify_reloading();
	if (!loader_start(master->options->file, &master->current->image,
	        &master->loading)) {
		log_error("the loader cannot be started: %s", strerror(errno));
		master_reload_fail(master, "no loader");
		return;
	}
	master->loader = (struct master_source){
	    .fd = master->loading.fd,
	    .kind = MASTER_SOURCE_LOADER,
	};
	if (!master_loop_watch(master, &master->loader))
		master_reload_fail(master, strerror(errno));
}

/* Back to RUNNING, and on to the next reload when one was asked for. */
static void
end(struct master *master, bool is_done, const char *outcome)
{
	master->reloaded.at_ms = master_now_ms();
	master->reloaded.is_done = is_done;
	snprintf(master->reloaded.text, sizeof(master->reloaded.text), "%s",
	    outcome);
	master->deadline_ms = 0;
	master->state = MASTER_RUNNING;
	master_notify("READY=1\nSTATUS=%u workers, generation %u; %s",
	    master_pool_size(master->current), master->current->number,
	    outcome);
	if (master->is_reload_pending)
		master_reload_begin(master);
}

void
master_reload_cancel(struct master *master)
{
	struct master_generation *upcoming = master->upcoming;

	if (master->loading.pid != 0) {
		kill(master->loading.pid, SIGKILL);
		master_loop_forget(master, &master->loader);
		close(master->loading.fd);
		master->loading = (struct loader_child){.fd = -1};
		master->loader.fd = -1;
	}
	if (upcoming == NULL)
		return;
	master_keep_undo(master);
	/* They have had no request that is not also an old worker's. */
	master_pool_kill(master, upcoming);
	master->upcoming = NULL;
	master_listen_abandon(master);
	master_generation_collect(master);
}

void
master_reload_fail(struct master *master, const char *reason)
{
	master_assert(master);
	char line[sizeof(master->reloaded.text)];

	snprintf(line, sizeof(line), "reload failed: %s", reason);
	log_error("%s", line);
	master_admin_end(master, line, false);
	master_reload_cancel(master);
	end(master, false, line);
}

/* What only a start can change. */
static void
warn_of_restart(struct master *master, const struct settings *old,
    const struct settings *new)
{
	static const char text[] = "%s: %s has changed: that needs a restart";
	char line[SETTINGS_PATH_MAX + 64];
	const struct {
		const char *name, *old, *new;
	} fixed[] = {
	    {"user", old->user, new->user},
	    {"group", old->group, new->group},
	    {"pidfile", old->pidfile, new->pidfile},
	};

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (strcmp(fixed[i].old, fixed[i].new) != 0) {
			snprintf(
			    line, sizeof(line), text, new->file, fixed[i].name);
			master_reload_tell(master, false, line);
		}
}

/* The data is good: sockets and workers for it, beside the running ones. */
static void
raise_upcoming(struct master *master, struct loaded *loaded)
{
	struct master_generation *upcoming =
	    master_generation_new(master, loaded);
	struct master_listen_error error;

	if (upcoming == NULL) {
		master_reload_fail(master, "the new generation is of no use");
		return;
	}
	warn_of_restart(master, master->current->settings, upcoming->settings);
	master_limit_raise(upcoming->settings);
	if (!master_listen_open(master, upcoming->settings, NULL, &error)) {
		master_generation_collect(master);
		master_reload_fail(master, error.text);
		return;
	}
	master->upcoming = upcoming;
	master->deadline_ms = master_now_ms() + READY_TIMEOUT_MS;
	master_keep_begin(master);
	if (!master_pool_fork(master, upcoming))
		master_state_event(master, MASTER_EVENT_WORKER_FAILED);
	else if (master_pool_is_ready(upcoming))
		master_state_event(master, MASTER_EVENT_WORKERS_READY);
}

void
master_reload_collect(struct master *master, struct master_source *source)
{
	struct loaded loaded;
	char reason[80];

	master_assert(master);
	if (source->fd == -1)
		return;
	/* The descriptor is closed by the call that returns a final state,
	 * which also takes it out of the epoll set. */
	enum loader_state state =
	    loader_collect(&master->loading, &master->report, &loaded);

	if (state == LOADER_BUSY)
		return;
	master->loading = (struct loader_child){.fd = -1};
	source->fd = -1;
	if (state == LOADER_DONE && master->report.broken == 0) {
		raise_upcoming(master, &loaded);
		return;
	}
	if (state == LOADER_DONE)
		loader_release(&loaded);
	unsigned mistakes = master->report.errors + master->report.broken;

	if (mistakes == 0)
		snprintf(reason, sizeof(reason), "the loader died");
	else
		snprintf(reason, sizeof(reason), "%u error%s", mistakes,
		    mistakes == 1 ? "" : "s");
	master_reload_fail(master, reason);
}

/* What the log is told from now on. */
static void
change_log(const struct master *master, const struct settings *old,
    const struct settings *new)
{
	if (!master->options->is_foreground &&
	    old->log_facility != new->log_facility)
		log_open(LOG_TARGET_SYSLOG, new->log_facility, new->log_level);
	else
		log_set_level(new->log_level);
}

void
master_reload_commit(struct master *master)
{
	struct master_generation *old = master->current;

	master_assert(master);
	master->current = master->upcoming;
	master->upcoming = NULL;
	master->last_generation = master->current->number;
	master_list_log(master);
	struct master_listener *retired = master_listen_commit(master);
	const struct settings *settings = master->current->settings;

	uint32_t drain_seconds = settings->shutdown_timeout;

	if (drain_seconds < DRAIN_MIN_SECONDS)
		drain_seconds = DRAIN_MIN_SECONDS;
	change_log(master, old->settings, settings);
	master_keep_commit(master);
	master_pool_drain(
	    master, old, CONTROL_DRAIN, drain_seconds * 1000, &retired);
	/* Those of a slot that had no worker just then. */
	master_listen_close(&retired);
	master_generation_collect(master);
	log_notice("reloaded: generation %u", master->current->number);
	master_admin_end(master, "reloaded", true);
	end(master, true, "reloaded");
}
