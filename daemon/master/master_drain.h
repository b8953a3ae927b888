/* master_drain.h — workers are told to finish, and are killed when they do not
 * in time (master_pool_tick). */
#ifndef NETLAB_MASTER_MASTER_DRAIN_H
#define NETLAB_MASTER_MASTER_DRAIN_H

#include "master/master.h"
#include "master/master_listen.h"

/* Sends DRAIN to every worker of GENERATION that has not had it, and has it
 * killed a second after TIMEOUT_MS. Sockets of its slot that RETIRED (may be
 * NULL) holds go away with it; those that are left there had no worker. */
void master_drain_generation(struct master *master,
    const struct master_generation *generation, uint32_t timeout_ms,
    struct master_listener **retired);

/* Sends STOP to every worker of ROLES, a bit for each, of any generation, and
 * has it killed a second after TIMEOUT_MS. */
void master_drain_stop(
    struct master *master, uint32_t roles, uint32_t timeout_ms);

#endif
