/* loader_child.h — the loader's own process. */
#ifndef NETLAB_LOADER_CHILD_H
#define NETLAB_LOADER_CHILD_H

#include "loader/loader.h"

/* Lines of the report that the master is told: the log is for people, who mend
 * the first hundreds first. The counts say all. */
enum { LOADER_CHILD_LINES = 200 };

/*
 * Runs in a process that MASTER has just forked: leaves the master's sockets
 * and signals behind, builds, tells FD by loader_message.h, and exits: 0 when
 * an image was handed over, else 1. Dies with the master.
 */
_Noreturn void loader_child_run(
    const char *file, const struct image *old, int fd, pid_t master);

#endif
