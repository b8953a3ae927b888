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
 * all others below 1024, which no client uses by chance, and our own UDP ports
 * in SETTINGS, whose answers would come back for ever.
 */
void worker_guard_ports_init(
    struct worker_guard_ports *ports, const struct settings *settings);

/* Whether one host can have sent something from ADDR: no multicast, broadcast
 * or unspecified address, none of 0.0.0.0/8 and 255.0.0.0/8, and no IPv4
 * address in the dress of IPv6. */
static inline bool
worker_guard_is_sender(const struct addr *addr)
{
	if (addr->any.sa_family == AF_INET6) {
		const struct in6_addr *in6 = &addr->in6.sin6_addr;

		return in6->s6_addr[0] != 0xff &&
		       !IN6_IS_ADDR_UNSPECIFIED(in6) &&
		       !IN6_IS_ADDR_V4MAPPED(in6);
	}
	uint32_t first = ntohl(addr->in4.sin_addr.s_addr) >> 24;

	return first != 0 && first != 255 && (first & 0xf0) != 0xe0;
}

static inline bool
worker_guard_port_loops(const struct worker_guard_ports *ports, uint16_t port)
{
	return ports->bits[port / 64] >> port % 64 & 1;
}

#endif
