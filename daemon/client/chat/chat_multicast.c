/* chat_multicast.c — datagrams to all netlabs of the networks around. */
#include "client/chat/chat_multicast.h"

#include "client/complain.h"
#include "client/verb.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Indices of senders and receivers. */
enum { IPV4, IPV6 };

/* Room for the address that a datagram was sent to, or the interface by which
 * one is. */
union control {
	struct cmsghdr head; /* for its alignment */
	uint8_t bytes[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

static bool
set(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof(value)) == 0;
}

static struct addr
group4(void)
{
	struct addr addr = {
	    .in4 = {.sin_family = AF_INET,
	        .sin_port = htons(CHAT_MULTICAST_PORT)},
	    .len = sizeof(addr.in4),
	};

	inet_pton(AF_INET, CHAT_MULTICAST_GROUP4, &addr.in4.sin_addr);
	return addr;
}

static struct addr
group6(unsigned interface)
{
	struct addr addr = {
	    .in6 = {.sin6_family = AF_INET6,
	        .sin6_port = htons(CHAT_MULTICAST_PORT),
	        .sin6_scope_id = interface},
	    .len = sizeof(addr.in6),
	};

	inet_pton(AF_INET6, CHAT_MULTICAST_GROUP6, &addr.in6.sin6_addr);
	return addr;
}

/* --------------------------------------------------------------- interfaces
 */

static void
add(struct chat_multicast *multicast, unsigned interface)
{
	for (unsigned i = 0; i < multicast->count; i++)
		if (multicast->interfaces[i] == interface)
			return;
	if (interface != 0 && multicast->count < CHAT_MULTICAST_INTERFACES_MAX)
		multicast->interfaces[multicast->count++] = interface;
}

static int
find_interfaces(struct chat_multicast *multicast, const char *only)
{
	struct ifaddrs *list;

	if (only != NULL) {
		add(multicast, if_nametoindex(only));
		return multicast->count == 1
		           ? VERB_GOOD
		           : complain(VERB_USAGE,
		                 "--interface: there is no \"%s\"", only);
	}
	if (getifaddrs(&list) == -1)
		return complain(VERB_USAGE, "interfaces: %s", strerror(errno));
	for (const struct ifaddrs *one = list; one != NULL; one = one->ifa_next)
		if ((one->ifa_flags & IFF_UP) != 0 &&
		    (one->ifa_flags & (IFF_MULTICAST | IFF_LOOPBACK)) != 0)
			add(multicast, if_nametoindex(one->ifa_name));
	freeifaddrs(list);
	return VERB_GOOD;
}

/* ------------------------------------------------------------------- sockets
 */

static int
open_socket(int family)
{
	return socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/* A socket that sends one hop far; -1: there is no such family. */
static int
open_sender(int family)
{
	int fd = open_socket(family);

	if (fd == -1)
		return -1;
	if (family == AF_INET6
	        ? set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1) &&
	              set(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 1) &&
	              set(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 1)
	        : set(fd, IPPROTO_IP, IP_MULTICAST_TTL, 1) &&
	              set(fd, IPPROTO_IP, IP_TTL, 1))
		return fd;
	close(fd);
	return -1;
}

/* Has FD, a receiver, hear its group on the interfaces. */
static void
join(const struct chat_multicast *multicast, int fd, int family)
{
	for (unsigned i = 0; i < multicast->count; i++) {
		unsigned interface = multicast->interfaces[i];
		struct group_req request = {.gr_interface = interface};
		struct addr group =
		    family == AF_INET6 ? group6(interface) : group4();

		memcpy(&request.gr_group, &group.any, group.len);
		/* An interface without addresses of the family has no groups.
		 */
		(void)setsockopt(fd,
		    family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP,
		    MCAST_JOIN_GROUP, &request, sizeof(request));
	}
}

/* A socket, one of many on this host, that hears the group alone; -1: there is
 * no such family. */
static int
open_receiver(const struct chat_multicast *multicast, int family)
{
	struct addr addr = group4();
	int fd = open_socket(family);

	if (fd == -1)
		return -1;
	if (family == AF_INET6) {
		/* A group of the link has no address without an interface:
		 * chat_multicast_receive sees to it. */
		addr = group6(0);
		addr.in6.sin6_addr = in6addr_any;
	}
	if (set(fd, SOL_SOCKET, SO_REUSEADDR, 1) &&
	    (family == AF_INET6
	            ? set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1) &&
	                  set(fd, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0) &&
	                  set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
	            : set(fd, IPPROTO_IP, IP_MULTICAST_ALL, 0)) &&
	    bind(fd, &addr.any, addr.len) == 0) {
		join(multicast, fd, family);
		return fd;
	}
	close(fd);
	return -1;
}

int
chat_multicast_open(
    struct chat_multicast *multicast, const struct options *options)
{
	static const int families[] = {[IPV4] = AF_INET, [IPV6] = AF_INET6};
	bool is_open = false;

	*multicast =
	    (struct chat_multicast){.senders = {-1, -1}, .receivers = {-1, -1}};
	int result = find_interfaces(multicast, options->interface);

