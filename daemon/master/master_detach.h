/* master_detach.h — from a shell's child to a daemon. */
#ifndef NETLAB_MASTER_MASTER_DETACH_H
#define NETLAB_MASTER_MASTER_DETACH_H

#include "master/master.h"

/*
 * Goes on in a new session, in a grandchild; the shell's own process waits in
 * here for the outcome and exits with it. Standard error stays the shell's
 * until then. Returns the pipe for MASTER->detach, in the grandchild; -1:
 * logged.
 */
int master_detach_begin(void);

/* The start has succeeded: the shell is told, and its terminal let go. Nothing
 * in the foreground. */
void master_detach_finish(struct master *master);

/* The start has failed with STATUS, which the shell's process passes on. */
void master_detach_fail(struct master *master, int status);

/* Standard streams to /dev/null. Master and worker. */
void master_detach_streams(void);

#endif
