/* master_adopt.h — sockets that whoever started us has bound already: the
 * LISTEN_FDS protocol, sd_listen_fds(3). */
#ifndef NETLAB_MASTER_MASTER_ADOPT_H
#define NETLAB_MASTER_MASTER_ADOPT_H

#include "core/addr.h"

#include <stdbool.h>
#include <stddef.h>

enum { MASTER_ADOPT_MAX = 512 };

struct master_adopted {
	int fds[MASTER_ADOPT_MAX]; /* -1: taken */
	size_t count;
};

/* Reads LISTEN_FDS and its companions, which are then removed from the
 * environment, so that no child believes they are its own. To be called before
 * the process detaches, since LISTEN_PID names this one. */
void master_adopt_read(struct master_adopted *adopted);

/* Whether one of them is bound to ADDR. ADOPTED may be NULL. */
bool master_adopt_has(const struct master_adopted *adopted,
    const struct addr *addr, enum transport transport);

/* The same, and hands it to the caller, who owns it; -1: none. */
int master_adopt_take(struct master_adopted *adopted, const struct addr *addr,
    enum transport transport);

/* Closes those that nobody took, with a line in the log for each. */
void master_adopt_close(struct master_adopted *adopted);

#endif
