/* master.c — the master's life: up by a list of steps, down by the reverse. */
#include "master/master.h"

#include "core/title.h"
#include "master/master_admin.h"
#include "master/master_adopt.h"
#include "master/master_detach.h"
#include "master/master_drop.h"
#include "master/master_former.h"
#include "master/master_generation.h"
#include "master/master_limit.h"
#include "master/master_list.h"
#include "master/master_listen.h"
#include "master/master_load.h"
#include "master/master_loop.h"
#include "master/master_notify.h"
#include "master/master_oom.h"
#include "master/master_pidfile.h"
#include "master/master_pool.h"
#include "master/master_refusal.h"
#include "master/master_reload.h"
#include "master/master_replace.h"
#include "master/master_signal.h"
#include "master/master_surplus.h"
#include "master/master_watchdog.h"
#include "service.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <syslog.h>
#include <time.h>

enum {
	/* An address that is in use may belong to a daemon that is about to
	 * go: a restart must not fail for that. */
	BIND_TRIES = 6,
	BIND_PAUSE_MS = 500,
	/* All workers READY, from the first fork. */
	START_TIMEOUT_MS = 30000,
};

uint64_t
master_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t
master_cpu_ns(pid_t pid)
{
	struct timespec used;
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) != 0 ||
	    clock_gettime(clock, &used) == -1)
		return 0;
	return (uint64_t)used.tv_sec * 1000000000 + (uint64_t)used.tv_nsec;
}

static void
init(struct master *master, const struct master_options *options)
{
	*master = (struct master){
	    .pid = getpid(),
	    .options = options,
	    .started_ms = master_now_ms(),
	    .epoll = -1,
	    .signals.fd = -1,
	    .timer.fd = -1,
	    .loader.fd = -1,
	    .admin = {.fd = -1, .kind = MASTER_SOURCE_ADMIN},
	    .pidfile = -1,
	    .detach = -1,
	    .oom.fd = -1,
	    .loading.fd = -1,
	    .checking.output.fd = -1,
	    .report = {.tell = master_reload_tell, .context = master},
	};
	for (size_t i = 0; i < MASTER_ADMIN_PEER_MAX; i++)
		master->peers[i].source = (struct master_source){
		    .fd = -1, .kind = MASTER_SOURCE_ADMIN_PEER};
}

/* The loader's outcome, waited for; a stop that is asked for meanwhile ends it
 * without one. */
static enum loader_state
wait_for_loader(struct master *master, struct loaded *loaded)
{
	enum loader_state state = LOADER_BUSY;
	pid_t pid = master->loading.pid;

	while (state == LOADER_BUSY) {
		uint64_t now_ms = master_now_ms();

		master_watchdog_tick(master, now_ms);
		if (!master_signal_wait(master, master->loading.fd,
		        (int)(master_watchdog_next_ms(master) - now_ms))) {
			log_notice("told to stop while loading");
			master->is_done = true;
			kill(pid, SIGKILL);
			close(master->loading.fd);
			state = LOADER_FAILED;
			break;
		}
		state =
		    loader_collect(&master->loading, &master->report, loaded);
	}
	while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
		continue;
	master->loading = (struct loader_child){.fd = -1};
	return state;
}

/* Step: configuration and data. What is broken is logged, and served as such.
 */
static bool
load(struct master *master)
{
	const char *file = master->options->file;
	struct loaded loaded;

	if (!master_load_begin(master, NULL)) {
		log_error("the loader cannot be started: %s", strerror(errno));
		return false;
	}
	if (wait_for_loader(master, &loaded) != LOADER_DONE) {
		if (master->report.errors > 0)
			master->exit_status = MASTER_EXIT_CONFIG;
		return false;
	}
	master->current = master_generation_new(master, &loaded);
	if (master->current == NULL)
		return false;
	master->last_generation = master->current->number;
	if (master_pool_size(master->current) > 0)
		return true;
	log_error(
	    "%s: nothing to serve: no service has a listen address", file);
	master->exit_status = MASTER_EXIT_CONFIG;
	return false;
}

/* No socket for some addresses, and waiting is of no use: all are told. */
static void
refuse(struct master *master, const struct master_listen_error *error)
{
	master_refusal_tell(master->current->settings, error,
	    master->report.tell, master->report.context);
	master->exit_status = master_refusal_exit_status(error);
}

/* Step: every socket. */
static bool
bind_all(struct master *master, struct master_adopted *adopted)
{
	const struct settings *settings = master->current->settings;
	char brief[SETTINGS_PATH_MAX + 160];
	struct master_listen_error error;

	for (int tries = 1;
	     !master_listen_open(master, settings, adopted, &error); tries++) {
		if (tries == BIND_TRIES || !master_refusal_may_pass(&error)) {
			refuse(master, &error);
			return false;
		}
		master_refusal_brief(settings, &error, brief, sizeof(brief));
		if (tries == 1)
			log_warn("%s; trying again", brief);
		if (!master_signal_wait(master, -1, BIND_PAUSE_MS)) {
			master->is_done = true;
			return false;
		}
	}
	master_list_log(master);
	/* There are none before the first generation. */
	struct master_listener *retired = master_listen_commit(master);

	master_listen_close(&retired);
	master_surplus_take(master, master->current->settings, adopted);
	return true;
}

