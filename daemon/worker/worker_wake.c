/* worker_wake.c — connections that their room has something for, unasked. */
#include "worker/worker_wake.h"

#include "worker/worker_connection.h"

#include <limits.h>

void
worker_wake(struct worker *worker, struct connection *connection)
{
	struct worker_wakes *wakes = &worker->streams->wakes;

	connection->is_woken = true;
	if (connection->is_wake_listed)
		return;
	connection->is_wake_listed = true;
	connection->next_woken = NULL;
	if (wakes->first == NULL)
		wakes->first = connection;
	else
		wakes->last->next_woken = connection;
	wakes->last = connection;
	wakes->count++;
}

/* Output of its own comes first: when that is out, worker_stream_rest() puts
 * CONNECTION on the list again. */
static bool
is_busy(const struct connection *connection)
{
	return connection->is_waiting || connection->wants_room ||
	       worker_output_is_blocked(connection);
}

static void
run_one(struct worker *worker, struct connection *connection)
{
	connection->is_wake_listed = false;
	if (connection->state != CONNECTION_OPEN || is_busy(connection))
		return;
	connection->is_woken = false;
	worker_step_load(worker, connection);
	worker_step_run(worker, connection, STREAM_WAKE, 0);
}

/* Runs MAX of the round at most. */
static void
run(struct worker *worker, unsigned max)
{
	struct worker_wakes *wakes = &worker->streams->wakes;

	for (unsigned i = 0; i < max && wakes->now != NULL; i++) {
		struct connection *connection = wakes->now;

		wakes->now = connection->next_woken;
		run_one(worker, connection);
	}
}

static void
begin_round(struct worker *worker)
{
	struct worker_wakes *wakes = &worker->streams->wakes;

	wakes->now = wakes->first;
	wakes->due_ms = worker->now_ms + WORKER_WAKE_ROUND_MS +
	                wakes->count / WORKER_WAKE_PER_MS;
	wakes->first = wakes->last = NULL;
	wakes->count = 0;
}

void
worker_wake_run(struct worker *worker)
{
	struct worker_wakes *wakes = &worker->streams->wakes;

	if (wakes->now == NULL && wakes->first != NULL &&
	    worker->now_ms >= wakes->due_ms)
		begin_round(worker);
	run(worker, WORKER_WAKE_PER_TURN);
}

void
worker_wake_run_all(struct worker *worker)
{
	run(worker, UINT_MAX);
	begin_round(worker);
	run(worker, UINT_MAX);
}

int
worker_wake_sleep_ms(const struct worker *worker)
{
	const struct worker_wakes *wakes = &worker->streams->wakes;

	if (wakes->now != NULL)
		return 0;
	if (wakes->first == NULL)
		return -1;
	return wakes->due_ms <= worker->now_ms
	           ? 0
	           : (int)(wakes->due_ms - worker->now_ms);
}
