/* master_exec.c — the moment in which the next program takes over. */
#include "master/master_exec.h"

#include "master/master_drop.h"
#include "master/master_handover_memory.h"
#include "master/master_listen.h"
#include "master/master_notify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------- what is handed over
 */

static void
gather_head(const struct master *master, struct master_handover *out)
{
	const struct settings *settings = master->current->settings;

	out->pid = master->pid;
	out->generation = master->last_generation;
	out->timeout_ms = settings->shutdown_timeout * 1000;
	snprintf(out->user, sizeof(out->user), "%s", settings->user);
	snprintf(out->group, sizeof(out->group), "%s", settings->group);
	out->pidfile = master->pidfile;
	snprintf(out->pidfile_path, sizeof(out->pidfile_path), "%s",
	    master->pidfile_path);
	out->admin = master->admin.fd;
	memcpy(out->is_pending, master->is_pending, sizeof(out->is_pending));
	for (size_t i = 0; i < MASTER_ADMIN_PEER_MAX; i++)
		if (master->peers[i].source.fd != -1)
			out->peers[out->peer_count++] =
			    (struct master_handover_peer){
			        .fd = master->peers[i].source.fd,
			        .work = master->peers[i].work,
			        .wait = master->peers[i].wait,
			    };
}

static bool
gather_workers(const struct master *master, struct master_handover *out)
{
	for (const struct master_worker *worker = master->workers;
	     worker != NULL; worker = worker->next) {
		struct master_handover_worker *one =
		    master_handover_add_worker(out);

		if (one == NULL)
			return false;
		*one = (struct master_handover_worker){
		    .pid = worker->pid,
		    .role = worker->role,
		    .slot = worker->slot,
		    .generation = worker->generation->number,
		    .control = worker->control.fd,
		    .started_ms = worker->started_ms,
		    .kill_at_ms = worker->kill_at_ms,
		    .is_draining = worker->phase == MASTER_PHASE_DRAINING,
		};
	}
	return true;
}

static bool
gather_sockets(const struct master *master, struct master_handover *out)
{
	out->sockets = calloc(MASTER_ADOPT_MAX, sizeof(*out->sockets));
	if (out->sockets == NULL)
		return false;
	out->socket_count =
	    master_listen_names(master, out->sockets, MASTER_ADOPT_MAX);
	return true;
}

static bool
gather(const struct master *master, struct master_handover *out)
{
	*out = master_handover_empty();
	gather_head(master, out);
	if (gather_workers(master, out) && gather_sockets(master, out))
		return true;
	master_handover_release(out);
	errno = ENOMEM;
	return false;
}

int
master_exec_write(const struct master *master)
{
	struct master_handover handover;

	master_assert(master);
	if (!gather(master, &handover))
		return -1;
	int fd = master_handover_memory_write(&handover);
	int saved_errno = errno;

	master_handover_release(&handover);
	errno = saved_errno;
	return fd;
}

/* ------------------------------------------------------------------ the exec
 */

static void
pass(int fd)
{
	if (fd != -1)
		fcntl(fd, F_SETFD, 0);
}

/* Whatever this program, or its libraries, has open ends with it, but for what
 * the next one knows of. */
static void
pass_descriptors(const struct master_handover *handover, int memory)
{
	close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
	pass(memory);
	pass(handover->pidfile);
	pass(handover->admin);
	for (size_t i = 0; i < handover->peer_count; i++)
		pass(handover->peers[i].fd);
	for (size_t i = 0; i < handover->worker_count; i++)
		pass(handover->workers[i].control);
	for (size_t i = 0; i < handover->socket_count; i++)
		pass(handover->sockets[i].fd);
}

static void
execute(const struct master *master, int memory)
{
	char option[32];
	/* The last one is dropped for a daemon that has detached: it must not
	 * do so again, which it is told by the handover. */
	const char *const arguments[] = {
	    master->program,
	    "-c",
	    master->options->file,
	    option,
	    master->options->is_foreground ? "-f" : NULL,
	    NULL,
	};

	snprintf(option, sizeof(option), "--handover=%d", memory);
	/* It changes none of them. */
	if (master_notify_hand_on())
		execv(master->program, (char *const *)(uintptr_t)arguments);
	int saved_errno = errno;

	master_notify_take_back();
	errno = saved_errno;
}

void
master_exec(struct master *master)
{
	struct master_handover handover;

	master_assert(master);
	if (!gather(master, &handover))
		return;
	int memory = master_handover_memory_write(&handover);

	if (memory != -1) {
		/* Signals stay blocked: one that comes now waits for the next
		 * program. */
		master_drop_pass_on();
		pass_descriptors(&handover, memory);
		execute(master, memory);
		int saved_errno = errno;

		close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
		master_drop_keep();
		close(memory);
		errno = saved_errno;
	}
	int saved_errno = errno;

	master_handover_release(&handover);
	errno = saved_errno;
}
