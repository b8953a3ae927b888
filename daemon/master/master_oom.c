/* master_oom.c — whom the kernel kills where memory is short. */
#include "master/master_oom.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
master_oom_open(struct master *master)
{
	char text[16] = "";
	int fd = open("/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC);

	master->oom = (struct master_oom){.fd = -1};
	if (fd == -1)
		return;
	if (pread(fd, text, sizeof(text) - 1, 0) > 0)
		master->oom.score = (int)strtol(text, NULL, 10);
	if (master->oom.score < 0)
		master->oom.fd = fd;
	else
		close(fd);
}

static void
set(struct master *master, int score)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%d\n", score);
	int saved_errno = errno;

	if (master->oom.fd != -1 &&
	    pwrite(master->oom.fd, text, (size_t)len, 0) != len) {
		log_warn("oom_score_adj cannot be set to %d: %s", score,
		    strerror(errno));
		close(master->oom.fd);
		master->oom.fd = -1;
	}
	errno = saved_errno;
}

void
master_oom_expose(struct master *master)
{
	set(master, 0);
}

/* Back to what it was needs no right: the kernel remembers the lowest that it
 * was given with one. */
void
master_oom_protect(struct master *master)
{
	set(master, master->oom.score);
}
