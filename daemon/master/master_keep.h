/*
 * master_keep.h — workers that outlive a reload. A service whose clients share
 * one worker's memory (NEED_ONE_WORKER) would lose them all at each reload; so
 * the workers of its role go over to the new generation as they are, if that
 * changes nothing for them.
 */
#ifndef NETLAB_MASTER_MASTER_KEEP_H
#define NETLAB_MASTER_MASTER_KEEP_H

#include "master/master.h"

/* Whether ROLE has workers that a reload may leave alone. Any process. */
bool master_keep_is_for(enum role role);

/* The parts of an image that a worker of ROLE reads, as image_excerpt wants
 * them. Any process. */
uint32_t master_keep_parts(enum role role);

/* The upcoming generation's sockets are open, and none of its workers is
 * forked: moves those to it that it need not fork. From here on they are
 * replaced, when they die, and waited for like its own. */
void master_keep_begin(struct master *master);

/* The upcoming generation has failed: back with them. Whose slot is empty by
 * now gets another worker. */
void master_keep_undo(struct master *master);

/* The upcoming generation is the current one: they are told what it changes
 * for every worker (CONTROL_KEEP). */
void master_keep_commit(struct master *master);

#endif
