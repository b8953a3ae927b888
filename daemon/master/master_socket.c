/* master_socket.c — one bound socket, with the options its service needs. */
#include "master/master_socket.h"

#include "core/log.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	/* Bytes: some ten thousand small questions, which is what arrives
	 * while a worker is replaced or reads a file. */
	BUFFER_SIZE = 4 << 20,
	/* Bytes, of which the kernel makes twice as many, for its own needs
	 * too: some hundred lines of a chat. */
	SHORT_BUFFER_SIZE = 16 << 10,
	/* Connections; the kernel cuts it to net.core.somaxconn. */
	BACKLOG = 4096,
	/* Seconds of silence until the kernel asks, from one question to the
	 * next, and until it gives up, on what was sent too. */
	KEEPALIVE_IDLE = 60,
	KEEPALIVE_INTERVAL = 20,
	KEEPALIVE_COUNT = 3,
	GIVE_UP = KEEPALIVE_IDLE + KEEPALIVE_INTERVAL * KEEPALIVE_COUNT,
};

static bool
set(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof(value)) == 0;
}

static int
new_socket(const struct addr *addr, enum transport transport)
{
	int type = transport == TRANSPORT_TCP ? SOCK_STREAM : SOCK_DGRAM;
	int fd =
	    socket(addr->any.sa_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	/* [::] must sit beside 0.0.0.0. */
	if (fd != -1 && addr->any.sa_family == AF_INET6 &&
	    !set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1)) {
		int saved_errno = errno;

		close(fd);
		errno = saved_errno;
		return -1;
	}
	return fd;
}

/* Larger than net.core.rmem_max where root may; else as large as it goes. */
static void
set_buffers(int fd)
{
	if (!set(fd, SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_SIZE))
		set(fd, SOL_SOCKET, SO_RCVBUF, BUFFER_SIZE);
	if (!set(fd, SOL_SOCKET, SO_SNDBUFFORCE, BUFFER_SIZE))
		set(fd, SOL_SOCKET, SO_SNDBUF, BUFFER_SIZE);
}

/*
 * Replies are cut to size by their room; a forged "fragmentation needed" must
 * not make the kernel hold them back (CVE-2021-20322 and its kin). Of IPv4,
 * those that no router may cut have no need of an identification (RFC 6864
 * §4.1): the kernel saves the secret hash that makes one, 4 % of an NTP reply's
 * cost, and nobody can count by it what else this host sends.
 */
static void
set_path(int fd, bool is_ipv6, bool is_whole)
{
	if (is_ipv6)
		set(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_OMIT);
	else
		set(fd, IPPROTO_IP, IP_MTU_DISCOVER,
		    is_whole ? IP_PMTUDISC_PROBE : IP_PMTUDISC_OMIT);
}

static bool
set_udp_options(int fd, const struct addr *addr, const struct service *service)
{
	bool is_ipv6 = addr->any.sa_family == AF_INET6;

	set_buffers(fd);
	set_path(fd, is_ipv6, (service->needs & NEED_WHOLE_REPLY) != 0);
	if ((service->needs & NEED_RX_TIME) != 0 &&
	    !set(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1))
		return false;
	if (!addr_is_wildcard(addr))
		return true;
	/* The reply has to leave from the address that was asked. */
	return is_ipv6 ? set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
	               : set(fd, IPPROTO_IP, IP_PKTINFO, 1);
}

/* TCP_USER_TIMEOUT (RFC 5482) ends what the other two do not: the wait for a
 * peer that vanished with something on its way to it. */
static void
set_keepalive(int fd)
{
	set(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
	set(fd, IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_IDLE);
	set(fd, IPPROTO_TCP, TCP_KEEPINTVL, KEEPALIVE_INTERVAL);
	set(fd, IPPROTO_TCP, TCP_KEEPCNT, KEEPALIVE_COUNT);
	set(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, GIVE_UP * 1000);
}

static bool
set_options(int fd, const struct addr *addr, enum transport transport,
    const struct service *service)
{
	if (!set(fd, SOL_SOCKET, SO_REUSEPORT, 1))
		return false;
	if (transport == TRANSPORT_UDP)
		return set_udp_options(fd, addr, service);
	/* A connection that comes with its question costs one wake-up, and no
	 * wait in epoll. After a second the kernel hands over whoever is still
	 * silent; more would make it forget them (tcp(7)). */
	set(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT,
	    (service->needs & NEED_PEER_FIRST) != 0);
	/* Accepted sockets inherit these, which saves calls for each. */
	if ((service->needs & NEED_KEEPALIVE) != 0)
		set_keepalive(fd);
	if ((service->needs & NEED_SHORT_BUFFERS) != 0) {
		set(fd, SOL_SOCKET, SO_SNDBUF, SHORT_BUFFER_SIZE);
		set(fd, SOL_SOCKET, SO_RCVBUF, SHORT_BUFFER_SIZE);
	}
	return set(fd, SOL_SOCKET, SO_REUSEADDR, 1) &&
	       set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
}

int
master_socket_open(const struct addr *addr, enum transport transport,
    const struct service *service)
{
	int fd = new_socket(addr, transport);

	if (fd == -1)
		return -1;
	if (set_options(fd, addr, transport, service) &&
	    bind(fd, &addr->any, addr->len) == 0 &&
	    (transport == TRANSPORT_UDP || listen(fd, BACKLOG) == 0))
		return fd;
	int saved_errno = errno;

	close(fd);
	errno = saved_errno;
	return -1;
}

/* A UDP socket that answers one peer alone: its worker had retired it
 * (worker_dgram_retire), and whoever kept it had not been told. */
static bool
is_connected(int fd)
{
	struct sockaddr_storage peer;
	socklen_t len = sizeof(peer);

	return getpeername(fd, (struct sockaddr *)&peer, &len) == 0;
}

bool
master_socket_adopt(int fd, const struct addr *addr, enum transport transport,
    const struct service *service)
{
	int flags = fcntl(fd, F_GETFL);

	if (is_connected(fd)) {
		errno = EISCONN;
		return false;
	}
	return flags != -1 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 &&
	       fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
	       set_options(fd, addr, transport, service) &&
	       (transport == TRANSPORT_UDP || listen(fd, BACKLOG) == 0);
}

bool
master_socket_is_free(const struct addr *addr, enum transport transport)
{
	int fd = new_socket(addr, transport);

	if (fd == -1)
		return false;
	/* TCP: connections of an earlier run in TIME_WAIT are no owner.
	 * A listener is found by bind all the same. */
	if (transport == TRANSPORT_TCP)
		set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
	bool is_free = bind(fd, &addr->any, addr->len) == 0;
	int saved_errno = errno;

	close(fd);
	errno = saved_errno;
	return is_free;
}

static int
option_of(int fd, int name)
{
	int value = -1;
	socklen_t len = sizeof(value);

	return getsockopt(fd, SOL_SOCKET, name, &value, &len) == 0 ? value : -1;
}

bool
master_socket_is_packet(int fd, bool is_listening)
{
	return option_of(fd, SO_DOMAIN) == AF_UNIX &&
	       option_of(fd, SO_TYPE) == SOCK_SEQPACKET &&
	       option_of(fd, SO_ACCEPTCONN) == (is_listening ? 1 : 0);
}

const char *
master_socket_transport_name(enum transport transport)
{
	return transport == TRANSPORT_TCP ? "tcp" : "udp";
}
