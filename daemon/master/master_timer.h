/* master_timer.h — the one timer: respawns, drains that last too long, looks at
 * whether workers hang, the end of patience with a generation that does not
 * come up, and what the service manager is told from time to time. */
#ifndef NETLAB_MASTER_MASTER_TIMER_H
#define NETLAB_MASTER_MASTER_TIMER_H

#include "master/master.h"

/* Makes MASTER's timer. false: errno. */
bool master_timer_open(struct master *master)
    __attribute__((warn_unused_result));

/* Sets it to the next thing that is due. */
void master_timer_set(struct master *master);

/* A handler: does what is due. */
void master_timer_expired(struct master *master, struct master_source *source);

#endif
