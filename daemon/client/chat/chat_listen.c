/* chat_listen.c — waits for another netlab. */
#include "client/chat/chat_listen.h"

#include "client/complain.h"
#include "client/verb.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	QUEUE_MAX = 8,
	AT_ONCE_MAX = 16, /* that are told in one go that we are busy */
};

/* Room for the address that a datagram was sent to. */
union control {
	struct cmsghdr head; /* for its alignment */
	uint8_t bytes[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

static bool
set(int fd, int level, int name)
{
	const int on = 1;

	return setsockopt(fd, level, name, &on, sizeof(on)) == 0;
}

/* --------------------------------------------------------------- begin, end */

static struct addr
any_address(int family, uint16_t port)
{
	struct addr addr = {0};

	if (family == AF_INET6) {
		addr.in6 = (struct sockaddr_in6){.sin6_family = AF_INET6,
		    .sin6_port = htons(port),
		    .sin6_addr = in6addr_any};
		addr.len = sizeof(addr.in6);
	} else {
		addr.in4 = (struct sockaddr_in){
		    .sin_family = AF_INET, .sin_port = htons(port)};
		addr.len = sizeof(addr.in4);
	}
	return addr;
}

/* What has to be set before FD is bound. */
static bool
prepare(int fd, int family, bool is_stream)
{
	if (family == AF_INET6 && !set(fd, IPPROTO_IPV6, IPV6_V6ONLY))
		return false;
	/* Connections of the last time may be on their way out. */
	if (is_stream)
		return set(fd, SOL_SOCKET, SO_REUSEADDR);
	return family == AF_INET6 ? set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO)
	                          : set(fd, IPPROTO_IP, IP_PKTINFO);
}

/* A socket that waits at all addresses of FAMILY; -1: errno. */
static int
open_one(const struct chat_listen *listener, int family)
{
	bool is_stream = listener->transport == TRANSPORT_TCP;
	struct addr addr = any_address(family, listener->port);
	int fd = socket(family,
	    (is_stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC |
	        SOCK_NONBLOCK,
	    0);

	if (fd == -1)
		return -1;
	if (prepare(fd, family, is_stream) &&
	    bind(fd, &addr.any, addr.len) == 0 &&
	    (!is_stream || listen(fd, QUEUE_MAX) == 0))
		return fd;
	int error = errno;

	close(fd);
	errno = error;
	return -1;
}

int
chat_listen_open(struct chat_listen *listener, const struct options *options)
{
	static const int families[CHAT_LISTEN_FDS_MAX] = {AF_INET, AF_INET6};

	*listener = (struct chat_listen){
	    .transport = options->transport == OPTIONS_BY_UDP ? TRANSPORT_UDP
	                                                      : TRANSPORT_TCP,
	    .port = options->listen != 0 ? options->listen
	            : options->port != 0 ? options->port
	                                 : CHAT_LISTEN_PORT,
	};
	for (unsigned i = 0; i < CHAT_LISTEN_FDS_MAX; i++) {
		if (options->family != AF_UNSPEC &&
		    options->family != families[i])
			continue;
		int fd = open_one(listener, families[i]);

		if (fd != -1) {
			listener->fds[listener->count++] = fd;
		} else if (errno != EAFNOSUPPORT) {
			int error = errno;

			chat_listen_close(listener);
			return complain(VERB_USAGE, "port %u: %s",
			    listener->port, strerror(error));
		}
	}
	return listener->count > 0
	           ? VERB_GOOD
	           : complain(VERB_USAGE, "no such addresses here");
}

void
chat_listen_close(struct chat_listen *listener)
{
	while (listener->count > 0)
		close(listener->fds[--listener->count]);
}

unsigned
chat_listen_watch(const struct chat_listen *listener, struct pollfd *fds)
{
	for (unsigned i = 0; i < listener->count; i++)
		fds[i] =
		    (struct pollfd){.fd = listener->fds[i], .events = POLLIN};
	return listener->count;
}

/* ------------------------------------------------------------- who has come */

static void
describe(struct reach *reach, enum transport transport)
{
	char text[ADDR_TEXT_MAX];

	reach->transport = transport;
	reach->deadline_ms = INT64_MAX;
	snprintf(reach->name, sizeof(reach->name), "%s, %s",
	    addr_format(&reach->peer, text),
	    transport == TRANSPORT_TCP ? "TCP" : "UDP");
}

static bool
take_stream(int fd, struct reach *reach)
{
	reach->peer.len = sizeof(reach->peer.in6);
	reach->fd = accept4(fd, &reach->peer.any, &reach->peer.len,
	    SOCK_CLOEXEC | SOCK_NONBLOCK);
	return reach->fd != -1;
}

/* Sets LOCAL, with PORT, to where the datagram of HEAD was sent. */
static void
read_local(struct msghdr *head, uint16_t port, struct addr *local)
{
	*local = any_address(
	    ((const struct sockaddr *)head->msg_name)->sa_family, port);
	for (struct cmsghdr *part = CMSG_FIRSTHDR(head); part != NULL;
	     part = CMSG_NXTHDR(head, part)) {
		if (part->cmsg_level == IPPROTO_IP &&
		    part->cmsg_type == IP_PKTINFO) {
			struct in_pktinfo info;

			memcpy(&info, CMSG_DATA(part), sizeof(info));
			local->in4.sin_addr = info.ipi_addr;
		}
		if (part->cmsg_level == IPPROTO_IPV6 &&
		    part->cmsg_type == IPV6_PKTINFO) {
			struct in6_pktinfo info;

			memcpy(&info, CMSG_DATA(part), sizeof(info));
			local->in6.sin6_addr = info.ipi6_addr;
			local->in6.sin6_scope_id =
			    IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr)
			        ? info.ipi6_ifindex
			        : 0;
		}
	}
}

/* A socket of its own for REACH's peer and local address, which FD is bound to
 * as well: the kernel gives it all that this peer sends. */
static bool
connect_datagrams(int fd, struct reach *reach)
{
	reach->fd = socket(reach->peer.any.sa_family,
	    SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (reach->fd == -1)
		return false;
	/* Not before FD was bound, or two listeners could have one port. */
	if (set(fd, SOL_SOCKET, SO_REUSEADDR) &&
	    set(reach->fd, SOL_SOCKET, SO_REUSEADDR) &&
	    bind(reach->fd, &reach->local.any, reach->local.len) == 0 &&
	    connect(reach->fd, &reach->peer.any, reach->peer.len) == 0)
		return true;
	reach_close(reach);
	return false;
}

static bool
take_datagram(
    int fd, uint16_t port, struct reach *reach, struct space space, size_t *len)
{
	union control control;
	struct iovec part = {space.data, space.cap};
	struct msghdr head = {
	    .msg_name = &reach->peer.in6,
	    .msg_namelen = sizeof(reach->peer.in6),
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control),
	};
	ssize_t got = recvmsg(fd, &head, 0);

	/* An empty one is of somebody who believes that we are talking. */
	if (got <= 0)
		return false;
	*len = (size_t)got;
	reach->peer.len = head.msg_namelen;
	read_local(&head, port, &reach->local);
	return connect_datagrams(fd, reach);
}

bool
chat_listen_take(struct chat_listen *listener, struct reach *reach,
    struct space space, size_t *len)
{
	*len = 0;
	for (unsigned i = 0; i < listener->count; i++) {
		*reach = (struct reach){.fd = -1};
		bool has_come = listener->transport == TRANSPORT_TCP
		                    ? take_stream(listener->fds[i], reach)
		                    : take_datagram(listener->fds[i],
		                          listener->port, reach, space, len);

		if (has_come) {
			describe(reach, listener->transport);
			return true;
		}
	}
	return false;
}

/* ----------------------------------------------------------------- too late */

static bool
refuse_stream(int fd)
{
	struct reach reach = {.fd = -1};

	if (!take_stream(fd, &reach))
		return false;
	(void)send(
	    reach.fd, CHAT_LISTEN_BUSY, strlen(CHAT_LISTEN_BUSY), MSG_NOSIGNAL);
	reach_close(&reach);
	return true;
}

static bool
refuse_datagram(
    struct chat_listen *listener, int fd, const struct addr *talking)
{
	uint8_t byte;
	struct addr peer = {.len = sizeof(peer.in6)};
	ssize_t len = recvfrom(fd, &byte, 1, MSG_TRUNC, &peer.any, &peer.len);
	int64_t now_ms = reach_now_ms();

	if (len == -1)
		return false;
	/* What was sent to us before that peer had its own socket is lost. */
	if (len == 0 || addr_is_equal(&peer, talking) ||
	    now_ms < listener->busy_ms + CHAT_LISTEN_BUSY_MS)
		return true;
	listener->busy_ms = now_ms;
	(void)sendto(fd, CHAT_LISTEN_BUSY, strlen(CHAT_LISTEN_BUSY), 0,
	    &peer.any, peer.len);
	return true;
}

void
chat_listen_refuse(struct chat_listen *listener, const struct addr *peer)
{
	for (unsigned i = 0; i < listener->count; i++)
		for (unsigned told = 0; told < AT_ONCE_MAX; told++)
			if (!(listener->transport == TRANSPORT_TCP
			            ? refuse_stream(listener->fds[i])
			            : refuse_datagram(
			                  listener, listener->fds[i], peer)))
				break;
}
