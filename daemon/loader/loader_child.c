/* loader_child.c — the loader in a child process of the master. */
#include "core/title.h"
#include "loader/loader.h"
#include "loader/loader_message.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Lines that the master is told: the log is for people, who mend the first
 * hundreds first. */
enum { LINES_MAX = 200 };

/* -------------------------------------------------------------- the child */

struct teller {
	int fd;
	unsigned lines;
};

static void
tell(void *context, bool is_error, const char *line)
{
	struct teller *teller = context;

	if (teller->lines++ < LINES_MAX)
		loader_message_line(teller->fd, is_error, line);
}

static void
tell_rest(const struct teller *teller, const struct report *report)
{
	char line[64];

	if (teller->lines <= LINES_MAX)
		return;
	snprintf(line, sizeof(line), "... and %u lines more",
	    teller->lines - LINES_MAX);
	loader_message_line(
	    teller->fd, report->errors + report->broken > 0, line);
}

/* Leaves the master's sockets, signals and rights to wait for it behind. */
static bool
detach(int fd, pid_t master)
{
	sigset_t none;

	sigemptyset(&none);
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	title_set("netlabd: loader");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != master)
		return false; /* it died before it could be waited for */
	/* All but the standard three and FD, wherever it lies. */
	if (fd > STDERR_FILENO + 1)
		close_range(STDERR_FILENO + 1, (unsigned)fd - 1, 0);
	close_range((unsigned)fd + 1, ~0u, 0);
	return true;
}

_Noreturn static void
run(const char *file, const struct image *old, int fd, pid_t master)
{
	struct teller teller = {.fd = fd};
	struct report report = {.tell = tell, .context = &teller};
	struct loaded loaded;

	if (!detach(fd, master))
		_exit(1);
	bool is_built = loader_build(file, old, &report, &loaded);

	tell_rest(&teller, &report);
	bool is_told =
	    loader_message_end(fd, &report, is_built ? &loaded : NULL);

	/* _exit: what stdio holds is the master's. */
	_exit(is_built && is_told ? 0 : 1);
}

/* ------------------------------------------------------------- the master */

bool
loader_start(
    const char *file, const struct image *old, struct loader_child *child)
{
	int fds[2];
	pid_t master = getpid();

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) == -1)
		return false;
	pid_t pid = fork();

	if (pid == 0)
		run(file, old, fds[1], master);
	int saved_errno = errno;

	close(fds[1]);
	if (pid == -1) {
		close(fds[0]);
		errno = saved_errno;
		return false;
	}
	*child = (struct loader_child){.pid = pid, .fd = fds[0]};
	return true;
}

static enum loader_state
finish(struct loader_child *child, enum loader_state state)
{
	close(child->fd);
	child->fd = -1;
	return state;
}

static void
count(const struct loader_message *message, struct report *report)
{
	report->errors += message->errors;
	report->broken += message->broken;
	report->warnings += message->warnings;
}

/* Ends: the child sends at most LINES_MAX lines and what frames them, and a
 * child that has gone mad is left after that many, until the next turn. */
enum loader_state
loader_collect(
    struct loader_child *child, struct report *report, struct loaded *out)
{
	struct loader_message message;

	for (unsigned i = 0; i < LINES_MAX; i++) {
		switch (loader_message_take(child->fd, &message, out)) {
		case LOADER_MESSAGE_NONE:
			return LOADER_BUSY;
		case LOADER_MESSAGE_GONE:
			return finish(child, LOADER_FAILED);
		case LOADER_MESSAGE_ERROR:
			report->tell(report->context, true, message.text);
			break;
		case LOADER_MESSAGE_WARNING:
			report->tell(report->context, false, message.text);
			break;
		case LOADER_MESSAGE_DONE:
			count(&message, report);
			return finish(child, LOADER_DONE);
		case LOADER_MESSAGE_FAILED:
			count(&message, report);
			return finish(child, LOADER_FAILED);
		}
	}
	return LOADER_BUSY;
}
