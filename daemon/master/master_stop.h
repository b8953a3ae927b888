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

/* A worker has gone: it may be another's turn, and with the last of them the
 * loop ends. */
void master_stop_go_on(struct master *master);

#endif
