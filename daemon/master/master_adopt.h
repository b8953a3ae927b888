/*
 * master_adopt.h — sockets that whoever started us has bound already: the
 * LISTEN_FDS protocol, sd_listen_fds(3). Some are our own, which the service
 * manager has kept in its fd store since we died or stopped, or which an older
 * program of this very process has left us; the others are a .socket unit's.
 */
#ifndef NETLAB_MASTER_MASTER_ADOPT_H
#define NETLAB_MASTER_MASTER_ADOPT_H

#include "core/addr.h"
#include "master/master_name.h"

#include <stdbool.h>
#include <stddef.h>

/* The names of so many fit into one string of the environment, which holds for
 * what is kept as well (master_store.h). 64 workers of each role with sixteen
 * addresses; what does not fit is bound anew. */
enum { MASTER_ADOPT_MAX = 1024 };

struct master_adopted_socket {
	int fd;         /* -1: taken */
	bool is_socket; /* bound, of a kind that we know */
	bool is_own;    /* NAME is one that we gave it */
	bool is_stored; /* the service manager has it as well */
	enum transport transport;
	struct addr addr;
	char name[MASTER_NAME_MAX];
};

struct master_adopted {
	struct master_adopted_socket sockets[MASTER_ADOPT_MAX];
	size_t count;
};

/* Reads LISTEN_FDS and its companions, which are then removed from the
 * environment, so that no child believes they are its own. To be called before
 * the process detaches, since LISTEN_PID names this one. */
void master_adopt_read(struct master_adopted *adopted);

/* FD is one of them too, called NAME; it belongs to ADOPTED. One that is not
 * open is left out, and where there are too many it is closed, with a line in
 * the log. */
void master_adopt_add(
    struct master_adopted *adopted, int fd, const char *name, bool is_stored);

/* Whether one that is left is bound to ADDR, or one of our own stands in the
 * way of whoever binds ADDR without sharing it. ADOPTED may be NULL. */
bool master_adopt_has(const struct master_adopted *adopted,
    const struct addr *addr, enum transport transport);

/*
 * The one of our own that is bound to ADDR and is called NAME; and any that is
 * bound to ADDR, one of our own first. NULL: none. The caller takes its
 * descriptor and sets fd to -1; it stays valid as long as ADOPTED. ADOPTED may
 * be NULL.
 */
struct master_adopted_socket *master_adopt_named(struct master_adopted *adopted,
    const char *name, const struct addr *addr, enum transport transport);
struct master_adopted_socket *master_adopt_any(struct master_adopted *adopted,
    const struct addr *addr, enum transport transport);

/* Whether ONE is bound to ADDR. */
bool master_adopt_is_at(const struct master_adopted_socket *one,
    const struct addr *addr, enum transport transport);

/* Closes those that nobody took, with a line in the log for each. */
void master_adopt_close(struct master_adopted *adopted);

#endif
