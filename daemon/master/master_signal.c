/* master_signal.c — signal → what it does. */
#include "master/master_signal.h"

#include "master/master_counters.h"
#include "master/master_reap.h"
#include "master/master_state.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

static void
stop(struct master *master)
{
	master_state_event(master, MASTER_EVENT_STOP);
}

static void
stop_slowly(struct master *master)
{
	master_state_event(master, MASTER_EVENT_QUIT);
}

static void
reload(struct master *master)
{
	master_state_event(master, MASTER_EVENT_RELOAD);
}

static void
replace_program(struct master *master)
{
	master_state_event(master, MASTER_EVENT_UPGRADE);
}

/* As process 1 of a container we are also given orphans to reap. */
static void
reap(struct master *master)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		master_reap_one(master, pid, status);
}

static const struct {
	int number;
	void (*handle)(struct master *);
} table[] = {
    {SIGCHLD, reap},
    {SIGTERM, stop},
    {SIGINT, stop},
    {SIGQUIT, stop_slowly},
    {SIGHUP, reload},
    {SIGUSR1, master_counters_log},
    {SIGUSR2, replace_program},
};

enum { TABLE_LEN = sizeof(table) / sizeof(table[0]) };

bool
master_signal_open(struct master *master)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < TABLE_LEN; i++)
		sigaddset(&set, table[i].number);
	signal(SIGPIPE, SIG_IGN);
	/* A parent that ignores it would have our children vanish unseen. */
	signal(SIGCHLD, SIG_DFL);
	if (sigprocmask(SIG_BLOCK, &set, NULL) == -1)
		return false;
	master->signals = (struct master_source){
	    .fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC),
	    .kind = MASTER_SOURCE_SIGNAL,
	};
	return master->signals.fd != -1;
}

void
master_signal_receive(struct master *master, struct master_source *source)
{
	struct signalfd_siginfo info;

	master_assert(master);
	while (read(source->fd, &info, sizeof(info)) == sizeof(info))
		for (size_t i = 0; i < TABLE_LEN; i++)
			if (table[i].number == (int)info.ssi_signo)
				table[i].handle(master);
}

static bool
is_stop_pending(void)
{
	sigset_t pending;

	return sigpending(&pending) == 0 &&
	       (sigismember(&pending, SIGTERM) == 1 ||
	           sigismember(&pending, SIGINT) == 1 ||
	           sigismember(&pending, SIGQUIT) == 1);
}

bool
master_signal_wait(struct master *master, int fd, int timeout_ms)
{
	uint64_t end_ms = master_now_ms() + (uint64_t)timeout_ms;

	master_assert(master);
	while (!is_stop_pending()) {
		/* Queued signals make their descriptor readable all along, so
		 * it is looked at now and then instead: often enough for
		 * whoever presses ^C. */
		struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
		uint64_t now_ms = master_now_ms();
		int slice_ms = 100;

		if (timeout_ms >= 0 && now_ms >= end_ms)
			return true;
		if (timeout_ms >= 0 && end_ms - now_ms < 100)
			slice_ms = (int)(end_ms - now_ms);
		if (poll(&poll_fd, 1, slice_ms) > 0)
			return true;
	}
	return false;
}
