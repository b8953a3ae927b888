/* master_lend.h — the sockets of a slot that waits for its next worker are
 * served by another worker of its role meanwhile. */
#ifndef NETLAB_MASTER_MASTER_LEND_H
#define NETLAB_MASTER_MASTER_LEND_H

#include "master/master.h"

/* Lends the sockets of ROLE's SLOT in GENERATION to a worker that is READY;
 * where there is none, they wait. Nothing where they are lent already. */
void master_lend_out(struct master *master,
    struct master_generation *generation, enum role role, unsigned slot);

/* Asks for them back. */
void master_lend_recall(
    struct master_generation *generation, enum role role, unsigned slot);

/* WORKER is no more: what it had borrowed goes to the next. */
void master_lend_borrower_gone(
    struct master *master, const struct master_worker *worker);

#endif
