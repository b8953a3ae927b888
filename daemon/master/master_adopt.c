/* master_adopt.c — sockets that whoever started us has bound already. */
#include "master/master_adopt.h"

#include "core/log.h"

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

void
master_adopt_read(struct master_adopted *adopted)
{
	long count = number("LISTEN_FDS");

	adopted->count = 0;
	if (number("LISTEN_PID") == (long)getpid() && count > 0) {
		if (count > MASTER_ADOPT_MAX)
			count = MASTER_ADOPT_MAX;
		adopted->count = (size_t)count;
		for (size_t i = 0; i < adopted->count; i++)
			adopted->fds[i] = FIRST_FD + (int)i;
	}
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDNAMES");
}

static int
option(int fd, int name)
{
	int value = -1;
	socklen_t len = sizeof(value);

	return getsockopt(fd, SOL_SOCKET, name, &value, &len) == 0 ? value : -1;
}

/* Its address and kind are those; a stream socket may listen or not yet. */
static bool
is_bound_to(int fd, const struct addr *addr, enum transport transport)
{
	struct addr own = {.len = sizeof(own.in6)};
	int type = transport == TRANSPORT_TCP ? SOCK_STREAM : SOCK_DGRAM;

	return fd != -1 && option(fd, SO_TYPE) == type &&
	       getsockname(fd, &own.any, &own.len) == 0 &&
	       addr_is_equal(&own, addr);
}

bool
master_adopt_has(const struct master_adopted *adopted, const struct addr *addr,
    enum transport transport)
{
	for (size_t i = 0; adopted != NULL && i < adopted->count; i++)
		if (is_bound_to(adopted->fds[i], addr, transport))
			return true;
	return false;
}

int
master_adopt_take(struct master_adopted *adopted, const struct addr *addr,
    enum transport transport)
{
	for (size_t i = 0; adopted != NULL && i < adopted->count; i++) {
		int fd = adopted->fds[i];

		if (is_bound_to(fd, addr, transport)) {
			adopted->fds[i] = -1;
			return fd;
		}
	}
	return -1;
}

void
master_adopt_close(struct master_adopted *adopted)
{
	for (size_t i = 0; i < adopted->count; i++) {
		struct addr own = {.len = sizeof(own.in6)};
		char text[ADDR_TEXT_MAX];
		int fd = adopted->fds[i];

		if (fd == -1)
			continue;
		if (getsockname(fd, &own.any, &own.len) == 0)
			log_warn("a socket that was passed in is closed, since "
			         "nothing is configured for %s",
			    addr_format(&own, text));
		else
			log_warn("descriptor %d, passed in, is no socket", fd);
		close(fd);
	}
	adopted->count = 0;
}
