/* master_pool.h — the workers: forked, minded, killed. */
#ifndef NETLAB_MASTER_MASTER_POOL_H
#define NETLAB_MASTER_MASTER_POOL_H

#include "master/master.h"

/* Forks every worker of GENERATION that is not kept. false: logged; those that
 * were forked run. */
bool master_pool_fork(struct master *master,
    struct master_generation *generation) __attribute__((warn_unused_result));

/* Minds a worker of the program before, which is LIKE that, beside our own:
 * GENERATION (former) has no place for another one. false: no memory, and its
 * control socket is the caller's still. */
bool master_pool_take(struct master *master,
    struct master_generation *generation, const struct master_worker *like)
    __attribute__((warn_unused_result));

/* Forks what is due and kills what is overdue. */
void master_pool_tick(struct master *master, uint64_t now_ms);

/* When the next master_pool_tick has something to do; UINT64_MAX: never. */
uint64_t master_pool_next_ms(const struct master *master);

/* A handler: WORKER's control socket is readable. */
void master_pool_receive(struct master *master, struct master_source *source);

/* Forks the next worker of ROLE's SLOT after DELAY_MS, or later where that is
 * impossible; meanwhile its sockets are lent. */
void master_pool_fill(struct master *master,
    struct master_generation *generation, enum role role, unsigned slot,
    uint32_t delay_ms);

/* How many workers the generation's roles have, and whether all are READY. */
unsigned master_pool_size(const struct master_generation *generation);
bool master_pool_is_ready(const struct master_generation *generation);

/* SIGKILL to every worker of GENERATION (NULL: of all). */
void master_pool_kill(
    struct master *master, const struct master_generation *generation);

#endif
