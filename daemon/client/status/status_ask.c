/* status_ask.c — the daemon's admin socket, the asking side. */
#include "client/status/status_ask.h"

#include "client/complain.h"
#include "client/reach.h"
#include "client/verb.h"
#include "core/admin.h"
#include "core/conf.h"
#include "core/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* -------------------------------------------------------------- the pidfile */

/* Keeps the last line that is told: why a file cannot be read at all. */
static void
keep_line(void *context, bool is_error, const char *line)
{
	(void)is_error;
	snprintf(context, STATUS_ASK_WHY_MAX, "%s", line);
}

int
status_ask_pidfile(const char *file, char pidfile[SETTINGS_PATH_MAX])
{
	cfg_opt_t options[] = {CFG_STR("pidfile", "", CFGF_NONE), CFG_END()};
	char line[STATUS_ASK_WHY_MAX] = "";
	struct report report = {.tell = keep_line, .context = line};
	struct conf *conf = conf_open(file, options, &report);

	if (conf == NULL)
		return complain(VERB_USAGE, "%s", line);
	const char *path = cfg_getstr(conf_root(conf), "pidfile");
	bool is_named = path != NULL && *path != '\0';
	bool fits =
	    is_named && conf_path(conf, path, pidfile, SETTINGS_PATH_MAX);

	conf_close(conf);
	if (!is_named)
		return complain(VERB_USAGE,
		    "%s names no pidfile: netlabd cannot be asked", file);
	if (!fits)
		return complain(
		    VERB_USAGE, "%s: the pidfile's name is too long", file);
	return VERB_GOOD;
}

/* --------------------------------------------------------------- the answer */

__attribute__((format(printf, 3, 4))) static void
fail(struct status_ask *ask, int status, const char *format, ...)
{
	va_list args;

	ask->status = status;
	va_start(args, format);
	vsnprintf(ask->why, sizeof(ask->why), format, args);
	va_end(args);
}

/* What errno means for the socket beside PIDFILE. */
static void
fail_errno(struct status_ask *ask, const char *pidfile, int timeout_ms)
{
	switch (errno) {
	case ENOENT:
	case ENOTDIR:
	case ECONNREFUSED:
		fail(ask, VERB_NO_REPLY, "not running (%s)", pidfile);
		break;
	case EACCES:
	case EPERM:
		fail(ask, VERB_USAGE,
		    "%s: only root and the user of netlabd may ask it",
		    pidfile);
		break;
	case ENAMETOOLONG:
		fail(ask, VERB_USAGE,
		    "%s: the name is too long for a socket beside it", pidfile);
		break;
	case EAGAIN:
		fail(ask, VERB_NO_REPLY, "no answer in %g s (%s)",
		    timeout_ms / 1000.0, pidfile);
		break;
	default:
		fail(ask, VERB_NO_REPLY, "no answer (%s): %s", pidfile,
		    strerror(errno));
		break;
	}
}

/* The first descriptor of MESSAGE; -1: none. Others are closed. */
static int
take_descriptor(struct msghdr *message)
{
	int first = -1;

	for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header != NULL;
	     header = CMSG_NXTHDR(message, header)) {
		if (header->cmsg_level != SOL_SOCKET ||
		    header->cmsg_type != SCM_RIGHTS)
			continue;
		size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		for (size_t i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(header) + i * sizeof(fd),
			    sizeof(fd));
			if (first == -1)
				first = fd;
			else
				close(fd);
		}
	}
	return first;
}

/* All of FD, which must not change any more; NULL: it is no such text. */
static char *
read_all(int fd, size_t *len)
{
	int seals = fcntl(fd, F_GET_SEALS);
	struct stat status;

	if (seals == -1 || (seals & F_SEAL_WRITE) == 0 ||
	    fstat(fd, &status) == -1 || status.st_size <= 0 ||
	    status.st_size > STATUS_TEXT_MAX)
		return NULL;
	*len = (size_t)status.st_size;
	char *text = malloc(*len);

	/* Of memory: a read is never short. */
	if (text != NULL && pread(fd, text, *len, 0) != (ssize_t)*len) {
		free(text);
		text = NULL;
	}
	return text;
}

/* What the daemon says on FD: "+…" with the text, "-…" why not. */
static char *
receive(int fd, const char *pidfile, int timeout_ms, size_t *len,
    struct status_ask *ask)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(4 * sizeof(int))];
	} control;
	char line[256];
	struct iovec part = {line, sizeof(line)};
	struct msghdr message = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control.room),
	};
	ssize_t got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);

	if (got == -1 || got == 0) {
		if (got == 0)
			fail(ask, VERB_NO_REPLY,
			    "netlabd has gone without an answer (%s)", pidfile);
		else
			fail_errno(ask, pidfile, timeout_ms);
		return NULL;
	}
	int attached = take_descriptor(&message);

	if (line[0] == '-') {
		fail(ask, VERB_NEGATIVE, "netlabd: %.*s", (int)got - 1,
		    line + 1);
		if (attached != -1)
			close(attached);
		return NULL;
	}
	char *text = attached == -1 ? NULL : read_all(attached, len);

	if (attached != -1)
		close(attached);
	if (text == NULL)
		fail(ask, VERB_MALFORMED, "the answer is none (%s)", pidfile);
	return text;
}

/* What is left of the time until DEADLINE_MS is FD's to receive in. */
static bool
set_receive_timeout(int fd, int64_t deadline_ms)
{
	int64_t left_ms = deadline_ms - reach_now_ms();
	struct timeval timeout = {
	    .tv_sec = left_ms / 1000,
	    .tv_usec = left_ms % 1000 * 1000,
	};

	if (left_ms > 0)
		return setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout,
		           sizeof(timeout)) == 0;
	errno = EAGAIN;
	return false;
}

char *
status_ask(
    const char *pidfile, int timeout_ms, size_t *len, struct status_ask *ask)
{
	int64_t deadline_ms = reach_now_ms() + timeout_ms;
	int fd = admin_connect(pidfile, (uint32_t)timeout_ms);
	char *text = NULL;

	ask->status = VERB_GOOD;
	ask->why[0] = '\0';
	/* The first packet finds room. */
	if (fd == -1 || !set_receive_timeout(fd, deadline_ms) ||
	    send(fd, ADMIN_STATUS, strlen(ADMIN_STATUS), MSG_NOSIGNAL) == -1)
		fail_errno(ask, pidfile, timeout_ms);
	else
		text = receive(fd, pidfile, timeout_ms, len, ask);
	if (fd != -1)
		close(fd);
	return text;
}
