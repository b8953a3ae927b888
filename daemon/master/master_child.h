/* master_child.h — from the master to a worker: the fork, and what the new
 * process sheds before it becomes one. */
#ifndef NETLAB_MASTER_MASTER_CHILD_H
#define NETLAB_MASTER_MASTER_CHILD_H

#include "master/master.h"

/* Forks WORKER, whose role, slot, generation and counters are set, and fills in
 * its pid and control socket. false: errno. Returns in the master only. */
bool master_child_fork(struct master *master, struct master_worker *worker)
    __attribute__((warn_unused_result));

#endif
