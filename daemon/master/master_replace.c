/* master_replace.c — from one program to the next, in the old one. */
#include "master/master_replace.h"

#include "master/master_admin.h"
#include "master/master_check.h"
#include "master/master_exec.h"
#include "master/master_notify.h"
#include "master/master_pool.h"
#include "master/master_reload.h"
#include "master/master_state.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
	/* For the new program to read configuration and zones: seconds, and
	 * minutes on a machine that swaps. Nothing waits for it. */
	CHECK_TIMEOUT_MS = 300000,
};

void
master_replace_find_program(struct master *master)
{
	static const char link[] = "/proc/self/exe";
	ssize_t len =
	    readlink(link, master->program, sizeof(master->program) - 1);

	master_assert(master);
	if (len == -1) {
		log_warn("%s: %s: the program cannot be replaced in place",
		    link, strerror(errno));
		len = 0;
	}
	master->program[len] = '\0';
}

void
master_replace_begin(struct master *master)
{
	char line[PATH_MAX + 64];

	master_assert(master);
	master->is_pending[MASTER_WORK_UPGRADE] = false;
	master->state = MASTER_REPLACING;
	master->mistakes = 0;
	snprintf(line, sizeof(line), "upgrading: checking %s", master->program);
	log_notice("%s", line);
	master_admin_begin(master, MASTER_WORK_UPGRADE);
	master_admin_tell(master, line);
	master_notify_reloading("checking the program that takes over");
	if (master->program[0] == '\0') {
		master_replace_fail(master, "nobody knows where it lies");
		return;
	}
	int handover = master_exec_write(master);

	if (handover == -1 || !master_check_start(master, handover))
		master_replace_fail(master, strerror(errno));
	else
		master->deadline_ms = master_now_ms() + CHECK_TIMEOUT_MS;
	if (handover != -1)
		close(handover);
}

void
master_replace_cancel(struct master *master)
{
	master_check_cancel(master);
}

void
master_replace_fail(struct master *master, const char *reason)
{
	char line[PATH_MAX + 192], sum[sizeof(line)];

	master_assert(master);
	master_reload_sum_up(master, reason, sum, sizeof(sum));
	snprintf(line, sizeof(line), "upgrade failed: %s", reason);
	log_error("%s", line);
	master_admin_end(master, line, false);
	master_replace_cancel(master);
	master_notify("READY=1\nSTATUS=upgrade failed: %s; serving generation "
	              "%u, %u workers",
	    sum, master->current->number, master_pool_size(master->current));
	master_state_run(master);
}

void
master_replace_reaped(struct master *master, pid_t pid, int status)
{
	char reason[PATH_MAX + 128];

	master_assert(master);
	if (pid != master->checking.pid || master->state != MASTER_REPLACING)
		return;
	if (!master_check_end(master, status, reason, sizeof(reason))) {
		master_replace_fail(master, reason);
		return;
	}
	log_notice("upgrading: %s takes over", master->program);
	master_exec(master);
	/* Still here, and nothing has changed. */
	snprintf(
	    reason, sizeof(reason), "%s: %s", master->program, strerror(errno));
	master_replace_fail(master, reason);
}
