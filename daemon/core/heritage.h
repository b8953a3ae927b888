/*
 * heritage.h — all that a worker inherits from the master. Nothing else crosses
 * the fork.
 */
#ifndef NETLAB_CORE_HERITAGE_H
#define NETLAB_CORE_HERITAGE_H

#include "core/addr.h"
#include "core/image.h"
#include "core/settings.h"
#include "core/shared.h"
#include "core/stats.h"

#include <stdbool.h>
#include <sys/types.h>

/* A bound socket of one worker slot. TCP: already listening, non-blocking. */
struct heritage_socket {
	int fd;
	uint16_t service;   /* index in the services table */
	uint16_t transport; /* enum transport */
	bool is_proxied;    /* a PROXY header begins each connection */
	struct addr addr;   /* as bound */
};

enum {
	HERITAGE_FILE_MAX = 72, /* what the loader opened for one service's
	                           start: folders, a log */
};

struct heritage {
	enum role role;
	unsigned slot;             /* 0 … workers of the role - 1 */
	unsigned generation;       /* counts reloads, from 1 */
	const struct image *image; /* mapped; lives as long as the worker */
	const struct heritage_socket *sockets; /* of this slot */
	size_t socket_count;
	const int *files[STATS_SERVICE_MAX]; /* per service: directories that
	                                        its load opened */
	size_t file_count[STATS_SERVICE_MAX];
	struct stats_slot *counters; /* this worker's own */
	struct shared *shared;       /* with all other workers */
	int control; /* SOCK_SEQPACKET to the master: core/control.h */
	pid_t master;
};

#endif
