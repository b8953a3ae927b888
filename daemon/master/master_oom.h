/*
 * master_oom.h — where memory is short, the kernel is to kill a worker, which
 * the master replaces, and not the master. Where the master has an
 * oom_score_adj below 0 (OOMScoreAdjust= of its unit), its children get 0.
 *
 * They inherit it: a child of a process that is not dumpable cannot write its
 * own, and while it were, others of the same user could trace it.
 */
#ifndef NETLAB_MASTER_MASTER_OOM_H
#define NETLAB_MASTER_MASTER_OOM_H

#include "master/master.h"

/* Finds out what the master has; to be called while it is dumpable. Where
 * there is no /proc, all of this does nothing. */
void master_oom_open(struct master *master);

/* Before and after a fork: who is killed meanwhile is anybody's guess, and no
 * right is needed for either. A failure is logged once; errno is left as it
 * was. */
void master_oom_expose(struct master *master);
void master_oom_protect(struct master *master);

#endif
