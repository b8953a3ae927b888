/*
 * master_store.h — our sockets in the service manager's fd store, so that a
 * crash of the master, or a restart, loses nothing that waits in them:
 * FDSTORE=1 of sd_notify(3). They come back by LISTEN_FDS (master_adopt.h),
 * under their names (master_name.h). All of this does nothing where there is no
 * manager.
 *
 * What is passed in by others is not kept: who did that has it already.
 */
#ifndef NETLAB_MASTER_MASTER_STORE_H
#define NETLAB_MASTER_MASTER_STORE_H

#include "master/master.h"
#include "master/master_adopt.h"

/* What a unit's FileDescriptorStoreMax= should say. Of more sockets the first
 * slots' are kept, so that no address is without one. */
enum { MASTER_STORE_MAX = MASTER_ADOPT_MAX };

struct master_listener;

/* A socket called NAME is no longer ours. */
void master_store_forget(struct master *master, const char *name);

/* The same for all of LIST that are kept. To be called while they can still be
 * emptied: a copy that is kept keeps a listener in its group. */
void master_store_forget_all(
    struct master *master, const struct master_listener *list);

/*
 * Has the manager keep each socket of MASTER that it does not have, as soon as
 * we are READY, and no other. Never waits: what it has no room for at the
 * moment follows by master_store_tick.
 */
void master_store_update(struct master *master);

/* When master_store_tick is due; UINT64_MAX: never. */
uint64_t master_store_next_ms(const struct master *master);
void master_store_tick(struct master *master, uint64_t now_ms);

#endif
