/* master_admin.h — the admin socket (core/admin.h), the daemon's side: who asks
 * for a reload or an upgrade is told every line, and learns the outcome; who
 * asks for the status gets it at once, and nothing waits for anybody. */
#ifndef NETLAB_MASTER_MASTER_ADMIN_H
#define NETLAB_MASTER_MASTER_ADMIN_H

#include "master/master.h"

/* Makes the socket beside the pidfile, which must be locked already, and gives
 * it to UID (-1: leave it). Without a pidfile there is none. A failure is
 * logged, and the daemon does without. */
void master_admin_open(struct master *master, uid_t uid);

/* FD is the admin socket of the program before us, and ours from here on; and
 * one who asks there, waiting for WAIT of WORK. What is no such socket is
 * closed.
 */
void master_admin_take(struct master *master, int fd);
void master_admin_take_peer(struct master *master, int fd,
    enum master_work work, enum master_wait wait);

/* Closes and removes it; whoever waits is told that the daemon stops. */
void master_admin_close(struct master *master);

/* Handlers: somebody connects; a peer speaks or goes. */
void master_admin_accept(struct master *master, struct master_source *source);
void master_admin_receive(struct master *master, struct master_source *source);

/* WORK begins: those who wait for the next one wait for this one now. LINE
 * of it goes to them; and at its end the outcome. */
void master_admin_begin(struct master *master, enum master_work work);
void master_admin_tell(struct master *master, const char *line);
void master_admin_end(struct master *master, const char *line, bool is_done);

#endif
