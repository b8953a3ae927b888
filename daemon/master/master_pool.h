/* master_pool.h — the workers: forked, minded, told to go. */
#ifndef NETLAB_MASTER_MASTER_POOL_H
#define NETLAB_MASTER_MASTER_POOL_H

#include "core/control.h"
#include "master/master.h"
#include "master/master_listen.h"

/* Forks every worker of GENERATION. false: logged; those that were forked
 * run. */
bool master_pool_fork(struct master *master,
    struct master_generation *generation) __attribute__((warn_unused_result));

/* Forks what is due and kills what is overdue. */
void master_pool_tick(struct master *master, uint64_t now_ms);

/* When the next master_pool_tick has something to do; UINT64_MAX: never. */
uint64_t master_pool_next_ms(const struct master *master);

/* A handler: WORKER's control socket is readable. */
void master_pool_receive(struct master *master, struct master_source *source);

/* A worker, or something else of ours, has been reaped. */
void master_pool_reaped(struct master *master, pid_t pid, int status);

/* How many workers the generation's roles have, and whether all are READY. */
unsigned master_pool_size(const struct master_generation *generation);
bool master_pool_is_ready(const struct master_generation *generation);

/* Sends KIND (DRAIN or STOP) to every worker of GENERATION (NULL: of all) that
 * has not had it, and has it killed a second after TIMEOUT_MS. Sockets of its
 * slot that RETIRED holds go away with it. */
void master_pool_drain(struct master *master,
    const struct master_generation *generation, enum control_kind kind,
    uint32_t timeout_ms, struct master_listener **retired);

/* SIGKILL to every worker of GENERATION (NULL: of all). */
void master_pool_kill(
    struct master *master, const struct master_generation *generation);

#endif
