/*
 * hang_preload.c — makes one worker of a netlabd that was started with it in
 * LD_PRELOAD hang where it reads datagrams. The file that $HANG_FILE names says
 * which one, and how: "PID HOW". As it begins to hang, it makes a file of that
 * pid in the folder $HANG_SEEN. HOW:
 *
 *   loop   for ever
 *   wait   for ever, in a call, and SIGABRT is nothing to it
 *   stop   as by kill -STOP, and goes on at SIGCONT
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* What HANG_FILE has for this process, in HOW; false: nothing. */
static int
is_meant(char how[8])
{
	const char *path = getenv("HANG_FILE");
	FILE *file = path == NULL ? NULL : fopen(path, "re");
	int pid = 0, count = 0;

	if (file == NULL)
		return 0;
	count = fscanf(file, "%d %7s", &pid, how);
	fclose(file);
	return count == 2 && pid == getpid();
}

static void
tell(void)
{
	const char *folder = getenv("HANG_SEEN");
	char path[4096];

	if (folder == NULL)
		return;
	snprintf(path, sizeof(path), "%s/%d", folder, (int)getpid());
	close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
}

static void
hang(const char *how)
{
	static volatile unsigned long turns;

	if (strcmp(how, "loop") == 0)
		for (;;)
			turns++;
	if (strcmp(how, "wait") == 0) {
		signal(SIGABRT, SIG_IGN);
		for (;;)
			pause();
	}
	raise(SIGSTOP);
}

int
recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags,
    struct timespec *timeout)
{
	char how[8];

	if (is_meant(how)) {
		tell();
		hang(how);
	}
	return (int)syscall(SYS_recvmmsg, fd, messages, count, flags, timeout);
}
