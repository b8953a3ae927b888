/* worker_loop.c — the worker's event loop: one epoll, one wheel of deadlines.
 */
#include "worker/worker_loop.h"

#include "core/log.h"
#include "core/stats.h"
#include "worker/worker_pool.h"
#include "worker/worker_stream.h"
#include "worker/worker_wake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

enum {
	/* Events taken in one turn: enough to spread the cost of the call,
	 * few enough that the last of them does not wait long. */
	EVENT_MAX = 64,
};

bool
worker_loop_watch(struct worker *worker, struct worker_source *source,
    uint32_t events, bool is_new)
{
	struct epoll_event event = {.events = events, .data.ptr = source};
	int op = is_new ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;

	if (epoll_ctl(worker->epoll, op, source->fd, &event) == 0)
		return true;
	log_warn("epoll_ctl: %s", strerror(errno));
	return false;
}

void
worker_loop_forget(struct worker *worker, struct worker_source *source)
{
	epoll_ctl(worker->epoll, EPOLL_CTL_DEL, source->fd, NULL);
}

void
worker_loop_flush(struct worker *worker)
{
	for (unsigned i = 0; i < worker->service_count; i++)
		if (worker->services[i].service->flush != NULL)
			worker->services[i].service->flush(
			    worker->services[i].state);
}

static void
read_clock(struct worker *worker)
{
	struct timespec now;

	/* Coarse: a few milliseconds late, and no system call. */
	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	worker->now_ms =
	    (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* How long epoll may sleep, in milliseconds; -1: until something happens. */
static int
sleep_ms(const struct worker *worker)
{
	int sleep = worker_deadline_sleep_ms(&worker->wheel, worker->now_ms);
	int wake = worker_wake_sleep_ms(worker);

	if (worker_stream_has_ready(worker))
		return 0;
	if (wake != -1 && (sleep == -1 || sleep > wake))
		sleep = wake;
	if (!worker->is_draining)
		return sleep;
	int left = worker->drain_end_ms <= worker->now_ms
	               ? 0
	               : (int)(worker->drain_end_ms - worker->now_ms);

	return sleep == -1 || sleep > left ? left : sleep;
}

/*
 * The rooms' own descriptors come first, so that a change on disk that was
 * made before a request arrived is known before that request is answered. A
 * source that a handler before it in the turn has closed has no descriptor.
 */
static void
dispatch(struct worker *worker, struct epoll_event *events, int count)
{
	for (int i = 0; worker->watches != NULL && i < count; i++) {
		struct worker_source *source = events[i].data.ptr;

		if (source->is_first)
			source->ready(worker, source, events[i].events);
	}
	for (int i = 0; i < count; i++) {
		struct worker_source *source = events[i].data.ptr;

		if (!source->is_first && source->fd != -1)
			source->ready(worker, source, events[i].events);
	}
}

static bool
is_over(const struct worker *worker)
{
	return worker->is_draining &&
	       (worker_stream_count(worker) == 0 ||
	           worker->now_ms >= worker->drain_end_ms);
}

void
worker_loop_run(struct worker *worker)
{
	struct epoll_event events[EVENT_MAX];
	struct stats_slot *counters = worker->heritage->counters;

	read_clock(worker);
	while (!is_over(worker)) {
		int timeout_ms = sleep_ms(worker);

		stats_turn_end(counters);
		int count =
		    epoll_wait(worker->epoll, events, EVENT_MAX, timeout_ms);

		stats_turn_begin(counters);
		if (count == -1 && errno != EINTR) {
			log_error("epoll_wait: %s", strerror(errno));
			exit(EXIT_FAILURE);
		}
		read_clock(worker);
		if (count > 0)
			dispatch(worker, events, count);
		worker_stream_run_ready(worker);
		worker_stream_run_deadlines(worker);
		worker_wake_run(worker);
		worker_pool_recycle(worker);
	}
	worker_loop_flush(worker);
}
