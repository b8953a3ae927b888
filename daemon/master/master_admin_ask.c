/* master_admin_ask.c — `netlabd --reload`, `--upgrade`: the asking side. */
#include "master/master_admin_ask.h"

#include "core/admin.h"
#include "core/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* Connected, or -1: told on standard error. */
static int
reach(const char *pidfile)
{
	int fd = admin_connect(pidfile, 0);

	if (fd != -1)
		return fd;
	if (errno == ENOENT || errno == ECONNREFUSED)
		fprintf(stderr, "netlabd: not running (%s)\n", pidfile);
	else
		fprintf(stderr, "netlabd: %s: admin socket: %s\n", pidfile,
		    strerror(errno));
	return -1;
}

/* Who asks for an upgrade wants to know to what. */
static int
end_well(enum master_work work, const char *outcome)
{
	if (work == MASTER_WORK_UPGRADE)
		puts(outcome);
	return 0;
}

/* It ends without an answer where it stops before it has read the question.
 * One that is too old to know the question does so too. */
static int
end_without(enum master_work work, bool has_spoken)
{
	if (work == MASTER_WORK_UPGRADE && !has_spoken) {
		fputs("netlabd: the daemon that runs does not know how to be "
		      "replaced in place: restart it\n",
		    stderr);
		return 1;
	}
	fputs("netlabd: the daemon has gone without an answer\n", stderr);
	return MASTER_ADMIN_GONE;
}

/* Prints until the outcome comes. Returns the exit status. As a unit's
 * ExecReload= nothing is printed: the journal has each line from the daemon
 * itself. */
static int
listen_to(int fd, enum master_work work)
{
	bool is_journal = log_find_journal();
	char text[2048];
	bool has_spoken = false;
	ssize_t len;

	while ((len = recv(fd, text, sizeof(text) - 1, 0)) > 0 ||
	       (len == -1 && errno == EINTR)) {
		if (len < 1)
			continue;
		text[len] = '\0';
		if (text[0] == '+')
			return end_well(work, text + 1);
		has_spoken = true;
		if (!is_journal)
			fprintf(stderr, "netlabd: %s\n", text + 1);
		if (text[0] == '-')
			return strcmp(text + 1, ADMIN_STOPS) == 0
			           ? MASTER_ADMIN_GONE
			           : 1;
	}
	return end_without(work, has_spoken);
}

int
master_admin_ask(const char *pidfile, enum master_work work)
{
	static const char *const questions[MASTER_WORK_COUNT] = {
	    [MASTER_WORK_RELOAD] = ADMIN_RELOAD,
	    [MASTER_WORK_UPGRADE] = ADMIN_UPGRADE,
	};
	const char *question = questions[work];
	int status = 1, fd = reach(pidfile);

	if (fd == -1)
		return 1;
	/* One that has gone is noticed when its answer does not come. */
	if (send(fd, question, strlen(question), MSG_NOSIGNAL) == -1 &&
	    errno != EPIPE && errno != ECONNRESET)
		fprintf(stderr, "netlabd: the daemon does not listen: %s\n",
		    strerror(errno));
	else
		status = listen_to(fd, work);
	close(fd);
	return status;
}
