/* master_counters.h — SIGUSR1: fresh logs, and what has been counted. */
#ifndef NETLAB_MASTER_MASTER_COUNTERS_H
#define NETLAB_MASTER_MASTER_COUNTERS_H

#include "master/master.h"

/* Connects to the log anew and writes a line per role: for each of its
 * services what was received, sent, and how it ended; what is zero is left
 * out. The outcomes add up to what was received. */
void master_counters_log(struct master *master);

#endif
