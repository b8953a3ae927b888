/* master_listen.c — all bound sockets. */
#include "master/master_listen.h"

#include "core/log.h"
#include "master/master_obtain.h"
#include "master/master_socket.h"
#include "service.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One address at work. */
struct wish {
	const struct settings_listen *listen;
	const struct service *service;
	unsigned slot_count;
};

static struct wish
wish_of(const struct settings *settings, uint32_t index)
{
	const struct settings_listen *listen = &settings->listens[index];
	const struct service *service = services[listen->service];

	return (struct wish){
	    .listen = listen,
	    .service = service,
	    .slot_count = settings->roles[service->role].workers,
	};
}

static bool
is_same_place(const struct master_listener *listener,
    const struct settings_listen *listen)
{
	return listener->socket.transport == listen->transport &&
	       listener->socket.is_proxied == listen->is_proxied &&
	       addr_is_equal(&listener->socket.addr, &listen->addr);
}

static struct master_listener *
find(const struct master *master, const struct wish *wish, unsigned slot)
{
	struct master_listener *listener = master->listeners;

	while (listener != NULL &&
	       (listener->slot != slot ||
	           listener->socket.service != wish->listen->service ||
	           !is_same_place(listener, wish->listen)))
		listener = listener->next;
	return listener;
}

/* Whether a socket of ours would stand in the way of the probing bind. */
static bool
is_ours(const struct master *master, const struct settings_listen *listen)
{
	const struct addr *addr = &listen->addr;

	for (const struct master_listener *one = master->listeners; one != NULL;
	     one = one->next) {
		const struct addr *have = &one->socket.addr;

		if (one->socket.transport == listen->transport &&
		    have->any.sa_family == addr->any.sa_family &&
		    addr_port(have) == addr_port(addr) &&
		    (addr_is_equal(have, addr) || addr_is_wildcard(have) ||
		        addr_is_wildcard(addr)))
			return true;
	}
	return false;
}

static void
fail(struct master_listen_error *error, uint32_t listen)
{
	error->list[error->count++] =
	    (struct master_listen_failure){.listen = listen, .code = errno};
}

/* All are tried before the first is bound: 0.0.0.0:53 of our own would look
 * like a stranger on 127.0.0.1:53. */
static bool
probe(const struct master *master, const struct settings *settings,
    const struct master_adopted *adopted, struct master_listen_error *error)
{
	for (uint32_t i = 0; i < settings->listen_count; i++) {
		const struct settings_listen *listen = &settings->listens[i];
		enum transport transport = (enum transport)listen->transport;

		if (!is_ours(master, listen) &&
		    !master_adopt_has(adopted, &listen->addr, transport) &&
		    !master_socket_is_free(&listen->addr, transport))
			fail(error, i);
	}
	return error->count == 0;
}

/* The first pass gives slots the sockets that were theirs in the program before
 * us, so that the second does not give them to others. */
enum pass { PASS_OWN, PASS_OTHERS, PASS_COUNT };

static bool
obtain(struct master *master, const struct wish *wish,
    struct master_listener *listener, struct master_adopted *adopted,
    enum pass pass)
{
	if (pass == PASS_OWN)
		return master_obtain_own(master, listener, adopted);
	return master_obtain(master, listener,
	    listener->slot == 0 ? NULL : find(master, wish, 0), adopted);
}

static bool
add(struct master *master, const struct wish *wish, unsigned slot,
    struct master_adopted *adopted, enum pass pass)
{
	struct master_listener *listener = calloc(1, sizeof(*listener));

	if (listener == NULL)
		return false;
	*listener = (struct master_listener){
	    .socket =
	        {
	            .fd = -1,
	            .service = wish->listen->service,
	            .transport = wish->listen->transport,
	            .is_proxied = wish->listen->is_proxied,
	            .addr = wish->listen->addr,
	        },
	    .role = wish->service->role,
	    .slot = slot,
	    .is_wanted = true,
	    .is_fresh = true,
	    .next = master->listeners,
	};
	if (!obtain(master, wish, listener, adopted, pass)) {
		int saved_errno = errno;

		free(listener);
		errno = saved_errno;
		return false;
	}
	master->listeners = listener;
	return true;
}

static bool
open_wish(struct master *master, const struct wish *wish,
    struct master_adopted *adopted, enum pass pass)
{
	for (unsigned slot = 0; slot < wish->slot_count; slot++) {
		struct master_listener *listener = find(master, wish, slot);

		if (listener != NULL)
			listener->is_wanted = true;
		else if (!add(master, wish, slot, adopted, pass) &&
		         pass == PASS_OTHERS)
			return false;
	}
	return true;
}

