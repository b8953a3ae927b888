/* master_admin_ask.c — `netlabd --reload`: the asking side. */
#include "master/master_admin.h"

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

/* Prints until the outcome comes: 0 done, 1 failed. As a unit's ExecReload=
 * nothing is printed: the journal has each line from the daemon itself. */
static int
listen_to(int fd)
{
	bool is_journal = log_find_journal();
	char text[2048];
	ssize_t len;

	while ((len = recv(fd, text, sizeof(text) - 1, 0)) > 0 ||
	       (len == -1 && errno == EINTR)) {
		if (len < 1)
			continue;
		text[len] = '\0';
		if (text[0] == '+')
			return 0;
		if (!is_journal)
			fprintf(stderr, "netlabd: %s\n", text + 1);
		if (text[0] == '-')
			return 1;
	}
	fprintf(stderr, "netlabd: the daemon has gone without an answer\n");
	return 1;
}

int
master_admin_ask(const char *pidfile)
{
	static const char question[] = ADMIN_RELOAD;
	int status = 1, fd = reach(pidfile);

	if (fd == -1)
		return 1;
	if (send(fd, question, strlen(question), MSG_NOSIGNAL) == -1)
		fprintf(stderr, "netlabd: the daemon does not listen: %s\n",
		    strerror(errno));
	else
		status = listen_to(fd);
	close(fd);
	return status;
}
