/* master_list.h — sockets as people see them: which service, on which address,
 * of which workers. */
#ifndef NETLAB_MASTER_MASTER_LIST_H
#define NETLAB_MASTER_MASTER_LIST_H

#include "master/master.h"
#include "master/master_listen.h"

/* Sockets of one place, which differ in their slots alone. */
struct master_list_row {
	const struct master_listener *one; /* of them */
	unsigned first, last;              /* slots */
};

struct master_list {
	struct master_list_row rows[SETTINGS_LISTEN_MAX];
	size_t count;
};

/* Fills LIST with the rows of those sockets that IS_LISTED says, in the order
 * in which they were bound. Borrows the listeners. */
void master_list_fill(const struct master *master,
    bool (*is_listed)(const struct master_listener *),
    struct master_list *list);

/* A line for each address and transport that is new to the current generation,
 * or no longer wanted: to be called between master_listen_open and
 * master_listen_commit. */
void master_list_log(const struct master *master);

#endif
