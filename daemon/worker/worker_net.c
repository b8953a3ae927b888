/* worker_net.c — which networks this host is in. */
#include "worker/worker_net.h"

#include "core/log.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>

enum { IS_OURS = 1 };

/* The bytes of ADDRESS, which is of IPv4 or IPv6, and how many there are. */
static const uint8_t *
bytes_of(const struct sockaddr *address, size_t *count)
{
	if (address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)address;

		*count = sizeof(in6->sin6_addr);
		return (const uint8_t *)&in6->sin6_addr;
	}
	const struct sockaddr_in *in4 = (const void *)address;

	*count = sizeof(in4->sin_addr);
	return (const uint8_t *)&in4->sin_addr;
}

static unsigned
length_of(const uint8_t *mask, size_t count)
{
	unsigned len = 0;

	while (len < count * 8 && (mask[len / 8] >> (7 - len % 8) & 1) != 0)
		len++;
	return len;
}

static bool
has_network(const struct ifaddrs *one)
{
	return one->ifa_addr != NULL && one->ifa_netmask != NULL &&
	       (one->ifa_flags & IFF_UP) != 0 &&
	       (one->ifa_addr->sa_family == AF_INET ||
	           one->ifa_addr->sa_family == AF_INET6);
}

static struct prefix
network_of(const struct ifaddrs *one)
{
	bool has_peer = (one->ifa_flags & IFF_POINTOPOINT) != 0 &&
	                one->ifa_dstaddr != NULL &&
	                one->ifa_dstaddr->sa_family == one->ifa_addr->sa_family;
	struct prefix prefix = {
	    .is_ipv6 = one->ifa_addr->sa_family == AF_INET6,
	};
	size_t count;
	const uint8_t *mask = bytes_of(one->ifa_netmask, &count);
	const uint8_t *address =
	    bytes_of(has_peer ? one->ifa_dstaddr : one->ifa_addr, &count);

	prefix.len = (uint8_t)length_of(mask, count);
	for (size_t i = 0; i < count; i++)
		prefix.bytes[i] = address[i] & mask[i];
	return prefix;
}

void
worker_net_read(struct prefix_table *table, const struct ifaddrs *list)
{
	*table = (struct prefix_table){0};
	for (const struct ifaddrs *one = list; one != NULL;
	     one = one->ifa_next) {
		if (!has_network(one))
			continue;
		const struct prefix network = network_of(one);

		/* All of the internet is nobody's own network; and what no
		 * longer fits is taken for another's. */
		if (network.len == 0 ||
		    !prefix_table_add(table, &network, IS_OURS))
			continue;
	}
}

/* Asks the kernel. */
static void
look(struct worker_net *net, uint64_t now_ms)
{
	struct ifaddrs *list;
	uint64_t unsaid;

	net->renew_ms = now_ms + WORKER_NET_RENEW_MS;
	if (getifaddrs(&list) == -1) {
		if (worker_notice_is_due(&net->notice, now_ms, &unsaid))
			log_warn("getifaddrs: %s: no address is taken for one "
			         "of our own networks",
			    strerror(errno));
		net->table = (struct prefix_table){0};
		return;
	}
	worker_net_read(&net->table, list);
	freeifaddrs(list);
}

bool
worker_net_has(struct worker_net *net, const struct addr *addr, uint64_t now_ms)
{
	if (now_ms >= net->renew_ms)
		look(net, now_ms);
	return prefix_table_find(&net->table, addr) != 0;
}
