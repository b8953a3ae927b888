/* master_reap.c — a worker has died: told, and replaced. */
#include "master/master_reap.h"

#include "master/master_backoff.h"
#include "master/master_generation.h"
#include "master/master_lend.h"
#include "master/master_loop.h"
#include "master/master_pool.h"
#include "master/master_replace.h"
#include "master/master_state.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum {
	/* A worker that dies before it was READY gets one more chance while
	 * the daemon, or a generation, comes up. */
	EARLY_DEATH_MAX = 2,
};

static struct master_worker *
take(struct master *master, pid_t pid)
{
	struct master_worker **place = &master->workers, *worker;

	while (*place != NULL && (*place)->pid != pid)
		place = &(*place)->next;
	worker = *place;
	if (worker != NULL)
		*place = worker->next;
	return worker;
}

/* One line for each death, and as loud as it is unexpected. */
static void
log_death(const struct master_worker *worker, int status)
{
	const char *early = worker->phase == MASTER_PHASE_STARTING
	                        ? ", before it was ready"
	                        : "";
	uint64_t uptime_ms = master_now_ms() - worker->started_ms;
	char how[64], line[160];

	if (WIFSIGNALED(status))
		snprintf(how, sizeof(how), "was ended by signal %d (SIG%s)",
		    WTERMSIG(status), sigabbrev_np(WTERMSIG(status)));
	else
		snprintf(how, sizeof(how), "exited with status %d",
		    WEXITSTATUS(status));
	snprintf(line, sizeof(line),
	    "%s worker %u (pid %d) %s after %llu.%03llu s%s",
	    settings_role_name(worker->role), worker->slot, (int)worker->pid,
	    how, (unsigned long long)(uptime_ms / 1000),
	    (unsigned long long)(uptime_ms % 1000), early);
	if (worker->phase != MASTER_PHASE_DRAINING &&
	    !worker->generation->is_former)
		log_error("%s", line);
	else if (status != 0)
		log_warn("%s", line);
	else
		log_debug("%s", line);
}

/* What a death means for the slot, when nobody had asked for it. */
static void
replace(struct master *master, const struct master_worker *worker, int status)
{
	struct master_generation *generation = worker->generation;
	struct master_slot *slot = master_slot_of(worker);
	bool was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	uint32_t delay = master_backoff_delay_ms(
	    &slot->failures, master_now_ms() - worker->started_ms, was_killed);

	if (worker->phase == MASTER_PHASE_STARTING &&
	    master_state_is_rising(master, generation) &&
	    slot->failures >= EARLY_DEATH_MAX) {
		master_state_event(master, MASTER_EVENT_WORKER_FAILED);
		return;
	}
	if (delay > 0)
		log_warn("%s worker %u: the next one in %u ms",
		    settings_role_name(worker->role), worker->slot, delay);
	master_pool_fill(master, generation, worker->role, worker->slot, delay);
}

static void
release(struct master *master, struct master_worker *worker)
{
	struct master_generation *generation = worker->generation;

	if (worker->control.fd != -1) {
		master_loop_forget(master, &worker->control);
		close(worker->control.fd);
	}
	if (worker->counters < STATS_SLOT_MAX)
		master->counters_used[worker->counters] = false;
	free(worker);
	generation->users--;
	master_generation_collect(master);
}

void
master_reap_one(struct master *master, pid_t pid, int status)
{
	master_assert(master);
	struct master_worker *worker = take(master, pid);

	if (worker == NULL) {
		master_replace_reaped(master, pid, status);
		return;
	}
	struct master_slot *slot = master_slot_of(worker);

	log_death(worker, status);
	if (slot->worker == worker)
		slot->worker = NULL;
	master_lend_borrower_gone(master, worker);
	if (worker->phase != MASTER_PHASE_DRAINING &&
	    !worker->generation->is_former && master->state != MASTER_STOPPING)
		replace(master, worker, status);
	release(master, worker);
	master_state_event(master, MASTER_EVENT_REAPED);
}
