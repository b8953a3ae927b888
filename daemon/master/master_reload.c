/* master_reload.c — from one generation to the next. */
#include "master/master_reload.h"

#include "master/master_admin.h"
#include "master/master_drain.h"
#include "master/master_generation.h"
#include "master/master_keep.h"
#include "master/master_limit.h"
#include "master/master_list.h"
#include "master/master_listen.h"
#include "master/master_load.h"
#include "master/master_loop.h"
#include "master/master_notify.h"
#include "master/master_pool.h"
#include "master/master_refusal.h"
#include "master/master_state.h"
#include "master/master_store.h"
#include "master/master_surplus.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
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
	if (is_error && master->mistakes++ == 0)
		snprintf(master->mistake, sizeof(master->mistake), "%s", line);
	master_admin_tell(master, line);
}

void
master_reload_sum_up(
    const struct master *master, const char *reason, char *out, size_t cap)
{
	if (master->mistakes == 0)
		snprintf(out, cap, "%s", reason);
	else if (master->mistakes == 1)
		snprintf(out, cap, "%s", master->mistake);
	else
		snprintf(out, cap, "%s (and %u more)", master->mistake,
		    master->mistakes - 1);
}

void
master_reload_begin(struct master *master)
{
	master_assert(master);
	master->is_pending[MASTER_WORK_RELOAD] = false;
	master->state = MASTER_RELOADING;
	master->report =
	    (struct report){.tell = master_reload_tell, .context = master};
	master->mistakes = 0;
	master_admin_begin(master, MASTER_WORK_RELOAD);
	log_info("reloading %s", master->options->file);
	master_notify_reloading("reloading");
	if (!master_load_begin(master, &master->current->image)) {
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

__attribute__((format(printf, 3, 4))) static void
keep_outcome(struct master *master, bool is_done, const char *format, ...)
{
	va_list args;

	master->reloaded.at_ms = master_now_ms();
	master->reloaded.is_done = is_done;
	va_start(args, format);
	vsnprintf(
	    master->reloaded.text, sizeof(master->reloaded.text), format, args);
	va_end(args);
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
	char line[128], sum[sizeof(master->mistake) + 32];
	unsigned number = master->current->number;

	if (master->mistakes > 0)
		snprintf(line, sizeof(line),
		    "reload failed: %u mistake%s; generation %u goes on",
		    master->mistakes, master->mistakes == 1 ? "" : "s", number);
	else
		snprintf(line, sizeof(line),
		    "reload failed: %s; generation %u goes on", reason, number);
	master_reload_sum_up(master, reason, sum, sizeof(sum));
	keep_outcome(master, false, "reload failed: %s", sum);
	log_error("%s", line);
	master_admin_end(master, line, false);
	master_reload_cancel(master);
	master_notify("READY=1\nSTATUS=reload failed: %s; serving generation "
	              "%u, %u workers",
	    sum, number, master_pool_size(master->current));
	master_state_run(master);
}

void
master_reload_warn(struct master *master, const struct master_fixed *fixed,
    const struct settings *settings)
{
	static const char text[] = "%s: %s has changed: that needs a restart";
	char line[SETTINGS_PATH_MAX + 64];
	const struct {
		const char *name, *old, *new;
	} pairs[] = {
	    {"user", fixed->user, settings->user},
	    {"group", fixed->group, settings->group},
	    {"pidfile", fixed->pidfile, settings->pidfile},
	};

	master_assert(master);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (strcmp(pairs[i].old, pairs[i].new) != 0) {
			snprintf(line, sizeof(line), text, settings->file,
			    pairs[i].name);
			master_reload_tell(master, false, line);
		}
}

static void
warn_of_restart(struct master *master, const struct settings *old,
    const struct settings *new)
{
	const struct master_fixed fixed = {
	    .user = old->user,
	    .group = old->group,
	    .pidfile = old->pidfile,
	};

	master_reload_warn(master, &fixed, new);
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
		master_refusal_tell(
		    upcoming->settings, &error, master_reload_tell, master);
		master_generation_collect(master);
		master_reload_fail(master, "addresses are refused");
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
	master_reload_fail(master, "the loader died");
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

uint32_t
master_reload_drain_ms(const struct settings *settings)
{
	uint32_t seconds = settings->shutdown_timeout;

	return 1000 *
	       (seconds < DRAIN_MIN_SECONDS ? DRAIN_MIN_SECONDS : seconds);
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

	master_store_forget_all(master, retired);
	const struct settings *settings = master->current->settings;

	change_log(master, old->settings, settings);
	master_keep_commit(master);
	master_drain_generation(
	    master, old, master_reload_drain_ms(settings), &retired);
	/* Those of a slot whose worker has died. */
	master_surplus_hand_out(master, &retired);
	master_generation_collect(master);
	log_notice("reloaded: generation %u", master->current->number);
	master_admin_end(master, "reloaded", true);
	keep_outcome(master, true, "reloaded");
	master->broken[0] = '\0';
	master_notify("READY=1\nSTATUS=%u workers, generation %u; reloaded",
	    master_pool_size(master->current), master->current->number);
	master_state_run(master);
}
