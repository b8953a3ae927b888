/* master_check.h — the program that is installed now, in a process of its own:
 * could it take over? */
#ifndef NETLAB_MASTER_MASTER_CHECK_H
#define NETLAB_MASTER_MASTER_CHECK_H

#include "master/master.h"

/* Has MASTER's program check the configuration and HANDOVER (a descriptor,
 * borrowed). false: errno. Its end is to be told to master_check_end. */
bool master_check_start(struct master *master, int handover)
    __attribute__((warn_unused_result));

/* A handler: it says something, which is kept. */
void master_check_receive(struct master *master, struct master_source *source);

/* It has ended with STATUS, as waitpid(2) has it: tells the log, and whoever
 * waits, what it said. Returns whether the program is good; if not, REASON says
 * why in a few words. */
bool master_check_end(
    struct master *master, int status, char *reason, size_t cap);

/* Ends it unheard; its process is left to be reaped. */
void master_check_cancel(struct master *master);

#endif
