/* worker.c — one worker process: starts its role's services, then loops. */
#include "worker/worker.h"

#include "core/control.h"
#include "core/log.h"
#include "core/stats.h"
#include "worker/worker_calls.h"
#include "worker/worker_connection.h"
#include "worker/worker_control.h"
#include "worker/worker_dgram.h"
#include "worker/worker_pool.h"
#include "worker/worker_reserve.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

static bool
is_listening(const struct heritage *heritage, unsigned service)
{
	for (size_t i = 0; i < heritage->socket_count; i++)
		if (heritage->sockets[i].service == service)
			return true;
	return false;
}

/* One that listens nowhere serves the other services of its role.
 * The sockets of a lent slot may belong to a service that this slot itself
 * does not listen for, so a role's services all start where any slot has
 * them. */
static bool
is_configured(const struct worker *worker, unsigned service)
{
	if (services[service]->listen[0].key == NULL)
		return true;
	for (uint32_t i = 0; i < worker->settings->listen_count; i++)
		if (worker->settings->listens[i].service == service)
			return true;
	return is_listening(worker->heritage, service);
}

static bool
start_service(struct worker *worker, unsigned index)
{
	const struct heritage *heritage = worker->heritage;
	const struct service *service = services[index];
	struct worker_service *slot = &worker->services[worker->service_count];
	struct service_start start = {
	    .part = image_part(heritage->image, IMAGE_PART_SERVICE + index),
	    .files = heritage->files[index],
	    .file_count = heritage->file_count[index],
	    .slot = heritage->slot,
	    .generation = heritage->generation,
	    .own = shared_area(heritage->shared, index),
	    .sync = &heritage->shared->sync,
	    .key = heritage->shared->key,
	    .settings = &worker->settings->roles[heritage->role],
	    .worker = (struct service_worker *)(void *)slot,
	    .calls = &worker_calls,
	};

	assert(service->step_space <= CONNECTION_STEP_SPACE_MAX);
	*slot = (struct worker_service){
	    .worker = worker,
	    .service = service,
	    .stats = &heritage->counters->services[index],
	    .index = index,
	    .limits = worker_limit_parts(&worker->limit, service),
	};
	if (service->start != NULL) {
		slot->state = service->start(&start);
		if (slot->state == NULL) {
			log_error("%s cannot start", service->name);
			return false;
		}
	}
	worker->service_count++;
	return true;
}

static bool
start_services(struct worker *worker)
{
	for (unsigned i = 0; i < services_count; i++)
		if (services[i]->role == worker->heritage->role &&
		    is_configured(worker, i) && !start_service(worker, i))
			return false;
	return true;
}

static void
watched(struct worker *worker, struct worker_source *source, uint32_t events)
{
	(void)events;
	for (unsigned i = 0; i < worker->service_count; i++) {
		const struct worker_service *service = &worker->services[i];

		if (&worker->watches[i] != source)
			continue;
		worker_loop_mark(worker, service->service);
		service->service->watched(service->state);
	}
}

/* Watches what the rooms want watched. */
static bool
start_watches(struct worker *worker)
{
	for (unsigned i = 0; i < worker->service_count; i++) {
		const struct worker_service *service = &worker->services[i];
		int fd = service->service->watch == NULL
		             ? -1
		             : service->service->watch(service->state);

		if (fd == -1)
			continue;
		if (worker->watches == NULL)
			worker->watches =
			    calloc(STATS_SERVICE_MAX, sizeof(*worker->watches));
		if (worker->watches == NULL)
			return false;
		worker->watches[i] = (struct worker_source){fd, true, watched};
		if (!worker_loop_watch(
		        worker, &worker->watches[i], EPOLLIN, true))
			return false;
	}
	return true;
}

static bool
start_control(struct worker *worker)
{
	worker->control = (struct worker_source){
	    worker->heritage->control, false, worker_control_ready};
	return worker_loop_watch(worker, &worker->control, EPOLLIN, true);
}

static bool
start_listeners(struct worker *worker)
{
	const struct heritage *heritage = worker->heritage;

	for (size_t i = 0; i < heritage->socket_count; i++)
		if (!worker_control_listen(
		        worker, &heritage->sockets[i], heritage->slot))
			return false;
	return true;
}

static bool
say_ready(const struct worker *worker)
{
	struct control_message message = {.kind = CONTROL_READY};

	return control_send(worker->heritage->control, &message);
}

static uint64_t
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* In this order: what one step needs, an earlier one has made. */
static bool
start(struct worker *worker)
{
	worker->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (worker->epoll == -1) {
		log_error("epoll_create1: %s", strerror(errno));
		return false;
	}
	worker->now_ms = clock_ms();
	worker_deadline_init(&worker->wheel, worker->now_ms);
	worker_guard_ports_init(&worker->guard_ports, worker->settings);
	worker_reserve_init(worker);
	if (!worker_limit_init(&worker->limit,
	        &worker->settings->roles[worker->heritage->role].limit,
	        worker->heritage->shared)) {
		log_error("getrandom: %s", strerror(errno));
		return false;
	}
	if (!start_services(worker))
		return false;
	if (!worker_dgram_init(worker) || !worker_pool_init(worker)) {
		log_error("out of memory at start");
		return false;
	}
	return start_control(worker) && start_watches(worker) &&
	       start_listeners(worker) && say_ready(worker);
}

void
worker_run(const struct heritage *heritage)
{
	/* Too large for the stack, and it lives as long as the process. */
	struct worker *worker = calloc(1, sizeof(*worker));

	assert(getpid() != heritage->master);
	stats_turn_begin(heritage->counters);
	if (worker == NULL)
		exit(EXIT_FAILURE);
	worker->heritage = heritage;
	worker->settings = settings_of(heritage->image);
	if (worker->settings == NULL || !start(worker))
		exit(EXIT_FAILURE);
	worker_loop_run(worker);
	exit(EXIT_SUCCESS);
}
