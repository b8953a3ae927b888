/* master_obtain.c — where a listener's socket comes from. */
#include "master/master_obtain.h"

#include "core/log.h"
#include "master/master_socket.h"
#include "service.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* The kernel lets none but the owner's sockets join a group. One of the store
 * is that of the user that we were, who may be another now, or whom we are
 * still to become. */
static void
own(int fd)
{
	if (fchown(fd, geteuid(), (gid_t)-1) == -1)
		log_debug("fchown of a socket: %s", strerror(errno));
}

/* Makes ONE the socket of LISTENER; false: it is of no use, and closed. */
static bool
take(struct master_listener *listener, struct master_adopted_socket *one)
{
	const struct heritage_socket *socket = &listener->socket;
	int fd = one->fd;

	one->fd = -1;
	if (one->is_own)
		own(fd);
	if (!master_socket_adopt(fd, &socket->addr,
	        (enum transport)socket->transport, services[socket->service])) {
		log_warn("a socket that was passed in: %s", strerror(errno));
		close(fd);
		return false;
	}
	listener->socket.fd = fd;
	listener->origin =
	    one->is_own ? MASTER_ORIGIN_OWN : MASTER_ORIGIN_PASSED;
	listener->is_shared = !one->is_own;
	return true;
}

bool
master_obtain_own(
    struct master_listener *listener, struct master_adopted *adopted)
{
	const struct heritage_socket *socket = &listener->socket;
	char name[MASTER_NAME_MAX];
	struct master_adopted_socket *one = master_adopt_named(adopted,
	    master_name_make(socket, listener->slot, name), &socket->addr,
	    (enum transport)socket->transport);

	return one != NULL && take(listener, one);
}

/* A socket that was passed in belongs to whoever made it, mostly root, and
 * then nobody else's may stand beside it: its slots share the one. */
static bool
share(struct master_listener *listener, struct master_listener *first)
{
	int fd = fcntl(first->socket.fd, F_DUPFD_CLOEXEC, 0);

	if (fd == -1)
		return false;
	listener->socket.fd = fd;
	listener->origin = MASTER_ORIGIN_COPY;
	listener->is_shared = first->is_shared = true;
	return true;
}

bool
master_obtain(struct master_listener *listener, struct master_listener *first,
    struct master_adopted *adopted)
{
	struct heritage_socket *socket = &listener->socket;
	enum transport transport = (enum transport)socket->transport;
	struct master_adopted_socket *one;

	while (
	    (one = master_adopt_any(adopted, &socket->addr, transport)) != NULL)
		if (take(listener, one))
			return true;
	listener->origin = MASTER_ORIGIN_OWN;
	socket->fd = master_socket_open(
	    &socket->addr, transport, services[socket->service]);
	if (socket->fd != -1)
		return true;
	return errno == EADDRINUSE && first != NULL && share(listener, first);
}
