/* master_surplus.c — sockets that no slot has any more. */
#include "master/master_surplus.h"

#include "core/control.h"
#include "master/master_listen.h"
#include "master/master_socket.h"
#include "master/master_store.h"
#include "service.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct settings_listen *
find_listen(
    const struct settings *settings, const struct master_adopted_socket *one)
{
	for (uint32_t i = 0; i < settings->listen_count; i++) {
		const struct settings_listen *listen = &settings->listens[i];

		if (master_adopt_is_at(
		        one, &listen->addr, (enum transport)listen->transport))
			return listen;
	}
	return NULL;
}

/* Whatever it was before, it is now what its address is configured to be. */
static bool
add(struct master *master, const struct settings_listen *listen,
    struct master_adopted_socket *one)
{
	struct master_listener *listener = calloc(1, sizeof(*listener));

	if (listener == NULL)
		return false;
	*listener = (struct master_listener){
	    .socket =
	        {
	            .fd = one->fd,
	            .service = listen->service,
	            .transport = listen->transport,
	            .is_proxied = listen->is_proxied,
	            .addr = listen->addr,
	        },
	    .role = services[listen->service]->role,
	    .next = master->surplus,
	};
	one->fd = -1;
	master->surplus = listener;
	return true;
}

void
master_surplus_take(struct master *master, const struct settings *settings,
    struct master_adopted *adopted)
{
	unsigned taken = 0;

	master_assert(master);
	for (size_t i = 0; i < adopted->count; i++) {
		struct master_adopted_socket *one = &adopted->sockets[i];

		if (one->fd == -1 || !one->is_own)
			continue;
		master_store_forget(master, one->name);
		const struct settings_listen *listen =
		    find_listen(settings, one);

		if (listen != NULL && add(master, listen, one))
			taken++;
	}
	if (taken > 0)
		log_info("of an earlier run, %u socket%s no worker any more: "
		         "another answers what is queued there",
		    taken, taken == 1 ? " has" : "s have");
	master_adopt_close(adopted);
	/* The sooner an address is free, the better. */
	master_store_update(master);
}

/* Whether the workers of its role know what LISTENER is for. */
static bool
is_served(
    const struct settings *settings, const struct master_listener *listener)
{
	for (uint32_t i = 0; i < settings->listen_count; i++)
		if (settings->listens[i].service == listener->socket.service)
			return true;
	return false;
}

/* The worker of SLOT, or of one behind it; NULL: none is READY for LISTENER. */
static struct master_worker *
find_worker(const struct master_generation *generation,
    const struct master_listener *listener, unsigned slot)
{
	unsigned workers = generation->settings->roles[listener->role].workers;

	if (!is_served(generation->settings, listener))
		return NULL;
	for (unsigned i = 0; i < workers; i++) {
		struct master_worker *worker =
		    generation->slots[listener->role][(slot + i) % workers]
		        .worker;

		if (worker != NULL && worker->phase == MASTER_PHASE_READY &&
		    worker->control.fd != -1)
			return worker;
	}
	return NULL;
}

static void
hand_out(const struct master_listener *listener, struct master_worker *worker)
{
	struct control_message message = {
	    .kind = CONTROL_EMPTY,
	    .socket_count = 1,
	    .sockets = {listener->socket},
	};

	char address[ADDR_TEXT_MAX];

	if (worker == NULL || !control_send(worker->control.fd, &message))
		log_warn("%s %s is closed with all that is queued there: %s",
		    master_socket_transport_name(
		        (enum transport)listener->socket.transport),
		    addr_format(&listener->socket.addr, address),
		    worker == NULL ? "no worker" : strerror(errno));
}

void
master_surplus_hand_out(struct master *master, struct master_listener **list)
{
	unsigned slot = 0;

	master_assert(master);
	for (const struct master_listener *one = *list; one != NULL;
	     one = one->next, slot++)
		if (!one->is_shared)
			hand_out(one, find_worker(master->current, one, slot));
	master_listen_close(list);
}
