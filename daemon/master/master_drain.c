/* master_drain.c — workers are told to finish. */
#include "master/master_drain.h"

#include "core/control.h"

#include <signal.h>

enum {
	/* How long a worker may be late with the end of its drain. */
	DRAIN_GRACE_MS = 1000,
};

/* Names the sockets that go away, in as many messages as it takes. */
static bool
send_retired(
    const struct master_worker *worker, const struct master_listener *one)
{
	struct control_message message = {.kind = CONTROL_RETIRE};

	while (one != NULL) {
		message.socket_count = 0;
		for (; one != NULL && message.socket_count < CONTROL_SOCKET_MAX;
		     one = one->next)
			if (!one->is_shared)
				message.sockets[message.socket_count++] =
				    one->socket;
		if (message.socket_count > 0 &&
		    !control_send(worker->control.fd, &message))
			return false;
	}
	return true;
}

static void
drain(struct master_worker *worker, struct control_message *message,
    struct master_listener **retired)
{
	struct master_listener *own = NULL;

	if (retired != NULL)
		master_listen_take(retired, worker->role, worker->slot, &own);
	worker->phase = MASTER_PHASE_DRAINING;
	worker->kill_at_ms =
	    master_now_ms() + message->argument + DRAIN_GRACE_MS;
	if (worker->control.fd == -1 || !send_retired(worker, own) ||
	    !control_send(worker->control.fd, message)) {
		kill(worker->pid, SIGKILL);
		if (retired != NULL)
			master_listen_take(
			    &own, worker->role, worker->slot, retired);
	}
	/* The worker has its own copies: a listener leaves its group at the
	 * moment when the worker, having emptied it, closes the last one. */
	master_listen_close(&own);
}

void
master_drain_generation(struct master *master,
    const struct master_generation *generation, uint32_t timeout_ms,
    struct master_listener **retired)
{
	struct control_message message = {
	    .kind = CONTROL_DRAIN,
	    .argument = timeout_ms,
	};

	master_assert(master);
	for (struct master_worker *worker = master->workers; worker != NULL;
	     worker = worker->next)
		if (worker->generation == generation &&
		    worker->phase != MASTER_PHASE_DRAINING)
			drain(worker, &message, retired);
}

void
master_drain_stop(struct master *master, uint32_t roles, uint32_t timeout_ms)
{
	struct control_message message = {
	    .kind = CONTROL_STOP,
	    .argument = timeout_ms,
	};

	master_assert(master);
	for (struct master_worker *worker = master->workers; worker != NULL;
	     worker = worker->next)
		if ((roles & 1U << worker->role) != 0)
			drain(worker, &message, NULL);
}