/* Steps that need what root, or whoever started us, may do. */
static bool
prepare(struct master *master, struct master_adopted *adopted)
{
	const struct settings *settings = master->current->settings;
	struct master_identity identity;

	if (!master_drop_look_up(settings, &identity)) {
		master->exit_status = MASTER_EXIT_CONFIG;
		return false;
	}
	master_limit_raise(settings);
	/* A program that has taken over has what the one before it had. */
	if (!master->has_taken_over &&
	    !master_pidfile_open(
	        master, settings->pidfile, identity.uid, identity.gid))
		return false;
	if (!bind_all(master, adopted))
		return false;
	if (identity.is_root)
		master_listen_chown(master, identity.uid);
	if (master->admin.fd == -1)
		master_admin_open(
		    master, identity.is_root ? identity.uid : (uid_t)-1);
	return master_drop(&identity, settings);
}

/* Step: what the processes share, before the first of them. */
static bool
map_shared(struct master *master)
{
	size_t sizes[STATS_SERVICE_MAX] = {0};

	for (unsigned i = 0; i < services_count; i++)
		sizes[i] = services[i]->shared_size;
	master->counters = stats_map(STATS_SLOT_MAX);
	master->shared = shared_map(sizes);
	if (master->counters != NULL && master->shared != NULL)
		return true;
	log_error("no memory to share: %s", strerror(errno));
	return false;
}

/* Step: the workers; the loop sees them become READY. */
static bool
raise_workers(struct master *master)
{
	master->deadline_ms = master_now_ms() + START_TIMEOUT_MS;
	return master_pool_fork(master, master->current);
}

static void
open_log(const struct master *master)
{
	const struct settings *settings = master->current->settings;

	enum log_target target = LOG_TARGET_STDERR;

	if (!master->options->is_foreground)
		target = master->has_taken_over ? LOG_TARGET_SYSLOG
		                                : LOG_TARGET_BOTH;
	log_open(target, settings->log_facility, settings->log_level);
}

static bool
start(struct master *master, struct master_adopted *adopted,
    const struct master_handover *handover)
{
	master_replace_find_program(master);
	if (!master_loop_open(master))
		return false;
	if (handover->pid != 0)
		master_former_take(master, handover, adopted);
	if (!load(master))
		return false;
	open_log(master);
	if (master->has_taken_over)
		master_former_warn(master, handover);
	return prepare(master, adopted) && map_shared(master) &&
	       raise_workers(master);
}

/* The manager shows it where the log's lines are not at hand. */
static void
tell_manager(const struct master *master)
{
	char why[sizeof(master->mistake) + 32];

	master_reload_sum_up(master, "see its log", why, sizeof(why));
	master_notify("STATUS=not started: %s", why);
}

/* Down again, from wherever the start has come to. */
static void
finish(struct master *master)
{
	master_pool_kill(master, NULL);
	master_admin_close(master);
	master_pidfile_close(master);
	master_listen_close(&master->listeners);
	master_listen_close(&master->surplus);
	if (master->exit_status == 0)
		log_notice("stopped");
	master_detach_fail(master, master->exit_status);
}

/* Detached, where that is wanted and has not been done: DETACH is the pipe to
 * whoever waits. A process that was another program's is where that was, and
 * knows by HANDOVER what it has. */
static bool
settle(const struct master_options *options,
    const struct master_adopted *adopted, struct master_handover *handover,
    int *detach)
{
	if (options->handover != -1) {
		if (!options->is_foreground)
			log_open(LOG_TARGET_SYSLOG, LOG_DAEMON, LOG_INFO);
		return master_former_read(options, handover);
	}
	if (options->is_foreground)
		return true;
	/* What else the shell had open must not be held for ever. */
	close_range(3 + (unsigned)adopted->count, ~0U, 0);
	*detach = master_detach_begin();
	if (*detach == -1)
		return false;
	log_open(LOG_TARGET_BOTH, LOG_DAEMON, LOG_INFO);
	return true;
}

int
master_run(const struct master_options *options)
{
	/* Too large for a stack, and one per process. */
	static struct master master;
	static struct master_adopted adopted;
	struct master_handover handover = master_handover_empty();
	int detach = -1;

	master_adopt_read(&adopted);
	if (!settle(options, &adopted, &handover, &detach))
		return 1;
	master_notify_open();
	init(&master, options);
	master_watchdog_begin(&master);
	master_oom_open(&master);
	master.detach = detach;
	title_set("netlabd: master");
	bool is_started = start(&master, &adopted, &handover);

	master_handover_release(&handover);
	if (is_started || master_former_is_left(&master, &adopted))
		master_loop_run(&master);
	else if (!master.is_done) {
		if (master.exit_status == 0)
			master.exit_status = 1;
		tell_manager(&master);
	}
	finish(&master);
	return master.exit_status;
}
