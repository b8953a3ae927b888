/* master_state.h — what may happen, and what it means in each state. */
#ifndef NETLAB_MASTER_MASTER_STATE_H
#define NETLAB_MASTER_MASTER_STATE_H

#include "master/master.h"

enum master_event {
	MASTER_EVENT_WORKERS_READY, /* all of a generation */
	MASTER_EVENT_WORKER_FAILED, /* died too often, or cannot be forked,
	                               while its generation comes up */
	MASTER_EVENT_LATE,          /* what the state waits for has not come */
	MASTER_EVENT_RELOAD,        /* asked for by HUP or an admin peer */
	MASTER_EVENT_UPGRADE,       /* asked for by USR2 or an admin peer */
	MASTER_EVENT_STOP,
	MASTER_EVENT_QUIT,   /* stop, with a long drain */
	MASTER_EVENT_REAPED, /* a worker has gone, for whatever reason */
};

enum { MASTER_EVENT_COUNT = 8 };

/* Does what EVENT means in MASTER's state. */
void master_state_event(struct master *master, enum master_event event);

/* RUNNING, and on to what was asked for meanwhile. */
void master_state_run(struct master *master);

/* Whether GENERATION is the one that comes up, at start or by a reload. */
bool master_state_is_rising(
    const struct master *master, const struct master_generation *generation);

#endif
