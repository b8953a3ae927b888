/* master_exec.h — the moment in which the next program takes over. */
#ifndef NETLAB_MASTER_MASTER_EXEC_H
#define NETLAB_MASTER_MASTER_EXEC_H

#include "master/master.h"

/* Returns a sealed memory file with all that is to be handed over
 * (master_handover.h), which the caller owns; -1: errno. */
int master_exec_write(const struct master *master)
    __attribute__((warn_unused_result));

/* Executes MASTER's program in this process. Returns where that fails: errno;
 * all is as before then. */
void master_exec(struct master *master);

#endif
