/* master_admin_ask.h — the admin socket (core/admin.h), the asking side. */
#ifndef NETLAB_MASTER_MASTER_ADMIN_ASK_H
#define NETLAB_MASTER_MASTER_ADMIN_ASK_H

#include "master/master.h"

enum {
	/* The exit status where the daemon ended before the outcome:
	 * sysexits.h's EX_TEMPFAIL, which the unit takes for no failure, since
	 * whoever stops the daemon ends a reload under way. */
	MASTER_ADMIN_GONE = 75,
};

/* `netlabd --reload` or `--upgrade`, in a process of its own: asks the daemon
 * that has PIDFILE and prints what it says. Returns the exit status: 0 done, 1
 * failed, or MASTER_ADMIN_GONE. */
int master_admin_ask(const char *pidfile, enum master_work work);

#endif
