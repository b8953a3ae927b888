/* worker_accept.c — from a listener's queue to connections. */
#include "worker/worker_accept.h"

#include "core/log.h"
#include "core/stats.h"
#include "worker/outcome.h"
#include "worker/worker_connection.h"
#include "worker/worker_once.h"
#include "worker/worker_proxy.h"
#include "worker/worker_refuse.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	/* Connections accepted from one listener in one turn. */
	ACCEPTS_PER_TURN = 16,
	/* While something is short, accepting waits so long; and when it then
	 * goes well for a second, the shortage is over. */
	PAUSE_MS = 100,
	QUIET_MS = 1000,
	/* Of a queue that is to be emptied: twice what one can hold, for its
	 * socket is in the group still, and a flood must not keep us here. */
	RETIRE_MAX = 2 * 4096,
};

/* Stops or takes up accepting on all listeners. Where one cannot be taken up,
 * the pause goes on, and at its end that is tried again. */
static void
arm_listeners(struct worker *worker, bool is_armed)
{
	bool is_paused = !is_armed;

	for (struct worker_listener *listener = worker->listeners;
	     listener != NULL; listener = listener->next) {
		if (listener->transport != TRANSPORT_TCP ||
		    listener->source.fd == -1 || listener->is_armed == is_armed)
			continue;
		if (!is_armed)
			worker_loop_forget(worker, &listener->source);
		listener->is_armed =
		    is_armed &&
		    worker_loop_watch(worker, &listener->source, EPOLLIN, true);
		is_paused |= !listener->is_armed;
	}
	worker->streams->is_paused = is_paused;
}

/* A shortage that comes and goes gets a line a minute, not one each time. */
static void
say(struct worker *worker, enum worker_shortage what, int error)
{
	struct worker_shortage_state *state = &worker->streams->shortages[what];
	uint64_t unsaid;

	if (state->is_on)
		return;
	state->is_on = true;
	state->is_said =
	    worker_notice_is_due(&state->notice, worker->now_ms, &unsaid);
	if (!state->is_said)
		return;
	switch (what) {
	case WORKER_SHORTAGE_SYSTEM:
		log_error("no further connection can be accepted beside the "
		          "%u that are open: %s",
		    worker->streams->count, strerror(error));
		break;
	case WORKER_SHORTAGE_CONNECTIONS:
		log_warn("max_connections is reached: %u are open, and others "
		         "wait until one of them ends",
		    worker->streams->count);
		break;
	}
}

void
worker_accept_pause(struct worker *worker, enum worker_shortage what, int error)
{
	say(worker, what, error);
	arm_listeners(worker, false);
	worker_deadline_set(&worker->wheel, &worker->streams->resume,
	    worker->now_ms + PAUSE_MS);
}

void
worker_accept_resume(struct worker *worker)
{
	struct worker_stream_pool *pool = worker->streams;

	if (worker->is_draining)
		return;
	if (pool->is_paused) {
		arm_listeners(worker, true);
		worker_deadline_set(
		    &worker->wheel, &pool->resume, worker->now_ms + QUIET_MS);
		return;
	}
	for (size_t i = 0; i < WORKER_SHORTAGE_COUNT; i++) {
		struct worker_shortage_state *state = &pool->shortages[i];

		if (state->is_on && state->is_said)
			log_notice("connections are accepted again: %u are "
			           "open",
			    pool->count);
		state->is_on = false;
	}
}

/* What accept's failure means: whether to try the next one at once. */
static bool
survive_error(struct worker *worker)
{
	switch (errno) {
	case EMFILE:
	case ENFILE:
	case ENOBUFS:
	case ENOMEM:
		worker_accept_pause(worker, WORKER_SHORTAGE_SYSTEM, errno);
		return false;
	case EAGAIN:
		return false;
	default:
		/* ECONNABORTED, EPROTO and what accept(2) passes on: this one
		 * is gone, the next may be fine. */
		return true;
	}
}

/* Accepts one connection. false: none is left, or none can be had now. */
static bool
accept_one(struct worker *worker, struct worker_listener *listener)
{
	struct addr peer = {.len = sizeof(peer.in6)};
	int fd = accept4(listener->source.fd, &peer.any, &peer.len,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd == -1)
		return survive_error(worker);
	stats_add(&listener->service->stats->connections, 1);
	if ((listener->service->limits & WORKER_LIMIT_ACCESS) != 0 &&
	    !worker_limit_allows(&worker->limit, &peer)) {
		stats_add(
		    &listener->service->stats->refusals[OUTCOME_REFUSAL_DENIED],
		    1);
		close(fd);
		return true;
	}
	if (listener->is_proxied && !worker_proxy_is_trusted(worker, &peer)) {
		worker_proxy_refuse(worker, listener->service,
		    OUTCOME_REFUSAL_PROXY_FROM, &peer);
		close(fd);
		return true;
	}
	/* It has come in although there is no room: to hear just that. */
	if (worker->streams->count >= worker->streams->max) {
		worker_refuse_full(worker, listener->service, fd);
		return true;
	}
	return worker_stream_open(worker, listener, fd, &peer);
}

/* Whether the next client can be let in, be it to hear that it cannot stay. */
static bool
has_room(struct worker *worker, const struct worker_listener *listener)
{
	const struct worker_stream_pool *pool = worker->streams;

	if (pool->count < pool->max || listener->service->service->full != NULL)
		return true;
	if (listener->service->service->input == NULL)
		worker_once_make_room(worker);
	return pool->count < pool->max;
}

void
worker_accept_ready(
    struct worker *worker, struct worker_source *source, uint32_t events)
{
	struct worker_listener *listener = (struct worker_listener *)source;

	(void)events;
	for (unsigned i = 0; i < ACCEPTS_PER_TURN; i++) {
		if (!has_room(worker, listener)) {
			worker_accept_pause(
			    worker, WORKER_SHORTAGE_CONNECTIONS, 0);
			return;
		}
		if (!accept_one(worker, listener))
			return;
	}
}

void
worker_accept_retire(struct worker *worker, struct worker_listener *listener)
{
	for (unsigned i = 0; i < RETIRE_MAX; i++)
		if (!has_room(worker, listener) ||
		    !accept_one(worker, listener))
			return;
}
