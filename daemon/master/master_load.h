/* master_load.h — the master sets a loader to work. */
#ifndef NETLAB_MASTER_MASTER_LOAD_H
#define NETLAB_MASTER_MASTER_LOAD_H

#include "master/master.h"

/* Starts MASTER->loading on the configuration; OLD as of loader_start. false:
 * errno. */
bool master_load_begin(struct master *master, const struct image *old)
    __attribute__((warn_unused_result));

#endif
