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
#include <unistd.h>

enum {
	VARIABLE_SOCKET,
	VARIABLE_WATCHDOG_USEC,
	VARIABLE_WATCHDOG_PID,
	VARIABLE_STORE,
	VARIABLE_COUNT,
};

static const char *const variables[VARIABLE_COUNT] = {
    [VARIABLE_SOCKET] = "NOTIFY_SOCKET",
    [VARIABLE_WATCHDOG_USEC] = "WATCHDOG_USEC",
    [VARIABLE_WATCHDOG_PID] = "WATCHDOG_PID",
    [VARIABLE_STORE] = "FDSTORE",
};

/* Mutable on purpose: as the log, it belongs to the process. */
static struct {
	int fd;
	struct sockaddr_un address;
	socklen_t len;
	char values[VARIABLE_COUNT]
	           [sizeof(((struct sockaddr_un *)0)->sun_path)];
} self = {.fd = -1};

/* Moves the environment into self.values; what has no value, or one that is too
 * long to be sound, is "". */
static void
take_variables(void)
{
	for (size_t i = 0; i < VARIABLE_COUNT; i++) {
		const char *value = getenv(variables[i]);

		self.values[i][0] = '\0';
		if (value != NULL && strlen(value) < sizeof(self.values[i]))
			memcpy(self.values[i], value, strlen(value) + 1);
	}
	master_notify_take_back();
}

bool
master_notify_hand_on(void)
{
	for (size_t i = 0; i < VARIABLE_COUNT; i++)
		if (self.values[i][0] != '\0' &&
		    setenv(variables[i], self.values[i], 1) == -1)
			return false;
	return true;
}

void
master_notify_take_back(void)
{
	for (size_t i = 0; i < VARIABLE_COUNT; i++)
		unsetenv(variables[i]);
}

void
master_notify_open(void)
{
	const char *path = self.values[VARIABLE_SOCKET];
	/* A manager that does not read must not hold up the master. */
	struct timeval patience = {.tv_sec = 1};

	take_variables();
	if (*path != '/' && *path != '@')
		return;
	self.address.sun_family = AF_UNIX;
	memcpy(self.address.sun_path, path, strlen(path));
	self.len =
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
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

/* Sends LEN bytes of TEXT, with FD attached unless it is -1. false: errno. */
static bool
send_text(const char *text, size_t len, int fd, int flags)
{
	union {
		struct cmsghdr header;
		unsigned char bytes[CMSG_SPACE(sizeof(int))];
	} rights = {.header = {.cmsg_len = CMSG_LEN(sizeof(int)),
	                .cmsg_level = SOL_SOCKET,
	                .cmsg_type = SCM_RIGHTS}};
	union {
		const char *read_only;
		void *base;
	} content = {.read_only = text};
	struct iovec part = {.iov_base = content.base, .iov_len = len};
	struct msghdr message = {
	    .msg_name = &self.address,
	    .msg_namelen = self.len,
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	};

	if (fd != -1) {
		memcpy(CMSG_DATA(&rights.header), &fd, sizeof(fd));
		message.msg_control = rights.bytes;
		message.msg_controllen = sizeof(rights.bytes);
	}
	return sendmsg(self.fd, &message, MSG_NOSIGNAL | flags) != -1;
}

/* Formats into TEXT and returns its length, cut to SIZE; 0: it cannot be. */
static size_t __attribute__((format(printf, 3, 0)))
put(char *text, size_t size, const char *format, va_list args)
{
	int len = vsnprintf(text, size, format, args);

	if (len < 0)
		return 0;
	return (size_t)len < size ? (size_t)len : size - 1;
}

void
master_notify(const char *format, ...)
{
	char text[1024];
	va_list args;

	if (self.fd == -1)
		return;
	va_start(args, format);
	size_t len = put(text, sizeof(text), format, args);

	va_end(args);
	if (len > 0 && !send_text(text, len, -1, 0))
		log_warn(
		    "the service manager does not listen: %s", strerror(errno));
}

bool
master_notify_with(int fd, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	size_t len = put(text, sizeof(text), format, args);

	va_end(args);
	if (send_text(text, len, fd, MSG_DONTWAIT))
		return true;
	/* Descriptors under way are counted, and so many are not allowed. */
	if (errno == ETOOMANYREFS || errno == ENOBUFS || errno == EINTR)
		errno = EAGAIN;
	return false;
}

void
master_notify_reloading(const char *status)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	master_notify("RELOADING=1\nMONOTONIC_USEC=%llu\nSTATUS=%s",
	    (unsigned long long)now.tv_sec * 1000000 +
	        (unsigned long long)now.tv_nsec / 1000,
	    status);
}

bool
master_notify_is_heard(void)
{
	return self.fd != -1;
}

/* A plain decimal number; UINT64_MAX: it is none. */
static uint64_t
number(const char *text)
{
	if (*text == '\0' || strlen(text) > 18 ||
	    strspn(text, "0123456789") != strlen(text))
		return UINT64_MAX;
	return strtoull(text, NULL, 10);
}

uint64_t
master_notify_watchdog_ms(void)
{
	const char *whose = self.values[VARIABLE_WATCHDOG_PID];
	uint64_t usec = number(self.values[VARIABLE_WATCHDOG_USEC]);

	if (self.fd == -1 || usec == UINT64_MAX || usec == 0 ||
	    (*whose != '\0' && number(whose) != (uint64_t)getpid()))
		return 0;
	return usec < 2000 ? 1 : usec / 2000;
}

unsigned
master_notify_store_max(unsigned most)
{
	uint64_t max = number(self.values[VARIABLE_STORE]);

	return max < most ? (unsigned)max : most;
}
