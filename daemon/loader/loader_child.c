/* loader_child.c — the loader in a child process of the master. */
#include "loader/loader_child.h"
#include "core/title.h"
#include "loader/loader_message.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

struct teller {
	int fd;
	unsigned lines;
};

static void
tell(void *context, bool is_error, const char *line)
{
	struct teller *teller = context;

	if (teller->lines++ < LOADER_CHILD_LINES)
		loader_message_line(teller->fd, is_error, line);
}

static void
tell_rest(const struct teller *teller, const struct report *report)
{
	char line[64];

	if (teller->lines <= LOADER_CHILD_LINES)
		return;
	snprintf(line, sizeof(line), "... and %u lines more",
	    teller->lines - LOADER_CHILD_LINES);
	loader_message_line(
	    teller->fd, report->errors + report->broken > 0, line);
}

/* Leaves the master's sockets and signals behind. False: the master is gone
 * already, and nobody waits for an image. */
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
		return false; /* too early for the signal */
	/* All but the standard three and FD, wherever it lies. */
	if (fd > STDERR_FILENO + 1)
		close_range(STDERR_FILENO + 1, (unsigned)fd - 1, 0);
	close_range((unsigned)fd + 1, ~0u, 0);
	return true;
}

_Noreturn void
loader_child_run(
    const char *file, const struct image *old, int fd, pid_t master)
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
