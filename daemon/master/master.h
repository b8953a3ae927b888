/*
 * master.h — the master process: binds every port, drops its rights, forks and
 * minds the workers. It never reads a byte that a client sent.
 *
 * The rest of master/ works on one struct master and runs in the master
 * process, unless its header says otherwise.
 */
#ifndef NETLAB_MASTER_MASTER_H
#define NETLAB_MASTER_MASTER_H

#include "core/image.h"
#include "core/log.h"
#include "core/settings.h"
#include "core/stats.h"
#include "loader/loader.h"
#include "master/master_hang_judge.h"

#include <assert.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <unistd.h>

enum {
	MASTER_EXIT_USAGE = 2,
	MASTER_EXIT_CONFIG = 78, /* EX_CONFIG: a unit need not try again */
};

struct master_options {
	const char *file;   /* netlabd.conf, absolute */
	bool is_foreground; /* -f: do not detach, log to standard error */
	int handover;       /* --handover: this process was another program's
	                       (master_handover.h); -1: it was not */
};

/* Runs the daemon; returns the process's exit status: 0 after a stop that was
 * asked for, MASTER_EXIT_CONFIG, or 1. In the foreground it is called once per
 * process; detaching, it does not return in the shell's own process. */
int master_run(const struct master_options *options);

/* Whatever the master's epoll watches begins with one of these. */
enum master_source_kind {
	MASTER_SOURCE_SIGNAL,
	MASTER_SOURCE_TIMER,
	MASTER_SOURCE_LOADER,
	MASTER_SOURCE_CHECK,      /* what a program that is checked says */
	MASTER_SOURCE_ADMIN,      /* the listening admin socket */
	MASTER_SOURCE_ADMIN_PEER, /* one who asks there */
	MASTER_SOURCE_WORKER,     /* a worker's control socket */
};

struct master_source {
	int fd; /* -1: not in use */
	enum master_source_kind kind;
};

enum master_phase {
	MASTER_PHASE_STARTING, /* forked, not READY yet */
	MASTER_PHASE_READY,
	MASTER_PHASE_DRAINING, /* told to finish; nobody comes after it */
};

/* A worker process, until it is reaped. */
struct master_worker {
	struct master_source control;
	pid_t pid;
	enum role role;
	unsigned slot;
	struct master_generation *generation;
	unsigned counters; /* index of its stats slot; STATS_SLOT_MAX: none of
	                      ours (generation->is_former) */
	enum master_phase phase;
	uint64_t started_ms;
	uint64_t kill_at_ms; /* SIGKILL by then; 0: never */
	struct master_hang_record hang;
	struct master_worker *next;
};

/* The place of a worker in its role, held through crashes. */
struct master_slot {
	struct master_worker *worker;   /* NULL: none runs */
	unsigned failures;              /* deaths in a row */
	uint64_t respawn_at_ms;         /* when the next one is due; 0: none */
	struct master_worker *borrower; /* who serves its sockets meanwhile */
};

/* One configuration with its data and workers. */
struct master_generation {
	unsigned number;
	struct image image;
	const struct settings *settings; /* in IMAGE */
	struct loaded loaded; /* its image_fd belongs to IMAGE: -1 here */
	unsigned users;       /* processes that have not been reaped */
	struct master_slot slots[ROLE_COUNT][SETTINGS_WORKERS_MAX];
	bool is_former; /* of the program before: NUMBER and its workers are all
	                   that is known, SETTINGS is NULL (master_former.c) */
	bool is_kept[ROLE_COUNT]; /* while it comes up: these workers were the
	                             current one's (master_keep.c) */
	struct master_generation *next;
};

enum master_state {
	MASTER_STARTING,
	MASTER_RUNNING,
	MASTER_RELOADING,
	MASTER_REPLACING, /* the program that will take over is checked */
	MASTER_STOPPING,
};

/* How the last reload has ended. */
struct master_outcome {
	uint64_t at_ms; /* 0: there was none */
	bool is_done;
	char text[SETTINGS_PATH_MAX + 192];
};

enum {
	MASTER_STATE_COUNT = 5,
	MASTER_ADMIN_PEER_MAX = 16,
	MASTER_CHECK_TEXT_MAX = 16384, /* bytes; what it says behind them is
	                                  left out */
};

/* What is still to be said to the service manager of our sockets
 * (master_store.h). */
struct master_store {
	struct master_store_name *forgotten;
	uint64_t retry_ms; /* when to try again; 0: all is said */
	uint64_t delay_ms; /* between the last two tries */
	bool is_full;      /* the log has been told that they are too many */
};

