/* worker_calls.c — what a room may ask of its worker. */
#include "worker/worker_calls.h"

#include "core/stats.h"
#include "worker/worker_cmsg.h"
#include "worker/worker_connection.h"
#include "worker/worker_wake.h"

#include <errno.h>
#include <stddef.h>
#include <sys/socket.h>

static struct worker_service *
service_of(struct service_worker *worker)
{
	return (struct worker_service *)(void *)worker;
}

static void
wake(struct service_worker *service, void *session)
{
	struct connection *connection =
	    (struct connection *)(void *)((uint8_t *)session -
	                                  offsetof(struct connection, session));

	worker_wake(service_of(service)->worker, connection);
}

/* Where a datagram to LOCAL comes in; NULL: nowhere (any more). */
static const struct worker_listener *
find_listener(const struct worker_service *service, const struct addr *local)
{
	const struct worker_listener *wildcard = NULL;

	for (const struct worker_listener *listener =
	         service->worker->listeners;
	     listener != NULL; listener = listener->next) {
		if (listener->source.fd == -1 || listener->service != service ||
		    listener->transport != TRANSPORT_UDP)
			continue;
		if (addr_is_equal(&listener->addr, local))
			return listener;
		if (listener->is_wildcard &&
		    listener->addr.any.sa_family == local->any.sa_family &&
		    addr_port(&listener->addr) == addr_port(local))
			wildcard = listener;
	}
	return wildcard;
}

/* A single one: who has many to tell has them anyway, one after the other, and
 * sendmmsg would save a tenth of each. */
static bool
send_one(const struct worker_listener *listener, const struct addr *local,
    const struct addr *peer, struct span bytes)
{
	struct worker_cmsg_leaving control;
	struct addr to = *peer;
	struct iovec part = {(void *)(uintptr_t)bytes.data, bytes.len};
	struct msghdr message = {
	    .msg_name = &to.any,
	    .msg_namelen = to.len,
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	};
	ssize_t sent;

	if (listener->is_wildcard)
		worker_cmsg_leave_from(&message, &control, local, peer);
	do
		sent = sendmsg(
		    listener->source.fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
	while (sent == -1 && errno == EINTR);
	return sent != -1;
}

static bool
send_datagram(struct service_worker *handle, const struct addr *local,
    const struct addr *peer, struct span bytes)
{
	struct worker_service *service = service_of(handle);
	struct worker *worker = service->worker;
	const struct worker_listener *listener = find_listener(service, local);
	bool is_due =
	    (service->limits & WORKER_LIMIT_TOTAL) == 0 ||
	    worker_limit_take(&worker->limit, service->index, worker->now_ms);
	bool is_sent = listener != NULL && is_due &&
	               send_one(listener, local, peer, bytes);

	stats_add(
	    is_sent ? &service->stats->sent : &service->stats->send_errors, 1);
	return is_sent;
}

static void
set_timer(struct service_worker *handle, uint32_t after_ms)
{
	struct worker_service *service = service_of(handle);
	struct worker *worker = service->worker;

	if (after_ms == 0)
		worker_deadline_clear(&worker->wheel, &service->timer);
	else
		worker_deadline_set(
		    &worker->wheel, &service->timer, worker->now_ms + after_ms);
}

const struct service_calls worker_calls = {
    .wake = wake,
    .send = send_datagram,
    .set_timer = set_timer,
};

bool
worker_calls_expire(struct worker *worker, const struct worker_deadline *due)
{
	for (unsigned i = 0; i < worker->service_count; i++) {
		struct worker_service *service = &worker->services[i];

		if (due != &service->timer)
			continue;
		worker_loop_mark(worker, service->service);
		service->service->timer(service->state, worker->now_ms);
		return true;
	}
	return false;
}

void
worker_calls_drain(struct worker *worker)
{
	for (unsigned i = 0; i < worker->service_count; i++) {
		struct worker_service *service = &worker->services[i];

		if (service->service->drain == NULL)
			continue;
		worker_loop_mark(worker, service->service);
		service->service->drain(service->state, worker->is_stopping);
	}
	worker_wake_run_all(worker);
}
