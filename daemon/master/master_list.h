/* master_list.h — what the log is told of sockets: which service, on which
 * address, of which workers. */
#ifndef NETLAB_MASTER_MASTER_LIST_H
#define NETLAB_MASTER_MASTER_LIST_H

#include "master/master.h"

/* A line for each address and transport that is new to the current generation,
 * or no longer wanted: to be called between master_listen_open and
 * master_listen_commit. */
void master_list_log(const struct master *master);

#endif
