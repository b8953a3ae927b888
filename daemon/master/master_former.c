/* master_former.c — in the new program: what the one before has left. */
#include "master/master_former.h"

#include "core/version.h"
#include "master/master_admin.h"
#include "master/master_drain.h"
#include "master/master_generation.h"
#include "master/master_handover_memory.h"
#include "master/master_loop.h"
#include "master/master_pidfile.h"
#include "master/master_pool.h"
#include "master/master_reload.h"
#include "master/master_socket.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

bool
master_former_read(
    const struct master_options *options, struct master_handover *out)
{
	bool is_read = master_handover_memory_read(options->handover, out);

	close(options->handover);
	if (!is_read)
		return false;
	if (out->pid != getpid()) {
		log_error("handover: it is for process %d", (int)out->pid);
		master_handover_release(out);
		return false;
	}
	close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
	return true;
}

/* A child that has not been reaped. Whoever else has that number now is not
 * ours to kill. */
static bool
is_child(pid_t pid)
{
	siginfo_t info;

	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) ==
	       0;
}

/* ------------------------------------------------------------------- workers
 */

/* The former generation of that NUMBER; NULL: no memory. */
static struct master_generation *
find_generation(struct master *master, unsigned number)
{
	struct master_generation *generation = master->generations;

	while (generation != NULL && generation->number != number)
		generation = generation->next;
	return generation != NULL ? generation
	                          : master_generation_former(master, number);
}

static void
take_worker(struct master *master, const struct master_handover_worker *one)
{
	struct master_generation *generation = NULL;

	if (is_child(one->pid) && master_socket_is_packet(one->control, false))
		generation = find_generation(master, one->generation);
	if (generation == NULL ||
	    !master_pool_take(master, generation,
	        &(struct master_worker){
	            .control = {one->control, MASTER_SOURCE_WORKER},
	            .pid = one->pid,
	            .role = one->role,
	            .slot = one->slot,
	            .counters = STATS_SLOT_MAX,
	            .phase = one->is_draining ? MASTER_PHASE_DRAINING
	                                      : MASTER_PHASE_READY,
	            .started_ms = one->started_ms,
	            .kill_at_ms = one->kill_at_ms,
	        })) {
		/* Without its control socket it ends. */
		log_warn("handover: %s worker %u (pid %d) is let go",
		    settings_role_name(one->role), one->slot, (int)one->pid);
		close(one->control);
	}
}

/* -------------------------------------------------------------- everything */

void
master_former_take(struct master *master,
    const struct master_handover *handover, struct master_adopted *adopted)
{
	master_assert(master);
	/* The exec has made us dumpable, which the old workers must not use. */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	master->has_taken_over = true;
	master->last_generation = handover->generation;
	master->stop_timeout_ms = handover->timeout_ms;
	memcpy(master->is_pending, handover->is_pending,
	    sizeof(master->is_pending));
	if (handover->pidfile != -1)
		master_pidfile_take(
		    master, handover->pidfile, handover->pidfile_path);
	if (handover->admin != -1)
		master_admin_take(master, handover->admin);
	for (size_t i = 0; i < handover->peer_count; i++)
		master_admin_take_peer(master, handover->peers[i].fd,
		    handover->peers[i].work, handover->peers[i].wait);
	for (size_t i = 0; i < handover->worker_count; i++)
		take_worker(master, &handover->workers[i]);
	for (size_t i = 0; i < handover->socket_count; i++)
		master_adopt_add(adopted, handover->sockets[i].fd,
		    handover->sockets[i].name, handover->sockets[i].is_stored);
}

void
master_former_warn(
    struct master *master, const struct master_handover *handover)
{
	const struct master_fixed fixed = {
	    .user = handover->user,
	    .group = handover->group,
	    .pidfile = handover->pidfile_path,
	};

	master_reload_warn(master, &fixed, master->current->settings);
}

bool
master_former_is_left(struct master *master, struct master_adopted *adopted)
{
	master_assert(master);
	if (!master->is_done || master->workers == NULL)
		return false;
	/* As at any stop, our own copies of the sockets go first. */
	for (size_t i = 0; i < adopted->count; i++)
		if (adopted->sockets[i].fd != -1)
			close(adopted->sockets[i].fd);
	adopted->count = 0;
	/* The signal that asked is still there, and the loop reads it. */
	master->is_done = false;
	return true;
}

void
master_former_drain(struct master *master)
{
	const struct settings *settings = master->current->settings;

	master_assert(master);
	if (!master->has_taken_over)
		return;
	master->has_taken_over = false;
	for (const struct master_generation *one = master->generations;
	     one != NULL; one = one->next)
		if (one->is_former)
			master_drain_generation(master, one,
			    master_reload_drain_ms(settings), NULL);
	log_notice("upgraded: netlabd " NETLABD_VERSION ", generation %u",
	    master->current->number);
	master_admin_end(master, "upgraded: netlabd " NETLABD_VERSION, true);
}
