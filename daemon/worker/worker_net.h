/*
 * worker_net.h — which networks this host is in. Interfaces come and go: the
 * kernel is asked when somebody wants to know, at most once in some seconds.
 */
#ifndef NETLAB_WORKER_WORKER_NET_H
#define NETLAB_WORKER_WORKER_NET_H

#include "core/addr.h"
#include "core/prefix_table.h"
#include "worker/worker_notice.h"

#include <stdbool.h>
#include <stdint.h>

enum { WORKER_NET_RENEW_MS = 10000 };

struct worker_net {
	struct prefix_table table;
	uint64_t renew_ms;           /* CLOCK_MONOTONIC; 0: not asked yet */
	struct worker_notice notice; /* the kernel does not tell */
};

struct ifaddrs;

/* Fills TABLE with the networks of LIST's interfaces that are up, as many as
 * fit. For a point-to-point one, that is its other end. */
void worker_net_read(struct prefix_table *table, const struct ifaddrs *list);

/* Whether ADDR lies in one of the networks; none does while the kernel does not
 * tell them (said to the log). NOW_MS: CLOCK_MONOTONIC. */
bool worker_net_has(
    struct worker_net *net, const struct addr *addr, uint64_t now_ms);

#endif
