/* master_detach.c — from a shell's child to a daemon. */
#include "master/master_detach.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* In the shell's process: the status that comes down the pipe; 1 when the
 * daemon dies without a word. */
static _Noreturn void
wait_for_outcome(int fd, pid_t child)
{
	unsigned char status = 1;
	ssize_t len;

	while (waitpid(child, NULL, 0) == -1 && errno == EINTR)
		continue;
	do
		len = read(fd, &status, 1);
	while (len == -1 && errno == EINTR);
	_exit(len == 1 ? status : 1);
}

int
master_detach_begin(void)
{
	int pair[2];

	if (pipe2(pair, O_CLOEXEC) == -1) {
		log_error("pipe: %s", strerror(errno));
		return -1;
	}
	pid_t child = fork();

	if (child > 0) {
		close(pair[1]);
		wait_for_outcome(pair[0], child);
	}
	/* A session of its own without a leader can never get a terminal. */
	if (child == -1 || setsid() == -1 || (child = fork()) == -1) {
		log_error("cannot detach: %s", strerror(errno));
		return -1;
	}
	if (child > 0)
		_exit(EXIT_SUCCESS);
	close(pair[0]);
	umask(022);
	if (chdir("/") == -1)
		log_warn("chdir /: %s", strerror(errno));
	return pair[1];
}

static void
tell(struct master *master, int status)
{
	unsigned char byte = (unsigned char)status;

	if (write(master->detach, &byte, 1) != 1)
		log_debug("the shell does not wait any more");
	close(master->detach);
	master->detach = -1;
}

void
master_detach_finish(struct master *master)
{
	const struct settings *settings = master->current->settings;

	if (master->detach == -1)
		return;
	master_assert(master);
	log_open(
	    LOG_TARGET_SYSLOG, settings->log_facility, settings->log_level);
	master_detach_streams();
	tell(master, 0);
}

void
master_detach_fail(struct master *master, int status)
{
	/* A stop that was asked for while it came up is no success either. */
	if (master->detach != -1)
		tell(master, status == 0 ? 1 : status);
}

void
master_detach_streams(void)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (fd == -1) {
		log_warn("/dev/null: %s", strerror(errno));
		return;
	}
	for (int i = 0; i <= STDERR_FILENO; i++)
		dup2(fd, i);
	if (fd > STDERR_FILENO)
		close(fd);
}
