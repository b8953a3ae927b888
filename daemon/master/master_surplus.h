/*
 * master_surplus.h — sockets of our own that no slot has any more: those that a
 * program before us has left, when there are fewer workers now, and those that
 * a reload retires while their slot has no worker to empty them. What is queued
 * on them is for a live worker to answer.
 */
#ifndef NETLAB_MASTER_MASTER_SURPLUS_H
#define NETLAB_MASTER_MASTER_SURPLUS_H

#include "master/master.h"
#include "master/master_adopt.h"

/* Takes those of ADOPTED whose address SETTINGS still name, to be handed out,
 * and closes the rest, with a line in the log for each. */
void master_surplus_take(struct master *master, const struct settings *settings,
    struct master_adopted *adopted);

/* Closes the sockets of LIST, such as MASTER's surplus, and empties it. Those
 * with a queue of their own go to READY workers of the current generation
 * first, who empty them; the log is told of those that nobody can take. */
void master_surplus_hand_out(
    struct master *master, struct master_listener **list);

#endif
