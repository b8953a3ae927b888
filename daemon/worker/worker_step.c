/* worker_step.c — input → room → output, as far as one turn goes. */
#include "core/stats.h"
#include "worker/outcome.h"
#include "worker/worker_connection.h"
#include "worker/worker_once.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
	/* Questions of one connection in one turn: a client that pipelines
	 * without end gets its answers, and so do the others. */
	STEPS_PER_TURN = 64,
};

/* The run of one connection in one turn. */
struct run {
	struct worker *worker;
	struct connection *connection;
	struct span left; /* input that the room has not used */
	enum stream_event event;
	bool is_over; /* nothing more to do in this turn */
	bool
	    is_cut; /* over because output was blocked, not for want of input */
};

void
worker_step_load(struct worker *worker, struct connection *connection)
{
	if (connection->held_len > 0)
		memcpy(worker->streams->in, connection->held,
		    connection->held_len);
}

bool
worker_step_hold(struct connection *connection, struct span left)
{
	if (left.len == 0) {
		free(connection->held);
		connection->held = NULL;
		connection->held_len = 0;
		return true;
	}
	if (left.len != connection->held_len) {
		uint8_t *held = realloc(connection->held, left.len);

		if (held == NULL)
			return false;
		connection->held = held;
		connection->held_len = (uint32_t)left.len;
	}
	memcpy(connection->held, left.data, left.len);
	return true;
}

/* Sends what was gathered. false: this turn is over for the connection. */
static bool
flush(struct run *run)
{
	if (worker_output_flush(run->worker, run->connection) == FLUSH_DONE)
		return true;
	run->is_over = run->is_cut = true;
	return false;
}

static void
count(struct stats_service *stats, const struct stream_step *step)
{
	if (step->outcome == OUTCOME_NONE)
		return;
	stats_add(&stats->outcomes[OUTCOME_GUARD_COUNT + step->outcome], 1);
	if (step->made > 0 || step->body.len > 0)
		stats_add(&stats->sent, 1);
	stats_add(&stats->received, 1); /* last: see worker_dgram.c */
}

static struct stream_step
call_room(struct run *run)
{
	struct worker_stream_pool *pool = run->worker->streams;
	struct connection *connection = run->connection;
	const struct worker_service *service = connection->service;
	struct stream stream = {
	    .event = run->event,
	    .is_draining = run->worker->is_draining,
	    .bytes = run->left,
	    .peer = &connection->peer,
	    .local = &connection->local,
	    .now_ms = run->worker->now_ms,
	    .idle_ms = pool->idle_timeout_ms,
	};
	worker_loop_mark(run->worker, service->service);
	struct space out = {
	    pool->out + pool->out_len, CONNECTION_STEP_SPACE_MAX};
	struct stream_step step = service->service->input == NULL
	                              ? worker_once(service, &stream, out)
	                              : service->service->input(service->state,
	                                    connection->session, &stream, out);

	assert(step.used <= run->left.len && step.made <= out.cap);
	run->left.data += step.used;
	run->left.len -= step.used;
	pool->out_len += step.made;
	count(service->stats, &step);
	if (step.timeout_ms > 0) {
		connection->timeout_ms = step.timeout_ms;
		worker_deadline_set(&run->worker->wheel, &connection->deadline,
		    run->worker->now_ms + step.timeout_ms);
	}
	return step;
}

/* What to tell the room next after VERDICT_READ, or that it has to wait. */
static void
read_on(struct run *run, bool has_progress)
{
	struct connection *connection = run->connection;

	/* A deadline may have been what the room waited for (VERDICT_WAIT). */
	if (run->event == STREAM_TIMEOUT)
		has_progress = true;
	if (has_progress && run->left.len > 0) {
		run->event = STREAM_BYTES;
	} else if (connection->is_eof &&
	           (has_progress || run->event != STREAM_EOF)) {
		run->event = STREAM_EOF;
	} else {
		if (connection->is_eof)
			connection->state = CONNECTION_FINISHING;
		run->is_over = true;
	}
}

