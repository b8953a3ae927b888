/* master_hang.c — workers that hang are found, and ended. */
#include "master/master_hang.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>

/* 0: nobody is to be looked at. */
static uint64_t
limit_ms(const struct master *master)
{
	if (master->current == NULL)
		return 0;
	return (uint64_t)master->current->settings->worker_timeout * 1000;
}

/* From one look to the next. */
static uint64_t
interval_ms(const struct master *master)
{
	uint64_t interval = limit_ms(master) / MASTER_HANG_LOOKS;

	return interval < MASTER_HANG_LOOK_MAX_MS ? interval
	                                          : MASTER_HANG_LOOK_MAX_MS;
}

/* By a signal; its parent hears of that wherever it cannot see /proc. */
static bool
is_stopped(pid_t pid)
{
	siginfo_t info = {.si_pid = 0};

	return waitid(P_PID, (id_t)pid, &info, WSTOPPED | WNOHANG | WNOWAIT) ==
	           0 &&
	       info.si_pid == pid;
}

/* hidepid= of proc(5), as ProtectProc= of the package's unit sets it, hides the
 * worker from us, which is not dumpable. */
static enum master_hang_state
state_of(pid_t pid)
{
	char path[32], text[128];

	if (is_stopped(pid))
		return MASTER_HANG_STOPPED;
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len = fd == -1 ? 0 : read(fd, text, sizeof(text) - 1);

	if (fd != -1)
		close(fd);
	text[len > 0 ? len : 0] = '\0';
	return master_hang_judge_state(text);
}

static void
tell_held(
    const struct master_worker *worker, const struct master_hang_look *look)
{
	static const char *const why[] = {
	    [MASTER_HANG_UNKNOWN] = "there is too little CPU for it",
	    [MASTER_HANG_RUNS] = "there is too little CPU for it",
	    [MASTER_HANG_WAITS] = "it was held, and goes on only now",
	    [MASTER_HANG_STOPPED] = "it is stopped, by a signal or a debugger",
	    [MASTER_HANG_DISK] = "it waits for a disk or a file server",
	};

	log_warn("%s worker %u (pid %d) gets nowhere, and what the kernel has "
	         "for it waits: %s",
	    settings_role_name(worker->role), worker->slot, (int)worker->pid,
	    why[look->state]);
}

/* The signal that says "here", to whoever debugs it, before the one that
 * nothing withstands (master_pool_tick). */
static void
end(struct master *master, struct master_worker *worker, uint64_t now_ms)
{
	const struct master_hang_record *hang = &worker->hang;
	uint64_t kill_at_ms = now_ms + MASTER_HANG_GRACE_MS;
	bool is_loop = hang->burnt_ms >= hang->own_ms / 2;

	log_error("%s worker %u (pid %d) hangs: at work on one thing for "
	          "%" PRIu64 ".%03u s, with %" PRIu64 ".%03u s of CPU, %s; "
	          "ended by SIGABRT",
	    settings_role_name(worker->role), worker->slot, (int)worker->pid,
	    hang->own_ms / 1000, (unsigned)(hang->own_ms % 1000),
	    hang->burnt_ms / 1000, (unsigned)(hang->burnt_ms % 1000),
	    is_loop ? "so it is in a loop without an end"
	            : "so it is in a call that does not return");
	master->hangs[worker->role][worker->slot]++;
	kill(worker->pid, SIGABRT);
	if (worker->kill_at_ms == 0 || worker->kill_at_ms > kill_at_ms)
		worker->kill_at_ms = kill_at_ms;
}

static void
look_at(struct master *master, struct master_worker *worker, uint64_t now_ms,
    uint64_t passed_ms)
{
	const struct stats_slot *counters = &master->counters[worker->counters];
	struct master_hang_look look = {
	    .turn = atomic_load_explicit(&counters->turn, memory_order_relaxed),
	    .state = MASTER_HANG_UNKNOWN,
	    .passed_ms = passed_ms,
	};

	/* Only one that may hang is worth the calls. */
	if (look.turn % 2 == 1) {
		look.cpu_ms = master_cpu_ns(worker->pid) / 1000000;
		look.state = state_of(worker->pid);
	}
	switch (master_hang_judge(&worker->hang, &look, limit_ms(master))) {
	case MASTER_HANG_WELL:
		break;
	case MASTER_HANG_HELD:
		tell_held(worker, &look);
		break;
	case MASTER_HANG_HANGS:
		end(master, worker, now_ms);
		break;
	}
}

uint64_t
master_hang_next_ms(const struct master *master)
{
	return limit_ms(master) == 0 ? UINT64_MAX
	                             : master->looked_ms + interval_ms(master);
}

void
master_hang_tick(struct master *master, uint64_t now_ms)
{
	uint64_t passed_ms = interval_ms(master);

	master_assert(master);
	/* However late we are: judge() is told of no more than one interval. */
	if (master_hang_next_ms(master) > now_ms)
		return;
	master->looked_ms = now_ms;
	for (struct master_worker *worker = master->workers; worker != NULL;
	     worker = worker->next)
		if (worker->counters < STATS_SLOT_MAX)
			look_at(master, worker, now_ms, passed_ms);
}
