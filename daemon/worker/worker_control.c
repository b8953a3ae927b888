/* worker_control.c — what the master tells this worker. */
#include "worker/worker_control.h"

#include "core/control.h"
#include "core/log.h"
#include "worker/worker_accept.h"
#include "worker/worker_calls.h"
#include "worker/worker_dgram.h"
#include "worker/worker_reserve.h"
#include "worker/worker_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

static struct worker_service *
find_service(struct worker *worker, unsigned index)
{
	for (unsigned i = 0; i < worker->service_count; i++)
		if (worker->services[i].index == index)
			return &worker->services[i];
	return NULL;
}

/* A listener that was given back, or a new one. They are few and never freed:
 * an event of this turn may still point to one. */
static struct worker_listener *
take_listener(struct worker *worker)
{
	struct worker_listener *listener = worker->listeners;

	while (listener != NULL && listener->source.fd != -1)
		listener = listener->next;
	if (listener != NULL)
		return listener;
	listener = calloc(1, sizeof(*listener));
	if (listener == NULL)
		return NULL;
	listener->next = worker->listeners;
	worker->listeners = listener;
	return listener;
}

/* NULL: logged, and SOCKET is closed. */
static struct worker_listener *
add_listener(
    struct worker *worker, const struct heritage_socket *socket, unsigned slot)
{
	struct worker_service *service = find_service(worker, socket->service);
	struct worker_listener *listener =
	    service == NULL ? NULL : take_listener(worker);

	if (listener == NULL) {
		log_error("cannot listen: %s",
		    service == NULL ? "no such service" : "out of memory");
		close(socket->fd);
		return NULL;
	}
	listener->source = (struct worker_source){
	    .fd = socket->fd,
	    .ready = socket->transport == TRANSPORT_UDP ? worker_dgram_ready
	                                                : worker_accept_ready,
	};
	listener->service = service;
	listener->transport = (enum transport)socket->transport;
	listener->addr = socket->addr;
	listener->is_wildcard = addr_is_wildcard(&socket->addr);
	listener->is_proxied = socket->is_proxied;
	listener->slot = slot;
	listener->is_armed =
	    worker_loop_watch(worker, &listener->source, EPOLLIN, true);
	return listener;
}

bool
worker_control_listen(
    struct worker *worker, const struct heritage_socket *socket, unsigned slot)
{
	struct worker_listener *listener = add_listener(worker, socket, slot);

	return listener != NULL && listener->is_armed;
}

static void
stop_listening(struct worker *worker, struct worker_listener *listener)
{
	/* The master holds the same socket: closing our descriptor alone
	 * would leave it in our epoll set. */
	if (listener->is_armed)
		worker_loop_forget(worker, &listener->source);
	close(listener->source.fd);
	listener->source.fd = -1;
	listener->is_armed = false;
}

/* What is empty is of no use to anybody: whoever has a copy of it, such as a
 * service manager that has not been told yet, would have the kernel go on to
 * queue connections there. */
static void
retire(struct worker *worker, struct worker_listener *listener)
{
	if (listener->transport == TRANSPORT_UDP) {
		worker_dgram_retire(worker, listener);
		return;
	}
	worker_accept_retire(worker, listener);
	shutdown(listener->source.fd, SHUT_RDWR);
}

static void
drain(struct worker *worker, const struct control_message *message)
{
	bool is_news = !worker->is_draining ||
	               (message->kind == CONTROL_STOP && !worker->is_stopping);

	worker->is_draining = true;
	worker->is_stopping |= message->kind == CONTROL_STOP;
	worker->drain_end_ms = worker->now_ms + message->argument;
	/* While there are sockets to say it through. */
	if (is_news)
		worker_calls_drain(worker);
	for (struct worker_listener *listener = worker->listeners;
	     listener != NULL; listener = listener->next) {
		if (listener->source.fd != -1)
			stop_listening(worker, listener);
	}
	if (message->kind == CONTROL_STOP)
		worker_stream_close_idle(worker);
}

