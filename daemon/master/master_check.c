/* master_check.c — the program that is installed now: could it take over? */
#include "master/master_check.h"

#include "core/version.h"
#include "master/master_drop.h"
#include "master/master_loop.h"
#include "master/master_oom.h"
#include "master/master_reload.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

enum {
	/* In the child, where the descriptors it needs lie. */
	HANDOVER_FD = STDERR_FILENO + 1,
	/* As a shell has it. */
	EXIT_NOT_FOUND = 127,
	/* getopt's, in a program that has no such option. */
	EXIT_WRONG_OPTION = 2,
};

static const char warning[] = "warning: ";

/* Nothing of the master's but its rights: signals as at a start, standard
 * streams, the handover. */
static bool
shed(int output, int handover, pid_t master)
{
	sigset_t none;
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != master || null == -1)
		return false; /* too early for the signal */
	if (dup2(null, STDIN_FILENO) == -1 ||
	    dup2(output, STDOUT_FILENO) == -1 ||
	    dup2(output, STDERR_FILENO) == -1)
		return false;
	/* Onto itself it would stay close-on-exec. */
	if (handover == HANDOVER_FD ? fcntl(handover, F_SETFD, 0) == -1
	                            : dup2(handover, HANDOVER_FD) == -1)
		return false;
	close_range(HANDOVER_FD + 1, ~0U, 0);
	return true;
}

/* The standard streams of a daemon are never closed, so that neither OUTPUT nor
 * HANDOVER lies among the first three. */
static _Noreturn void
become(const struct master *master, int output, int handover)
{
	char option[32];
	const char *const arguments[] = {
	    master->program,
	    "-t",
	    "-c",
	    master->options->file,
	    option,
	    NULL,
	};

	snprintf(option, sizeof(option), "--handover=%d", HANDOVER_FD);
	if (shed(output, handover, master->pid)) {
		/* It tries which addresses it could have. */
		master_drop_pass_on();
		/* It changes none of them. */
		execv(master->program, (char *const *)(uintptr_t)arguments);
		dprintf(STDERR_FILENO, "%s: %s\n", master->program,
		    strerror(errno));
	}
	_exit(EXIT_NOT_FOUND);
}

bool
master_check_start(struct master *master, int handover)
{
	struct master_check *check = &master->checking;
	int pair[2];

	master_assert(master);
	if (pipe2(pair, O_CLOEXEC | O_NONBLOCK) == -1)
		return false;
	/* Its end of the pipe is to block, as others' do. */
	fcntl(pair[1], F_SETFL, 0);
	master_oom_expose(master);
	pid_t pid = fork();

	if (pid == 0)
		become(master, pair[1], handover);
	master_oom_protect(master);
	close(pair[1]);
	if (pid == -1) {
		int saved_errno = errno;

		close(pair[0]);
		errno = saved_errno;
		return false;
	}
	check->pid = pid;
	check->len = 0;
	check->output =
	    (struct master_source){.fd = pair[0], .kind = MASTER_SOURCE_CHECK};
	/* Without it, all that it says is read at its end; if that is more
	 * than the pipe holds, the deadline ends it. */
	if (!master_loop_watch(master, &check->output))
		log_warn("epoll_ctl: %s", strerror(errno));
	return true;
}

static void
close_output(struct master *master)
{
	struct master_source *output = &master->checking.output;

	if (output->fd == -1)
		return;
	master_loop_forget(master, output);
	close(output->fd);
	output->fd = -1;
}

/* Reads once; whether there may be more. */
static bool
receive(struct master_check *check)
{
	char rest[1024];
	size_t room = sizeof(check->text) - check->len;
	char *place = room > 0 ? check->text + check->len : rest;
	ssize_t len =
	    read(check->output.fd, place, room > 0 ? room : sizeof(rest));

	if (len > 0 && room > 0)
		check->len += (size_t)len;
	return len > 0 || (len == -1 && errno == EINTR);
}

void
master_check_receive(struct master *master, struct master_source *source)
{
	master_assert(master);
	if (source->fd == -1)
		return;
	errno = 0;
	if (!receive(&master->checking) && errno != EAGAIN)
		close_output(master);
}

/* What it wrote, line by line. One that is content says so, which need not be
 * told; and its warnings the start will tell again. */
static void
tell(struct master *master, bool is_good)
{
	struct master_check *check = &master->checking;
	char *rest = check->text, *line;

	if (check->len == sizeof(check->text))
		check->len--;
	check->text[check->len] = '\0';
	while (!is_good && (line = strsep(&rest, "\n")) != NULL) {
		bool is_error = strncmp(line, warning, strlen(warning)) != 0;

		if (*line != '\0')
			master_reload_tell(master, is_error,
			    is_error ? line : line + strlen(warning));
	}
}

static void
explain(const struct master *master, int status, char *reason, size_t cap)
{
	if (WIFSIGNALED(status))
		snprintf(reason, cap, "%.200s was ended by signal %d (SIG%s)",
		    master->program, WTERMSIG(status),
		    sigabbrev_np(WTERMSIG(status)));
	else if (WEXITSTATUS(status) == EXIT_NOT_FOUND)
		snprintf(reason, cap, "%.200s cannot be run", master->program);
	else if (WEXITSTATUS(status) == EXIT_WRONG_OPTION)
		snprintf(reason, cap,
		    "%.200s cannot take over from netlabd " NETLABD_VERSION,
		    master->program);
	else
		snprintf(reason, cap, "%.200s -t has exited with status %d",
		    master->program, WEXITSTATUS(status));
}

bool
master_check_end(struct master *master, int status, char *reason, size_t cap)
{
	struct master_check *check = &master->checking;
	bool is_good = WIFEXITED(status) && WEXITSTATUS(status) == 0;

	master_assert(master);
	/* What the pipe holds, and no more: somebody may have inherited its
	 * other end. */
	for (unsigned i = 0; check->output.fd != -1 && i < 64; i++)
		if (!receive(check))
			break;
	close_output(master);
	check->pid = 0;
	tell(master, is_good);
	if (!is_good)
		explain(master, status, reason, cap);
	return is_good;
}

void
master_check_cancel(struct master *master)
{
	master_assert(master);
	if (master->checking.pid == 0)
		return;
	kill(master->checking.pid, SIGKILL);
	close_output(master);
	master->checking.pid = 0;
}
