/* worker_guard.c — which datagrams nobody should answer. */
#include "worker/worker_guard.h"

/* Echo, daytime, qotd, chargen, time, DNS, NTP, SNMP … */
enum { SYSTEM_PORTS = 1024 };

/* SSDP, NFS, mDNS and memcached; and what hello, upper and chat are reached at,
 * since another host's may be at it where we have none. */
static const uint16_t looping_ports[] = {
    1900, 2049, 5353, 9000, 11211, 12000, 31621};

static void
mark(struct worker_guard_ports *ports, uint16_t port)
{
	ports->bits[port / 64] |= UINT64_C(1) << port % 64;
}

void
worker_guard_ports_init(
    struct worker_guard_ports *ports, const struct settings *settings)
{
	*ports = (struct worker_guard_ports){0};
	for (uint16_t port = 0; port < SYSTEM_PORTS; port++)
		mark(ports, port);
	for (unsigned i = 0;
	     i < sizeof(looping_ports) / sizeof(looping_ports[0]); i++)
		mark(ports, looping_ports[i]);
	for (uint32_t i = 0; i < settings->listen_count; i++)
		if (settings->listens[i].transport == TRANSPORT_UDP)
			mark(ports, addr_port(&settings->listens[i].addr));
}
