/* master_adopt.c — sockets that whoever started us has bound already. */
#include "master/master_adopt.h"

#include "core/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FIRST_FD = 3 }; /* SD_LISTEN_FDS_START */

/* A plain decimal number of the environment; -1: none. */
static long
number(const char *name)
{
	const char *text = getenv(name);

	if (text == NULL || *text == '\0' || strlen(text) > 9 ||
	    strspn(text, "0123456789") != strlen(text))
		return -1;
	return strtol(text, NULL, 10);
}

/* What ONE's descriptor is. */
static void
examine(struct master_adopted_socket *one)
{
	int type = -1;
	socklen_t len = sizeof(type);

	one->addr.len = sizeof(one->addr.in6);
	if (getsockopt(one->fd, SOL_SOCKET, SO_TYPE, &type, &len) == -1 ||
	    getsockname(one->fd, &one->addr.any, &one->addr.len) == -1 ||
	    (type != SOCK_STREAM && type != SOCK_DGRAM) ||
	    addr_port(&one->addr) == 0)
		return;
	one->is_socket = true;
	one->transport = type == SOCK_STREAM ? TRANSPORT_TCP : TRANSPORT_UDP;
	one->is_own =
	    master_name_is_ours(one->name, &one->addr, one->transport);
	/* None but the owner's sockets may stand beside it, and that is the
	 * user that we were: another now, or one that we are yet to become. */
	if (one->is_own && fchown(one->fd, geteuid(), (gid_t)-1) == -1)
		log_debug("fchown of a socket: %s", strerror(errno));
}

/* One name of LISTEN_FDNAMES; returns where the next begins. */
static const char *
take_name(const char *names, char out[MASTER_NAME_MAX])
{
	size_t len = strcspn(names, ":");

	/* One that is cut is not one of ours. */
	snprintf(out, MASTER_NAME_MAX, "%.*s", (int)len, names);
	return names[len] == ':' ? names + len + 1 : names + len;
}

void
master_adopt_add(
    struct master_adopted *adopted, int fd, const char *name, bool is_stored)
{
	/* By the time that it is closed another file would have its number. */
	if (fcntl(fd, F_GETFD) == -1) {
		log_warn("descriptor %d, passed in, is not open", fd);
		return;
	}
	if (adopted->count == MASTER_ADOPT_MAX) {
		log_warn("too many sockets are passed in: descriptor %d is "
		         "closed",
		    fd);
		close(fd);
		return;
	}
	struct master_adopted_socket *one = &adopted->sockets[adopted->count++];

	*one = (struct master_adopted_socket){.fd = fd, .is_stored = is_stored};
	snprintf(one->name, sizeof(one->name), "%s", name);
	examine(one);
}

static void
take_all(struct master_adopted *adopted, size_t count)
{
	const char *names = getenv("LISTEN_FDNAMES");
	char name[MASTER_NAME_MAX] = "";

	for (size_t i = 0; i < count; i++) {
		if (names != NULL)
			names = take_name(names, name);
		master_adopt_add(adopted, FIRST_FD + (int)i, name, true);
	}
}

void
master_adopt_read(struct master_adopted *adopted)
{
	long count = number("LISTEN_FDS");

	adopted->count = 0;
	if (number("LISTEN_PID") == (long)getpid() && count > 0) {
		long most = count < MASTER_ADOPT_MAX ? count : MASTER_ADOPT_MAX;

		take_all(adopted, (size_t)most);
		if (count > most) {
			log_warn("%ld sockets are passed in, of which %ld are "
			         "closed: that is too many",
			    count, count - most);
			close_range((unsigned)(FIRST_FD + most),
			    (unsigned)(FIRST_FD + count - 1), 0);
		}
	}
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDNAMES");
}

/* A stream socket may listen or not yet. */
bool
master_adopt_is_at(const struct master_adopted_socket *one,
    const struct addr *addr, enum transport transport)
{
	return one->fd != -1 && one->is_socket && one->transport == transport &&
	       addr_is_equal(&one->addr, addr);
}

/* A socket of our own on 127.0.0.1:53 does not hinder us on 0.0.0.0:53, but
 * would look like somebody else's; so would one that we have taken and closed
 * again, since the service manager has it still. */
static bool
is_our_place(const struct master_adopted_socket *one, const struct addr *addr,
    enum transport transport)
{
	const struct addr *own = &one->addr;

	return one->is_own && one->transport == transport &&
	       own->any.sa_family == addr->any.sa_family &&
	       addr_port(own) == addr_port(addr) &&
	       (addr_is_equal(own, addr) || addr_is_wildcard(own) ||
	           addr_is_wildcard(addr));
}

bool
master_adopt_has(const struct master_adopted *adopted, const struct addr *addr,
    enum transport transport)
{
	for (size_t i = 0; adopted != NULL && i < adopted->count; i++) {
		const struct master_adopted_socket *one = &adopted->sockets[i];

		if (master_adopt_is_at(one, addr, transport) ||
		    is_our_place(one, addr, transport))
			return true;
	}
	return false;
}

struct master_adopted_socket *
master_adopt_named(struct master_adopted *adopted, const char *name,
    const struct addr *addr, enum transport transport)
{
	for (size_t i = 0; adopted != NULL && i < adopted->count; i++) {
		struct master_adopted_socket *one = &adopted->sockets[i];

		if (one->is_own && strcmp(one->name, name) == 0 &&
		    master_adopt_is_at(one, addr, transport))
			return one;
	}
	return NULL;
}

struct master_adopted_socket *
master_adopt_any(struct master_adopted *adopted, const struct addr *addr,
    enum transport transport)
{
	struct master_adopted_socket *other = NULL;

	for (size_t i = 0; adopted != NULL && i < adopted->count; i++) {
		struct master_adopted_socket *one = &adopted->sockets[i];

		if (!master_adopt_is_at(one, addr, transport))
			continue;
		if (one->is_own)
			return one;
		if (other == NULL)
			other = one;
	}
	return other;
}

static void
tell_of_closing(const struct master_adopted_socket *one)
{
	static const char format[] =
	    "a socket %s is closed, since nothing is configured for %s";
	char text[ADDR_TEXT_MAX];

	if (!one->is_socket)
		log_warn("descriptor %d, passed in, is no socket", one->fd);
	else if (one->is_own)
		log_info(
		    format, "of an earlier run", addr_format(&one->addr, text));
	else
		log_warn(format, "that was passed in",
		    addr_format(&one->addr, text));
}

void
master_adopt_close(struct master_adopted *adopted)
{
	for (size_t i = 0; i < adopted->count; i++) {
		const struct master_adopted_socket *one = &adopted->sockets[i];

		if (one->fd == -1)
			continue;
		tell_of_closing(one);
		close(one->fd);
	}
	adopted->count = 0;
}