static bool
is_same(const struct worker_listener *listener,
    const struct heritage_socket *socket)
{
	return listener->service->index == socket->service &&
	       listener->transport == (enum transport)socket->transport &&
	       listener->is_proxied == socket->is_proxied &&
	       addr_is_equal(&listener->addr, &socket->addr);
}

/* Those that go away, while the next generation's worker keeps the others:
 * these must not leave their group. */
static void
retire_own(struct worker *worker, const struct control_message *message)
{
	for (uint32_t i = 0; i < message->socket_count; i++) {
		const struct heritage_socket *socket = &message->sockets[i];

		for (struct worker_listener *listener = worker->listeners;
		     listener != NULL; listener = listener->next) {
			if (listener->source.fd == -1 ||
			    listener->slot != worker->heritage->slot ||
			    !is_same(listener, socket))
				continue;
			retire(worker, listener);
			stop_listening(worker, listener);
		}
		close(socket->fd);
	}
}

/* They are nobody's, so that no slot has the number. */
static void
empty(struct worker *worker, const struct control_message *message)
{
	for (uint32_t i = 0; i < message->socket_count; i++) {
		struct worker_listener *listener = add_listener(
		    worker, &message->sockets[i], SETTINGS_WORKERS_MAX);

		if (listener == NULL)
			continue;
		retire(worker, listener);
		stop_listening(worker, listener);
	}
}

static void
borrow(struct worker *worker, const struct control_message *message)
{
	for (uint32_t i = 0; i < message->socket_count; i++) {
		if (worker->is_draining)
			close(message->sockets[i].fd);
		else if (!worker_control_listen(
		             worker, &message->sockets[i], message->argument))
			log_warn("the sockets of slot %u wait for their worker",
			    message->argument);
	}
}

static void
give_back(struct worker *worker, unsigned slot)
{
	if (slot == worker->heritage->slot)
		return;
	for (struct worker_listener *listener = worker->listeners;
	     listener != NULL; listener = listener->next)
		if (listener->source.fd != -1 && listener->slot == slot)
			stop_listening(worker, listener);
}

/* What the new generation has that every worker is to know, read at once: its
 * image is not kept. */
static void
go_on(struct worker *worker, const struct control_message *message)
{
	struct image image;
	int fd = message->socket_count == 1 ? message->sockets[0].fd : -1;

	if (!image_map(&image, fd)) {
		log_warn("the new settings are of no use: %s", strerror(errno));
		for (uint32_t i = 0; i < message->socket_count; i++)
			close(message->sockets[i].fd);
		return;
	}
	const struct settings *settings = settings_of(&image);

	if (settings != NULL) {
		worker_guard_ports_init(&worker->guard_ports, settings);
		log_set_level(settings->log_level);
	}
	image_unmap(&image);
}

void
worker_control_ready(
    struct worker *worker, struct worker_source *source, uint32_t events)
{
	struct control_message message;

	(void)events;
	worker_reserve_lift(worker);
	int result = control_receive(source->fd, &message);

	worker_reserve_lower(worker);
	if (result == 0) { /* no master, no worker */
		worker_loop_flush(worker);
		exit(EXIT_SUCCESS);
	}
	if (result == -1) {
		if (errno != EAGAIN && errno != EINTR)
			log_warn("control socket: %s", strerror(errno));
		return;
	}
	switch ((enum control_kind)message.kind) {
	case CONTROL_RETIRE:
		retire_own(worker, &message);
		break;
	case CONTROL_DRAIN:
	case CONTROL_STOP:
		drain(worker, &message);
		break;
	case CONTROL_LEND:
		borrow(worker, &message);
		break;
	case CONTROL_RECALL:
		give_back(worker, message.argument);
		break;
	case CONTROL_EMPTY:
		empty(worker, &message);
		break;
	case CONTROL_KEEP:
		go_on(worker, &message);
		break;
	case CONTROL_READY:
		break; /* the master never says it */
	}
}
