/* worker_guard.h — which datagrams nobody should answer. Pure. */
#ifndef NETLAB_WORKER_GUARD_H
#define NETLAB_WORKER_GUARD_H

#include "core/addr.h"
#include "core/settings.h"

#include <stdbool.h>
#include <stdint.h>

/* One bit a port. */
struct worker_guard_ports {
	uint64_t bits[65536 / 64];
};

/*
 * Marks the source ports that a service with NEED_LOOP_GUARD keeps silent to:
 * those of services that answer whatever comes (CVE-1999-0103, CVE-2024-2169),
 * and our own UDP ports in SETTINGS, whose answers would come back for ever.
 */
void worker_guard_ports_init(
    struct worker_guard_ports *ports, const struct settings *settings);

static inline bool
worker_guard_port_loops(const struct worker_guard_ports *ports, uint16_t port)
{
	return ports->bits[port / 64] >> port % 64 & 1;
}

#endif
