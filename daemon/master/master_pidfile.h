/* master_pidfile.h — the pidfile, which is also the lock against a second
 * daemon. */
#ifndef NETLAB_MASTER_MASTER_PIDFILE_H
#define NETLAB_MASTER_MASTER_PIDFILE_H

#include "master/master.h"

/*
 * Opens and locks PATH ("": none is wanted) and writes our pid; its folder is
 * made where it is missing, and given to UID and GID. false: logged, such as
 * "already running as pid N (PATH)".
 */
bool master_pidfile_open(struct master *master, const char *path, uid_t uid,
    gid_t gid) __attribute__((warn_unused_result));

/* FD is PATH, open and locked by the program before us, and ours from here on.
 */
void master_pidfile_take(struct master *master, int fd, const char *path);

/* Removes it, or empties it where the folder is not ours. */
void master_pidfile_close(struct master *master);

#endif
