/* master_admin_ask.h — the admin socket (core/admin.h), the asking side. */
#ifndef NETLAB_MASTER_MASTER_ADMIN_ASK_H
#define NETLAB_MASTER_MASTER_ADMIN_ASK_H

#include "master/master.h"

/* `netlabd --reload` or `--upgrade`, in a process of its own: asks the daemon
 * that has PIDFILE and prints what it says. Returns the exit status, 0 or 1. */
int master_admin_ask(const char *pidfile, enum master_work work);

#endif