/* false: ERROR says what cannot be had, and why. */
static bool
open_all(struct master *master, const struct settings *settings,
    struct master_adopted *adopted, struct master_listen_error *error)
{
	for (enum pass pass = PASS_OWN; pass < PASS_COUNT; pass++)
		for (uint32_t i = 0; i < settings->listen_count; i++) {
			struct wish wish = wish_of(settings, i);

			if (open_wish(master, &wish, adopted, pass))
				continue;
			fail(error, i);
			return false;
		}
	return true;
}

bool
master_listen_open(struct master *master, const struct settings *settings,
    struct master_adopted *adopted, struct master_listen_error *error)
{
	master_assert(master);
	error->count = 0;
	for (struct master_listener *one = master->listeners; one != NULL;
	     one = one->next)
		one->is_wanted = false;
	if (!probe(master, settings, adopted, error))
		return false;
	if (open_all(master, settings, adopted, error))
		return true;
	master_listen_abandon(master);
	return false;
}

/* Moves the first of FROM to TO. */
static void
move(struct master_listener **from, struct master_listener **to)
{
	struct master_listener *one = *from;

	*from = one->next;
	one->next = *to;
	*to = one;
}

/* Moves those of FROM that have the flag as wished to TO. */
static void
split(struct master_listener **from,
    bool (*is_moved)(const struct master_listener *),
    struct master_listener **to)
{
	while (*from != NULL) {
		if (is_moved(*from))
			move(from, to);
		else
			from = &(*from)->next;
	}
}

static bool
is_fresh(const struct master_listener *listener)
{
	return listener->is_fresh;
}

static bool
is_unwanted(const struct master_listener *listener)
{
	return !listener->is_wanted;
}

void
master_listen_abandon(struct master *master)
{
	struct master_listener *fresh = NULL;

	split(&master->listeners, is_fresh, &fresh);
	master_listen_close(&fresh);
	for (struct master_listener *one = master->listeners; one != NULL;
	     one = one->next)
		one->is_wanted = true;
}

struct master_listener *
master_listen_commit(struct master *master)
{
	struct master_listener *unwanted = NULL;

	split(&master->listeners, is_unwanted, &unwanted);
	for (struct master_listener *one = master->listeners; one != NULL;
	     one = one->next)
		one->is_fresh = false;
	return unwanted;
}

bool
master_listen_is_settled(const struct master *master, enum role role)
{
	for (const struct master_listener *one = master->listeners; one != NULL;
	     one = one->next)
		if (one->role == role && (is_fresh(one) || is_unwanted(one)))
			return false;
	return true;
}

void
master_listen_close(struct master_listener **list)
{
	while (*list != NULL) {
		struct master_listener *one = *list;

		*list = one->next;
		close(one->socket.fd);
		free(one);
	}
}

void
master_listen_take(struct master_listener **from, enum role role, unsigned slot,
    struct master_listener **to)
{
	while (*from != NULL) {
		if ((*from)->role == role && (*from)->slot == slot)
			move(from, to);
		else
			from = &(*from)->next;
	}
}

size_t
master_listen_of_slot(const struct master *master, enum role role,
    unsigned slot, bool is_upcoming, struct heritage_socket *out)
{
	size_t count = 0;

	for (const struct master_listener *one = master->listeners;
	     one != NULL && count < SETTINGS_LISTEN_MAX; one = one->next)
		if (one->role == role && one->slot == slot &&
		    (is_upcoming ? one->is_wanted : !one->is_fresh))
			out[count++] = one->socket;
	return count;
}

/* Passed in by others, it has to be theirs for the next program too. */
static void
put_name(
    const struct master_listener *listener, struct master_named_socket *out)
{
	out->fd = listener->socket.fd;
	out->is_stored = listener->is_stored;
	if (listener->origin == MASTER_ORIGIN_OWN)
		master_name_make(&listener->socket, listener->slot, out->name);
	else
		snprintf(out->name, sizeof(out->name), "passed-in");
}

size_t
master_listen_names(
    const struct master *master, struct master_named_socket *out, size_t max)
{
	size_t count = 0;

	for (unsigned slot = 0; slot < SETTINGS_WORKERS_MAX; slot++)
		for (const struct master_listener *one = master->listeners;
		     one != NULL && count < max; one = one->next)
			if (one->slot == slot &&
			    one->origin != MASTER_ORIGIN_COPY)
				put_name(one, &out[count++]);
	return count;
}

void
master_listen_chown(const struct master *master, uid_t uid)
{
	for (const struct master_listener *one = master->listeners; one != NULL;
	     one = one->next)
		if (fchown(one->socket.fd, uid, (gid_t)-1) == -1)
			log_warn("fchown of a socket: %s", strerror(errno));
}
