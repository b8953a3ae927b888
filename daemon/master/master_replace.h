/*
 * master_replace.h — the running program gives its place to the one that is
 * installed now (SIGUSR2, `netlabd --upgrade`): the same process, its sockets
 * and its workers, which drain as soon as those of the new program are READY.
 * Until the exec nothing has been touched.
 */
#ifndef NETLAB_MASTER_MASTER_REPLACE_H
#define NETLAB_MASTER_MASTER_REPLACE_H

#include "master/master.h"

/* Remembers where the program lies that runs now. To be called at the start:
 * later another one, or none, may lie there. */
void master_replace_find_program(struct master *master);

/* Has the new program check that it could take over. */
void master_replace_begin(struct master *master);

/* A child of ours that is no worker has ended: if it is that check, the new
 * program takes over, or is refused. */
void master_replace_reaped(struct master *master, pid_t pid, int status);

/* Gives it up: REASON goes to the log and to whoever asked. */
void master_replace_fail(struct master *master, const char *reason);

/* The daemon stops: forgets a check that is under way. */
void master_replace_cancel(struct master *master);

#endif
