/* master_notify.c — tells the service manager how things stand. */
#include "master/master_notify.h"

#include "core/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

/* Mutable on purpose: as the log, it belongs to the process. */
static struct {
	int fd;
	struct sockaddr_un address;
	socklen_t len;
} self = {.fd = -1};

void
master_notify_open(void)
{
	const char *path = getenv("NOTIFY_SOCKET");
	/* A manager that does not read must not hold up the master. */
	struct timeval patience = {.tv_sec = 1};

	if (path != NULL && (*path == '/' || *path == '@') &&
	    strlen(path) < sizeof(self.address.sun_path)) {
		self.address.sun_family = AF_UNIX;
		memcpy(self.address.sun_path, path, strlen(path));
		self.len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
		                       strlen(path));
		/* "@" stands for the NUL of an abstract name. */
		if (*path == '@')
			self.address.sun_path[0] = '\0';
		else
			self.len++;
		self.fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		if (self.fd != -1)
			setsockopt(self.fd, SOL_SOCKET, SO_SNDTIMEO, &patience,
			    sizeof(patience));
	}
	unsetenv("NOTIFY_SOCKET");
}

void
master_notify(const char *format, ...)
{
	char text[1024];
	va_list args;

	if (self.fd == -1)
		return;
	va_start(args, format);
	int len = vsnprintf(text, sizeof(text), format, args);

	va_end(args);
	if (len < 0)
		return;
	if (len >= (int)sizeof(text))
		len = (int)sizeof(text) - 1;
	if (sendto(self.fd, text, (size_t)len, MSG_NOSIGNAL,
	        (const struct sockaddr *)&self.address, self.len) == -1)
		log_warn(
		    "the service manager does not listen: %s", strerror(errno));
}

void
master_notify_reloading(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	master_notify("RELOADING=1\nMONOTONIC_USEC=%llu\nSTATUS=reloading",
	    (unsigned long long)now.tv_sec * 1000000 +
	        (unsigned long long)now.tv_nsec / 1000);
}
