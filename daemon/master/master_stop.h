/* master_stop.h — the way down. */
#ifndef NETLAB_MASTER_MASTER_STOP_H
#define NETLAB_MASTER_MASTER_STOP_H

#include "master/master.h"

/* Asks all workers to finish within the configured shutdown_timeout, or within
 * half a minute. */
void master_stop_begin(struct master *master);
void master_stop_begin_slowly(struct master *master);

/* Kills what is left. */
void master_stop_now(struct master *master);

/* Nothing is left: the loop may end. */
void master_stop_finish(struct master *master);

#endif
