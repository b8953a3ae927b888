/* worker.h — one worker process. */
#ifndef NETLAB_WORKER_WORKER_H
#define NETLAB_WORKER_WORKER_H

#include "core/heritage.h"

/*
 * Runs as the worker that HERITAGE describes, in a process that the master has
 * just forked: rights already dropped, signal mask already empty. Starts the
 * role's services, says CONTROL_READY, serves until told to drain, and exits: 0
 * after a drain or when the master is gone, 1 when it cannot start. Borrows
 * HERITAGE.
 */
_Noreturn void worker_run(const struct heritage *heritage);

#endif
