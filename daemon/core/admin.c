/* admin.c — the admin socket: where it is, and how one comes to it. */
#include "core/admin.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

bool
admin_path(const char *pidfile, struct sockaddr_un *address)
{
	size_t len = strlen(pidfile);

	if (len >= 4 && strcmp(pidfile + len - 4, ".pid") == 0)
		len -= 4;
	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (len + sizeof(".ctl") > sizeof(address->sun_path))
		return false;
	memcpy(address->sun_path, pidfile, len);
	memcpy(address->sun_path + len, ".ctl", sizeof(".ctl"));
	return true;
}

int
admin_connect(const char *pidfile, uint32_t timeout_ms)
{
	struct timeval timeout = {
	    .tv_sec = timeout_ms / 1000,
	    .tv_usec = timeout_ms % 1000 * 1000,
	};
	struct sockaddr_un address;

	if (!admin_path(pidfile, &address)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (fd == -1)
		return -1;
	/* unix(7): connect waits for a place in the backlog as long as send. */
	if (setsockopt(
	        fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout)) == 0 &&
	    setsockopt(
	        fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout)) == 0 &&
	    connect(fd, (const struct sockaddr *)&address, sizeof(address)) ==
	        0)
		return fd;
	int saved_errno = errno;

	close(fd);
	errno = saved_errno;
	return -1;
}
