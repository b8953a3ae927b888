/* master_store.c — our sockets in the service manager's fd store. */
#include "master/master_store.h"

#include "master/master_listen.h"
#include "master/master_notify.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* Until the next try with a manager that is busy, and with one that
	 * does not read at all. */
	RETRY_FIRST_MS = 20,
	RETRY_MAX_MS = 5000,
};

/* A name that the manager is still to be told to forget. */
struct master_store_name {
	char text[MASTER_NAME_MAX];
	struct master_store_name *next;
};

void
master_store_forget(struct master *master, const char *name)
{
	master_assert(master);
	if (!master_notify_is_heard())
		return;
	struct master_store_name *one = calloc(1, sizeof(*one));

	/* It is kept in vain, and closed at the next start. */
	if (one == NULL)
		return;
	snprintf(one->text, sizeof(one->text), "%s", name);
	one->next = master->store.forgotten;
	master->store.forgotten = one;
}

/* Sends what is to be forgotten. false: errno; the rest is to come. */
static bool
forget(struct master *master)
{
	struct master_store_name *one;

	while ((one = master->store.forgotten) != NULL) {
		if (!master_notify_with(
		        -1, "FDSTOREREMOVE=1\nFDNAME=%s", one->text))
			return false;
		master->store.forgotten = one->next;
		free(one);
	}
	return true;
}

static bool
is_kept(const struct master_listener *listener)
{
	return listener->is_stored;
}

/* Whether the manager is to have it and has not. */
static bool
is_missing(const struct master_listener *listener)
{
	return !listener->is_stored && !listener->is_fresh &&
	       listener->origin == MASTER_ORIGIN_OWN;
}

static unsigned
count(const struct master *master,
    bool (*is_counted)(const struct master_listener *))
{
	unsigned number = 0;

	for (const struct master_listener *one = master->listeners; one != NULL;
	     one = one->next)
		number += is_counted(one);
	return number;
}

/* Whatever else the manager has by this name is not this socket, but one that
 * a program before us has left. FDPOLL=0: it is to be kept however it fares;
 * an error that waits on it is for its worker to read. */
static bool
keep(struct master_listener *listener)
{
	char name[MASTER_NAME_MAX];

	master_name_make(&listener->socket, listener->slot, name);
	listener->is_stored =
	    master_notify_with(-1, "FDSTOREREMOVE=1\nFDNAME=%s", name) &&
	    master_notify_with(
	        listener->socket.fd, "FDSTORE=1\nFDPOLL=0\nFDNAME=%s", name);
	return listener->is_stored;
}

/* Hands over ROOM of what is missing, the first slots' first. false: errno. */
static bool
keep_missing(struct master *master, unsigned room)
{
	for (unsigned slot = 0; slot < SETTINGS_WORKERS_MAX; slot++)
		for (struct master_listener *one = master->listeners;
		     one != NULL && room > 0; one = one->next) {
			if (one->slot != slot || !is_missing(one))
				continue;
			if (!keep(one))
				return false;
			room--;
		}
	return true;
}

static void
warn_of_too_many(struct master *master, unsigned max)
{
	unsigned missing = count(master, is_missing);

	if (missing > 0 && !master->store.is_full)
		log_warn("the service manager keeps %u sockets at most: what "
		         "waits on %u others is lost in a crash",
		    max, missing);
	master->store.is_full = missing > 0;
}

/* false: errno. */
static bool
update(struct master *master)
{
	unsigned max = master_notify_store_max(MASTER_STORE_MAX);

	if (!forget(master))
		return false;
	if (master->state == MASTER_STARTING ||
	    master->state == MASTER_STOPPING)
		return true;
	unsigned kept = count(master, is_kept);

	if (!keep_missing(master, kept < max ? max - kept : 0))
		return false;
	warn_of_too_many(master, max);
	return true;
}

void
master_store_update(struct master *master)
{
	struct master_store *store = &master->store;

	master_assert(master);
	store->retry_ms = 0;
	if (!master_notify_is_heard())
		return;
	if (update(master)) {
		store->delay_ms = 0;
		return;
	}
	if (errno != EAGAIN) {
		log_warn("the service manager takes no sockets: %s",
		    strerror(errno));
		return;
	}
	store->delay_ms =
	    store->delay_ms == 0 ? RETRY_FIRST_MS : store->delay_ms * 2;
	if (store->delay_ms > RETRY_MAX_MS)
		store->delay_ms = RETRY_MAX_MS;
	store->retry_ms = master_now_ms() + store->delay_ms;
}

void
master_store_forget_all(
    struct master *master, const struct master_listener *list)
{
	char name[MASTER_NAME_MAX];

	for (; list != NULL; list = list->next)
		if (list->is_stored)
			master_store_forget(master,
			    master_name_make(&list->socket, list->slot, name));
	master_store_update(master);
}

uint64_t
master_store_next_ms(const struct master *master)
{
	return master->store.retry_ms == 0 || master->state == MASTER_STOPPING
	           ? UINT64_MAX
	           : master->store.retry_ms;
}

void
master_store_tick(struct master *master, uint64_t now_ms)
{
	if (master_store_next_ms(master) <= now_ms)
		master_store_update(master);
}
