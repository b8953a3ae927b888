/* master_obtain.c — where a listener's socket comes from. */
#include "master/master_obtain.h"

#include "core/log.h"
#include "master/master_socket.h"
#include "master/master_store.h"
#include "service.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* Makes ONE the socket of LISTENER; false: it is of no use, and closed. */
static bool
take(struct master *master, struct master_listener *listener,
    struct master_adopted_socket *one)
{
	const struct heritage_socket *socket = &listener->socket;
	int fd = one->fd;

	one->fd = -1;
	if (!master_socket_adopt(fd, &socket->addr,
	        (enum transport)socket->transport, services[socket->service])) {
		log_warn("a socket that was passed in: %s", strerror(errno));
		close(fd);
		if (one->is_own)
			master_store_forget(master, one->name);
		return false;
	}
	listener->socket.fd = fd;
	listener->origin =
	    one->is_own ? MASTER_ORIGIN_OWN : MASTER_ORIGIN_PASSED;
	listener->is_shared = !one->is_own;
	return true;
}

bool
master_obtain_own(struct master *master, struct master_listener *listener,
    struct master_adopted *adopted)
{
	const struct heritage_socket *socket = &listener->socket;
	char name[MASTER_NAME_MAX];
	struct master_adopted_socket *one = master_adopt_named(adopted,
	    master_name_make(socket, listener->slot, name), &socket->addr,
	    (enum transport)socket->transport);

	if (one == NULL || !take(master, listener, one))
		return false;
	listener->is_stored = one->is_stored;
	return true;
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

/* One of our own gets its new name when it is stored again. */
static bool
take_any(struct master *master, struct master_listener *listener,
    struct master_adopted_socket *one)
{
	bool is_taken = take(master, listener, one);

	if (is_taken && one->is_own)
		master_store_forget(master, one->name);
	return is_taken;
}

bool
master_obtain(struct master *master, struct master_listener *listener,
    struct master_listener *first, struct master_adopted *adopted)
{
	struct heritage_socket *socket = &listener->socket;
	enum transport transport = (enum transport)socket->transport;
	struct master_adopted_socket *one;

	while (
	    (one = master_adopt_any(adopted, &socket->addr, transport)) != NULL)
		if (take_any(master, listener, one))
			return true;
	listener->origin = MASTER_ORIGIN_OWN;
	socket->fd = master_socket_open(
	    &socket->addr, transport, services[socket->service]);
	if (socket->fd != -1)
		return true;
	/* EACCES: without rights, a port below 1024 that was passed in. */
	return (errno == EADDRINUSE || errno == EACCES) && first != NULL &&
	       share(listener, first);
}
