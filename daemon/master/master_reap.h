/* master_reap.h — a worker has died: told, and replaced. */
#ifndef NETLAB_MASTER_MASTER_REAP_H
#define NETLAB_MASTER_MASTER_REAP_H

#include "master/master.h"

/* PID has been reaped with STATUS; one that is no worker is none of our
 * business. */
void master_reap_one(struct master *master, pid_t pid, int status);

#endif
