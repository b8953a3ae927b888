/* worker_stream.c — the life of connections: opened, read, timed, closed. */
#include "worker/worker_stream.h"

#include "worker/worker_accept.h"
#include "worker/worker_calls.h"
#include "worker/worker_connection.h"
#include "worker/worker_pool.h"
#include "worker/worker_proxy.h"
#include "worker/worker_refuse.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	/* How long a peer that has not noticed our close is read on, so that no
	 * reset destroys our last answer. */
	LINGER_MS = 2000,
};

unsigned
worker_stream_count(const struct worker *worker)
{
	return worker->streams->count;
}

bool
worker_stream_has_ready(const struct worker *worker)
{
	return worker->streams->ready != NULL;
}

void
worker_stream_want(
    struct worker *worker, struct connection *connection, uint32_t events)
{
	if (connection->interest == events)
		return;
	if (worker_loop_watch(
	        worker, &connection->source, events, connection->interest == 0))
		connection->interest = events;
	else
		worker_stream_drop(worker, connection);
}

void
worker_stream_queue(struct worker *worker, struct connection *connection)
{
	if (connection->is_ready)
		return;
	connection->is_ready = true;
	connection->next_ready = NULL;
	*worker->streams->ready_tail = connection;
	worker->streams->ready_tail = &connection->next_ready;
}

void
worker_stream_drop(struct worker *worker, struct connection *connection)
{
	const struct worker_service *service = connection->service;
	enum connection_state state = (enum connection_state)connection->state;

	if (state == CONNECTION_CLOSED)
		return;
	connection->state = CONNECTION_CLOSED;
	if (service->service->close != NULL && state != CONNECTION_NEW) {
		worker_loop_mark(worker, service->service);
		service->service->close(service->state, connection->session);
	}
	if (connection->body.len > 0 && !connection->body.is_kept)
		close(connection->body.fd);
	close(connection->source.fd); /* epoll forgets it by itself */
	connection->source.fd = -1;
	free(connection->held);
	free(connection->unsent);
	connection->held = connection->unsent = NULL;
	worker_deadline_clear(&worker->wheel, &connection->deadline);
	worker_pool_remove(worker, connection);
}

void
worker_stream_linger(struct worker *worker, struct connection *connection)
{
	connection->state = CONNECTION_LINGERING;
	if (connection->is_eof ||
	    shutdown(connection->source.fd, SHUT_WR) == -1) {
		worker_stream_drop(worker, connection);
		return;
	}
	worker_deadline_set(
	    &worker->wheel, &connection->deadline, worker->now_ms + LINGER_MS);
	worker_stream_want(worker, connection, EPOLLIN);
}

/* Between two questions: nothing of ours is on its way to the peer, and
 * nothing that it has sent waits to be looked at. */
static bool
is_idle(const struct connection *connection)
{
	return connection->state == CONNECTION_OPEN && !connection->is_eof &&
	       !connection->is_ready && !connection->is_woken &&
	       !connection->wants_room && !connection->is_waiting &&
	       connection->held_len == 0 &&
	       !worker_output_is_blocked(connection);
}

void
worker_stream_rest(struct worker *worker, struct connection *connection)
{
	if (connection->is_woken && !connection->is_waiting)
		worker_wake(worker, connection);
	if (connection->is_fresh)
		return; /* read_first comes next */
	/* EPOLLERR comes unasked: of one that waits, nothing but its end is of
	 * interest. */
	if (worker->is_stopping && is_idle(connection))
		worker_stream_linger(worker, connection);
	else
		worker_stream_want(worker, connection,
		    connection->is_waiting ? EPOLLERR : EPOLLIN);
}

static void
read_more(struct worker *worker, struct connection *connection)
{
	worker_step_load(worker, connection);
	ssize_t received = worker_input_receive(worker, connection);

	if (received > 0) {
		worker_step_run(worker, connection, STREAM_BYTES,
		    worker_input_is_dropped(connection) ? 0 : (size_t)received);
	} else if (received == 0) {
		connection->is_eof = true;
		worker_step_run(worker, connection, STREAM_EOF, 0);
	} else if (errno == EAGAIN) {
		worker_stream_rest(worker, connection);
	} else {
		worker_stream_drop(worker, connection);
	}
}

/* Calls the room with EVENT; what has come meanwhile is dropped where nobody
 * reads it. */
static void
resume(struct worker *worker, struct connection *connection,
    enum stream_event event)
{
	if (worker_input_is_dropped(connection))
		worker_input_drop(connection);
	worker_step_load(worker, connection);
	worker_step_run(worker, connection, event, 0);
}

/* Goes on without new input: after output was blocked, or a turn was full. */
static void
go_on(struct worker *worker, struct connection *connection)
{
	enum stream_event event = STREAM_BYTES;

	if (connection->is_waiting) {
		worker_stream_rest(worker, connection);
		return;
	}
	if (connection->wants_room)
		event = STREAM_ROOM;
	else if (connection->is_eof && connection->held_len == 0)
		event = STREAM_EOF;
	else if (connection->held_len == 0) {
		worker_stream_rest(worker, connection);
		return;
	}
	connection->wants_room = false;
	resume(worker, connection, event);
}