static void
obey(struct run *run, const struct stream_step *step)
{
	struct connection *connection = run->connection;
	/* A wake brings no input: what is unread has been seen already. */
	bool has_progress =
	    step->used > 0 || (run->event != STREAM_WAKE &&
	                          (step->made > 0 || connection->body.len > 0));

	if (connection->body.len > 0 && step->verdict != VERDICT_RESET &&
	    !flush(run) && connection->state == CONNECTION_CLOSED)
		return;
	switch (step->verdict) {
	case VERDICT_READ:
		if (!run->is_over)
			read_on(run, has_progress);
		break;
	case VERDICT_WRITE:
		connection->wants_room = true;
		if (run->is_over || flush(run)) {
			run->event = STREAM_ROOM;
			connection->wants_room = run->is_over;
		}
		break;
	case VERDICT_WAIT:
		connection->is_waiting = true;
		run->is_over = true;
		break;
	case VERDICT_CLOSE:
		connection->state = CONNECTION_CLOSING;
		run->is_over = true;
		break;
	case VERDICT_DONE:
		connection->state = CONNECTION_FINISHING;
		run->is_over = true;
		break;
	case VERDICT_RESET:
		run->worker->streams->out_len = 0;
		worker_stream_drop(run->worker, connection);
		run->is_over = true;
		break;
	}
}

/* All output is out: what the connection's state asks for now. */
static void
settle(struct worker *worker, struct connection *connection)
{
	switch ((enum connection_state)connection->state) {
	case CONNECTION_OPEN:
		worker_stream_rest(worker, connection);
		break;
	case CONNECTION_CLOSING:
		worker_stream_linger(worker, connection);
		break;
	case CONNECTION_FINISHING:
		worker_stream_drop(worker, connection);
		break;
	case CONNECTION_NEW:
	case CONNECTION_LINGERING:
	case CONNECTION_CLOSED:
		break;
	}
}

/* Ends the turn: keeps unused input, sends what was gathered. */
static void
finish(struct run *run)
{
	struct worker *worker = run->worker;
	struct connection *connection = run->connection;

	if (connection->state == CONNECTION_CLOSED)
		return;
	/* A room that wants more than it can ever be given has a bug, and a
	 * peer must not profit from it. */
	if (run->left.len >= CONNECTION_INPUT_MAX ||
	    !worker_step_hold(connection, run->left)) {
		worker->streams->out_len = 0;
		worker_stream_drop(worker, connection);
		return;
	}
	enum connection_flush flushed = worker_output_flush(worker, connection);

	if (flushed == FLUSH_BLOCKED)
		worker_stream_want(worker, connection, EPOLLOUT);
	else if (flushed == FLUSH_DONE)
		settle(worker, connection);
	/* The reader has made room since the run was cut: no event will come
	 * for the input that is held already. */
	if (flushed == FLUSH_DONE && run->is_cut &&
	    connection->state == CONNECTION_OPEN)
		worker_stream_queue(worker, connection);
}

void
worker_step_run(struct worker *worker, struct connection *connection,
    enum stream_event event, size_t count)
{
	struct worker_stream_pool *pool = worker->streams;
	struct run run = {
	    .worker = worker,
	    .connection = connection,
	    .left = {pool->in, connection->held_len + count},
	    .event = event,
	};
	unsigned steps = 0;

	while (!run.is_over) {
		if (++steps > STEPS_PER_TURN) {
			connection->wants_room = run.event == STREAM_ROOM;
			worker_stream_queue(worker, connection);
			break;
		}
		if (pool->out_len >= CONNECTION_GATHER_MAX && !flush(&run))
			break;
		struct stream_step step = call_room(&run);

		if (step.body.len > 0)
			connection->body = step.body;
		else if (step.body.fd > 0)
			close(step.body.fd);
		obey(&run, &step);
	}
	finish(&run);
}
