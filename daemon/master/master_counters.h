/* master_counters.h — what has been counted: walked through, and logged. */
#ifndef NETLAB_MASTER_MASTER_COUNTERS_H
#define NETLAB_MASTER_MASTER_COUNTERS_H

#include "master/master.h"

enum master_counters_kind {
	MASTER_COUNTERS_TOTAL,   /* received, sent, send_errors, connections */
	MASTER_COUNTERS_REFUSAL, /* of connections: worker/outcome.h */
	MASTER_COUNTERS_GUARD,   /* of datagrams: worker/outcome.h */
	MASTER_COUNTERS_OUTCOME, /* of datagrams and requests: the service's */
};

struct master_counters_walker {
	void (*tell)(void *context, enum master_counters_kind kind,
	    const char *name, uint64_t count);
	void *context;
};

/* Tells WALKER each counter of service SERVICE (index in the services table),
 * summed over all workers that there ever were, in the order above. */
void master_counters_walk(const struct master *master, unsigned service,
    const struct master_counters_walker *walker);

/* SIGUSR1: connects to the log anew and writes a line per role: for each of its
 * services what was received, sent, and how it ended; what is zero is left
 * out. The outcomes add up to what was received. */
void master_counters_log(struct master *master);

#endif
