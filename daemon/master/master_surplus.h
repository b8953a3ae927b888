/*
 * master_surplus.h — sockets of our own that a program before us has left, and
 * that no slot has now, since there are fewer workers. What is queued on them
 * is for a live worker to answer.
 */
#ifndef NETLAB_MASTER_MASTER_SURPLUS_H
#define NETLAB_MASTER_MASTER_SURPLUS_H

#include "master/master.h"
#include "master/master_adopt.h"

/* Takes those of ADOPTED whose address SETTINGS still name, to be handed out,
 * and closes the rest, with a line in the log for each. */
void master_surplus_take(struct master *master, const struct settings *settings,
    struct master_adopted *adopted);

/* Hands them to READY workers of the current generation, who empty and close
 * them. */
void master_surplus_hand_out(struct master *master);

#endif
