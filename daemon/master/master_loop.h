/* master_loop.h — one epoll: source → handler. */
#ifndef NETLAB_MASTER_MASTER_LOOP_H
#define NETLAB_MASTER_MASTER_LOOP_H

#include "master/master.h"

/* Makes the epoll, the signal descriptor (every handled signal is blocked from
 * here on) and the timer. false: logged. */
bool master_loop_open(struct master *master)
    __attribute__((warn_unused_result));

/* Watches SOURCE for something to read; it must not move until it is
 * forgotten. false: errno. */
bool master_loop_watch(struct master *master, struct master_source *source)
    __attribute__((warn_unused_result));

/* Stops watching; the descriptor stays open. Harmless when not watched. */
void master_loop_forget(struct master *master, struct master_source *source);

/* Serves until MASTER->is_done. */
void master_loop_run(struct master *master);

#endif
