/*
 * shared.h — memory that all processes of a daemon share, beside the counters:
 * mapped by the master before its first fork, it outlives workers and reloads.
 * What is never touched costs nothing.
 */
#ifndef NETLAB_CORE_SHARED_H
#define NETLAB_CORE_SHARED_H

#include "core/limit.h"
#include "core/stats.h"
#include "core/sync.h"

#include <stddef.h>
#include <stdint.h>

struct shared {
	/* Secret, of this run: for tables that strangers must not aim at. */
	uint64_t key[2];
	struct sync_page sync;
	struct limit_table sources;
	struct limit_total totals[STATS_SERVICE_MAX];
	/* Where each service's own area begins, from this struct; 0: none. */
	size_t areas[STATS_SERVICE_MAX];
};

/* Maps it with an area of SIZES[i] zeroed bytes for each service, aligned to
 * 64, and draws the key. NULL: errno. Master, once. */
struct shared *shared_map(const size_t sizes[STATS_SERVICE_MAX]);

/* Service SERVICE's own area; NULL: it has none. Any process. */
void *shared_area(struct shared *shared, unsigned service);

#endif