	if (result != VERB_GOOD)
		return result;
	for (unsigned i = IPV4; i <= IPV6; i++) {
		if (options->family != AF_UNSPEC &&
		    options->family != families[i])
			continue;
		multicast->senders[i] = open_sender(families[i]);
		multicast->receivers[i] = open_receiver(multicast, families[i]);
		is_open |= multicast->senders[i] != -1 &&
		           multicast->receivers[i] != -1;
	}
	if (is_open)
		return VERB_GOOD;
	chat_multicast_close(multicast);
	return complain(VERB_USAGE, "multicast: %s", strerror(errno));
}

static void
close_one(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

void
chat_multicast_close(struct chat_multicast *multicast)
{
	for (unsigned i = IPV4; i <= IPV6; i++) {
		close_one(&multicast->senders[i]);
		close_one(&multicast->receivers[i]);
	}
}

unsigned
chat_multicast_watch(const struct chat_multicast *multicast, struct pollfd *fds)
{
	for (unsigned i = IPV4; i <= IPV6; i++) {
		fds[2 * i] = (struct pollfd){
		    .fd = multicast->senders[i], .events = POLLIN};
		fds[2 * i + 1] = (struct pollfd){
		    .fd = multicast->receivers[i], .events = POLLIN};
	}
	return CHAT_MULTICAST_FDS_MAX;
}

/* ------------------------------------------------------------------ sending
 */

/* RFC 3542 §6.2, and the same of ip(7): by INTERFACE. */
static void
send_by(int fd, const struct addr *group, unsigned interface, struct span bytes)
{
	union control control = {.bytes = {0}};
	struct in_pktinfo info = {.ipi_ifindex = (int)interface};
	struct addr to = *group;
	uint8_t copy[512];
	struct iovec part = {copy, bytes.len};
	struct msghdr head = {
	    .msg_name = &to.any,
	    .msg_namelen = to.len,
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	};

	if (bytes.len > sizeof(copy))
		return;
	memcpy(copy, bytes.data, bytes.len);
	if (to.any.sa_family == AF_INET) {
		head.msg_control = &control;
		head.msg_controllen = CMSG_SPACE(sizeof(info));
		control.head = (struct cmsghdr){
		    .cmsg_len = CMSG_LEN(sizeof(info)),
		    .cmsg_level = IPPROTO_IP,
		    .cmsg_type = IP_PKTINFO,
		};
		memcpy(CMSG_DATA(&control.head), &info, sizeof(info));
	}
	(void)sendmsg(fd, &head, MSG_DONTWAIT);
}

void
chat_multicast_send(const struct chat_multicast *multicast, struct span bytes)
{
	struct addr group = group4();

	for (unsigned i = 0; i < multicast->count; i++) {
		unsigned interface = multicast->interfaces[i];
		struct addr link_group = group6(interface);

		if (multicast->senders[IPV4] != -1)
			send_by(
			    multicast->senders[IPV4], &group, interface, bytes);
		if (multicast->senders[IPV6] != -1)
			send_by(multicast->senders[IPV6], &link_group,
			    interface, bytes);
	}
}

void
chat_multicast_answer(const struct chat_multicast *multicast,
    const struct addr *peer, struct span bytes)
{
	int fd =
	    multicast->senders[peer->any.sa_family == AF_INET6 ? IPV6 : IPV4];

	if (fd != -1)
		(void)sendto(fd, bytes.data, bytes.len, MSG_DONTWAIT,
		    &peer->any, peer->len);
}

/* ---------------------------------------------------------------- receiving
 */

/* The datagram of HEAD was sent to the group of IPv6. */
static bool
is_to_group(struct msghdr *head)
{
	const struct addr group = group6(0);

	for (struct cmsghdr *part = CMSG_FIRSTHDR(head); part != NULL;
	     part = CMSG_NXTHDR(head, part)) {
		struct in6_pktinfo info;

		if (part->cmsg_level != IPPROTO_IPV6 ||
		    part->cmsg_type != IPV6_PKTINFO)
			continue;
		memcpy(&info, CMSG_DATA(part), sizeof(info));
		return memcmp(&info.ipi6_addr, &group.in6.sin6_addr,
		           sizeof(info.ipi6_addr)) == 0;
	}
	return false;
}

/* Takes a datagram off FD; false: there is none. One that is not for us is
 * empty. */
static bool
receive_from(
    int fd, bool is_group6, struct space space, size_t *len, struct addr *peer)
{
	union control control;
	struct iovec part = {space.data, space.cap};
	struct msghdr head = {
	    .msg_name = &peer->in6,
	    .msg_namelen = sizeof(peer->in6),
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control),
	};
	ssize_t got = fd == -1 ? -1 : recvmsg(fd, &head, MSG_DONTWAIT);

	if (got == -1)
		return false;
	peer->len = head.msg_namelen;
	*len = (size_t)got;
	if ((head.msg_flags & MSG_TRUNC) != 0 ||
	    (is_group6 && !is_to_group(&head)))
		*len = 0;
	return true;
}

bool
chat_multicast_receive(const struct chat_multicast *multicast,
    struct space space, size_t *len, struct addr *peer)
{
	for (unsigned i = IPV4; i <= IPV6; i++)
		if (receive_from(
		        multicast->senders[i], false, space, len, peer) ||
		    receive_from(
		        multicast->receivers[i], i == IPV6, space, len, peer))
			return true;
	return false;
}
