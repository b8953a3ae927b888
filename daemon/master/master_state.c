/* master_state.c — what may happen, and what it means in each state. */
#include "master/master_state.h"

#include "master/master_detach.h"
#include "master/master_former.h"
#include "master/master_notify.h"
#include "master/master_pool.h"
#include "master/master_reload.h"
#include "master/master_replace.h"
#include "master/master_stop.h"
#include "master/master_store.h"
#include "master/master_surplus.h"

/* What is broken, such as a zone, does not keep the rest from being served. */
static void
tell_manager(struct master *master)
{
	master_reload_sum_up(
	    master, "", master->broken, sizeof(master->broken));
	master_notify("READY=1\nSTATUS=%u workers, generation %u%s%s",
	    master_pool_size(master->current), master->current->number,
	    master->broken[0] == '\0' ? "" : "; broken: ", master->broken);
}

static void
started(struct master *master)
{
	unsigned size = master_pool_size(master->current);

	master->state = MASTER_RUNNING;
	log_notice("ready: %u workers, pid %d", size, (int)master->pid);
	master_detach_finish(master);
	tell_manager(master);
	master_surplus_hand_out(master, &master->surplus);
	master_store_update(master);
	master_former_drain(master);
	master_state_run(master);
}

static void
start_failed(struct master *master)
{
	log_error("the workers do not come up: the start has failed");
	master->exit_status = 1;
	master_stop_now(master);
}

static void
remember_reload(struct master *master)
{
	master->is_pending[MASTER_WORK_RELOAD] = true;
}

static void
remember_upgrade(struct master *master)
{
	master->is_pending[MASTER_WORK_UPGRADE] = true;
}

/* A death among the old workers while new ones come up is nothing special;
 * master_pool has replaced it. So is a respawned worker that makes the running
 * generation whole again. */
static void
upcoming_ready(struct master *master)
{
	if (master->upcoming != NULL && master_pool_is_ready(master->upcoming))
		master_reload_commit(master);
}

static void
upcoming_failed(struct master *master)
{
	master_reload_fail(master, "a new worker does not come up");
}

static void
upcoming_late(struct master *master)
{
	master_reload_fail(master, "the new workers are not ready in time");
}

static void
check_late(struct master *master)
{
	master_replace_fail(master, "the program does not answer in time");
}

static void (*const table[MASTER_STATE_COUNT][MASTER_EVENT_COUNT])(
    struct master *) = {
    [MASTER_STARTING] =
        {
            [MASTER_EVENT_WORKERS_READY] = started,
            [MASTER_EVENT_WORKER_FAILED] = start_failed,
            [MASTER_EVENT_LATE] = start_failed,
            [MASTER_EVENT_RELOAD] = remember_reload,
            [MASTER_EVENT_UPGRADE] = remember_upgrade,
            [MASTER_EVENT_STOP] = master_stop_begin,
            [MASTER_EVENT_QUIT] = master_stop_begin_slowly,
        },
    [MASTER_RUNNING] =
        {
            [MASTER_EVENT_RELOAD] = master_reload_begin,
            [MASTER_EVENT_UPGRADE] = master_replace_begin,
            [MASTER_EVENT_STOP] = master_stop_begin,
            [MASTER_EVENT_QUIT] = master_stop_begin_slowly,
        },
    [MASTER_RELOADING] =
        {
            [MASTER_EVENT_WORKERS_READY] = upcoming_ready,
            [MASTER_EVENT_WORKER_FAILED] = upcoming_failed,
            [MASTER_EVENT_LATE] = upcoming_late,
            [MASTER_EVENT_RELOAD] = remember_reload,
            [MASTER_EVENT_UPGRADE] = remember_upgrade,
            [MASTER_EVENT_STOP] = master_stop_begin,
            [MASTER_EVENT_QUIT] = master_stop_begin_slowly,
        },
    [MASTER_REPLACING] =
        {
            [MASTER_EVENT_LATE] = check_late,
            [MASTER_EVENT_RELOAD] = remember_reload,
            [MASTER_EVENT_UPGRADE] = remember_upgrade,
            [MASTER_EVENT_STOP] = master_stop_begin,
            [MASTER_EVENT_QUIT] = master_stop_begin_slowly,
        },
    [MASTER_STOPPING] =
        {
            [MASTER_EVENT_STOP] = master_stop_now,
            [MASTER_EVENT_QUIT] = NULL,
            [MASTER_EVENT_REAPED] = master_stop_go_on,
        },
};

void
master_state_event(struct master *master, enum master_event event)
{
	master_assert(master);
	void (*act)(struct master *) = table[master->state][event];

	if (act != NULL)
		act(master);
}

void
master_state_run(struct master *master)
{
	master_assert(master);
	master->state = MASTER_RUNNING;
	master->deadline_ms = 0;
	if (master->is_pending[MASTER_WORK_RELOAD])
		master_reload_begin(master);
	else if (master->is_pending[MASTER_WORK_UPGRADE])
		master_replace_begin(master);
}

bool
master_state_is_rising(
    const struct master *master, const struct master_generation *generation)
{
	return master->state == MASTER_STARTING ||
	       generation == master->upcoming;
}
