/* master_former.h — in the new program: what the one before has left. */
#ifndef NETLAB_MASTER_MASTER_FORMER_H
#define NETLAB_MASTER_MASTER_FORMER_H

#include "master/master_adopt.h"
#include "master/master_handover.h"

/*
 * First of all: reads the handover that the options name. false: it is none, or
 * not for this process; logged.
 */
bool master_former_read(const struct master_options *options,
    struct master_handover *out) __attribute__((warn_unused_result));

/* With the loop open: makes what HANDOVER names MASTER's; its sockets go to
 * ADOPTED. What is not what it is said to be is closed, and logged. From here
 * on no other process of this user may trace this one, though the rights have
 * not been dropped anew yet. */
void master_former_take(struct master *master,
    const struct master_handover *handover, struct master_adopted *adopted);

/* There are settings: warns of what has changed in them and needs a restart. */
void master_former_warn(
    struct master *master, const struct master_handover *handover);

/* A stop was asked for before our own workers are there. Whether those of the
 * program before are there to be told, which the loop does; ADOPTED is closed.
 */
bool master_former_is_left(
    struct master *master, struct master_adopted *adopted);

/* Our own workers are READY: those of the program before drain, and whoever
 * asked for the upgrade is told. Nothing where there was none. */
void master_former_drain(struct master *master);

#endif
