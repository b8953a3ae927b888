/* master_generation.h — one configuration with its data, from the loader until
 * its last worker is gone. */
#ifndef NETLAB_MASTER_MASTER_GENERATION_H
#define NETLAB_MASTER_MASTER_GENERATION_H

#include "master/master.h"

/* Takes over LOADED (also on failure) and lists the new generation in MASTER,
 * without making it current. NULL: logged. */
struct master_generation *master_generation_new(
    struct master *master, struct loaded *loaded);

/* Lists a generation of the program before. NULL: no memory. */
struct master_generation *master_generation_former(
    struct master *master, unsigned number);

/* Frees the generations that are neither current nor upcoming and have no
 * process left. */
void master_generation_collect(struct master *master);

#endif