static void
write_more(struct worker *worker, struct connection *connection)
{
	if (worker_output_flush(worker, connection) != FLUSH_DONE)
		return;
	if (connection->state == CONNECTION_OPEN)
		go_on(worker, connection);
	else if (connection->state == CONNECTION_CLOSING)
		worker_stream_linger(worker, connection);
	else
		worker_stream_drop(worker, connection);
}

static void
on_ready(struct worker *worker, struct worker_source *source, uint32_t events)
{
	struct connection *connection = (struct connection *)(void *)source;

	(void)events; /* errors and hang-ups show in the call that follows */
	if (connection->is_ready)
		return;
	if (connection->state == CONNECTION_LINGERING)
		worker_input_linger(worker, connection);
	else if (worker_output_is_blocked(connection))
		write_more(worker, connection);
	else if (connection->is_waiting)
		worker_stream_drop(worker, connection); /* it has hung up */
	else
		read_more(worker, connection);
}

/* The first question has mostly come with the connection. Looked for at once, a
 * connection that ends with its answer never enters the epoll set. */
static void
read_first(struct worker *worker, struct connection *connection)
{
	connection->is_fresh = false;
	if (connection->interest != 0 || connection->state != CONNECTION_OPEN)
		return; /* its greeting is on the way, or was all */
	if (is_idle(connection))
		read_more(worker, connection);
	else
		worker_stream_rest(worker, connection);
}

void
worker_stream_begin(struct worker *worker, struct connection *connection)
{
	if (!worker_pool_admit(worker, connection)) {
		worker_refuse_say(connection->source.fd,
		    connection->service->service->too_many);
		worker_stream_drop(worker, connection);
		return;
	}
	connection->state = CONNECTION_OPEN;
	connection->source.ready = on_ready;
	worker_deadline_set(&worker->wheel, &connection->deadline,
	    worker->now_ms + worker->streams->idle_timeout_ms);
	connection->is_fresh = connection->interest == 0;
	worker_step_run(worker, connection, STREAM_OPEN, 0);
	if (connection->is_fresh)
		read_first(worker, connection);
}

bool
worker_stream_open(struct worker *worker,
    const struct worker_listener *listener, int fd, const struct addr *peer)
{
	struct connection *connection =
	    worker_pool_take(worker, listener->service);

	if (connection == NULL) {
		close(fd);
		worker_accept_pause(worker, WORKER_SHORTAGE_SYSTEM, ENOMEM);
		return false;
	}
	connection->source = (struct worker_source){.fd = fd};
	connection->service = listener->service;
	connection->state = CONNECTION_NEW;
	connection->peer = *peer;
	connection->local = listener->addr;
	connection->timeout_ms = worker->streams->idle_timeout_ms;
	worker_pool_add(worker, connection);
	if (listener->is_proxied)
		worker_proxy_begin(worker, connection);
	else
		worker_stream_begin(worker, connection);
	return true;
}

void
worker_stream_run_ready(struct worker *worker)
{
	struct worker_stream_pool *pool = worker->streams;
	struct connection *connection = pool->ready;

	pool->ready = NULL;
	pool->ready_tail = &pool->ready;
	while (connection != NULL) {
		struct connection *next = connection->next_ready;

		connection->is_ready = false;
		if (connection->state == CONNECTION_OPEN &&
		    !worker_output_is_blocked(connection))
			go_on(worker, connection);
		connection = next;
	}
}

static void
expire(struct worker *worker, struct connection *connection)
{
	if (connection->state == CONNECTION_NEW) {
		worker_proxy_expire(worker, connection);
		return;
	}
	if (worker_output_is_blocked(connection)) {
		if (!worker_output_may_go_on(worker, connection))
			worker_stream_drop(worker, connection);
		return;
	}
	if (connection->state != CONNECTION_OPEN) {
		worker_stream_drop(worker, connection);
		return;
	}
	connection->is_waiting = false;
	worker_deadline_set(&worker->wheel, &connection->deadline,
	    worker->now_ms + worker->streams->idle_timeout_ms);
	resume(worker, connection, STREAM_TIMEOUT);
}

void
worker_stream_run_deadlines(struct worker *worker)
{
	struct worker_deadline *due;

	while ((due = worker_deadline_due(&worker->wheel, worker->now_ms)) !=
	       NULL) {
		if (due == &worker->streams->resume) {
			worker_accept_resume(worker);
			continue;
		}
		if (due == &worker->flush) {
			worker_loop_flush(worker);
			continue;
		}
		if (worker_calls_expire(worker, due))
			continue;
		expire(worker,
		    (struct connection *)(void *)((uint8_t *)due -
		                                  offsetof(struct connection,
		                                      deadline)));
	}
}

void
worker_stream_close_idle(struct worker *worker)
{
	struct connection *connection = worker->streams->all;

	while (connection != NULL) {
		struct connection *next = connection->next;

		if (is_idle(connection))
			worker_stream_linger(worker, connection);
		connection = next;
	}
}