/* What else the service manager waits for (master_watchdog.h). */
struct master_watchdog {
	uint64_t watchdog_ms; /* from one sign of life to the next; 0: none */
	uint64_t watchdog_at_ms;
	uint64_t extend_at_ms; /* while a loader works */
	uint64_t loader_ns;    /* of CPU that it had used by then */
};

/* Whom the kernel kills first (master_oom.h). */
struct master_oom {
	int fd;    /* our oom_score_adj; -1: it is nothing special */
	int score; /* what it is while we do not fork */
};

/* What takes its time, one at a time, and what an admin peer may wait for. */
enum master_work {
	MASTER_WORK_RELOAD,
	MASTER_WORK_UPGRADE,
};

enum { MASTER_WORK_COUNT = 2 };

/* Which of them it waits for. */
enum master_wait {
	MASTER_WAIT_NONE,
	MASTER_WAIT_NEXT,
	MASTER_WAIT_THIS,
};

enum { MASTER_WAIT_COUNT = 3 };

struct master_admin_peer {
	struct master_source source;
	enum master_work work;
	enum master_wait wait;
};

/* The program that is to take over, asked whether it could. */
struct master_check {
	struct master_source output;
	pid_t pid; /* 0: none runs */
	char text[MASTER_CHECK_TEXT_MAX];
	size_t len;
};

struct master {
	pid_t pid;
	enum master_state state;
	const struct master_options *options;
	int exit_status;
	bool is_done;
	uint64_t started_ms;

	int epoll;
	struct master_source signals, timer, loader, admin;
	struct master_admin_peer peers[MASTER_ADMIN_PEER_MAX];
	int pidfile;                          /* open and locked; -1: none */
	char pidfile_path[SETTINGS_PATH_MAX]; /* a reload may name another,
	                                         which only a start heeds */
	int detach; /* pipe to the shell's process; -1: none waits */

	struct stats_slot *counters; /* STATS_SLOT_MAX of them */
	struct shared *shared;       /* of all workers, for ever */
	bool counters_used[STATS_SLOT_MAX];
	unsigned counters_end; /* no slot from here on was ever used */
	unsigned restarts[ROLE_COUNT][SETTINGS_WORKERS_MAX]; /* of workers that
	                                                        had died */
	unsigned hangs[ROLE_COUNT][SETTINGS_WORKERS_MAX]; /* of these, ended by
	                                                     master_hang.c */
	struct master_generation *current, *upcoming;
	struct master_generation *generations; /* all whose workers live */
	struct master_worker *workers;
	struct master_listener *listeners; /* of CURRENT and UPCOMING */
	struct master_listener *surplus;   /* of a program before us, until all
	                                      are READY (master_surplus.h) */
	struct master_store store;
	struct master_watchdog watchdog;
	uint64_t looked_ms; /* when master_hang.c last looked at the workers */
	struct master_oom oom;

	struct loader_child loading; /* pid 0: no loader runs */
	struct report report;        /* of that loader */
	unsigned mistakes; /* told of since this start or reload began … */
	char mistake[SETTINGS_PATH_MAX + 160]; /* … and the first of them */
	bool is_pending[MASTER_WORK_COUNT];    /* asked for while one runs */
	uint64_t deadline_ms; /* of what the state waits for; 0: none */
	uint64_t stop_ms; /* while some are still to be told of a stop: when it
	                     is to be over */
	unsigned last_generation;
	struct master_outcome reloaded;
	/* What CURRENT does not serve, since it began with mistakes; "": all is
	 * served. */
	char broken[SETTINGS_PATH_MAX + 192];

	char program[PATH_MAX]; /* where ours lay as it started; "": unknown */
	struct master_check checking;
	bool has_taken_over;      /* from the program before, whose workers
	                             drain when ours are READY */
	uint32_t stop_timeout_ms; /* before there are settings */
};

/* Functions whose place is the master alone open with it. */
static inline void
master_assert(const struct master *master)
{
	assert(getpid() == master->pid);
}

/* The place of WORKER, which another worker may have by now. */
static inline struct master_slot *
master_slot_of(const struct master_worker *worker)
{
	return &worker->generation->slots[worker->role][worker->slot];
}

/* CLOCK_MONOTONIC in milliseconds. Any process. */
uint64_t master_now_ms(void);

/* The CPU time that process PID has used since its fork, in nanoseconds; 0: it
 * cannot be told. Any process. */
uint64_t master_cpu_ns(pid_t pid);

#endif
