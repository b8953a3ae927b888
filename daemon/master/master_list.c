/* master_list.c — a line for each address, in columns, as ss(8) has them. */
#include "master/master_list.h"

#include "core/log.h"
#include "master/master_listen.h"
#include "master/master_socket.h"
#include "service.h"

#include <stdio.h>
#include <string.h>

/* One line: the sockets of one place, which differ in their slots. */
struct row {
	const struct master_listener *one;
	unsigned first, last; /* slots */
};

struct rows {
	struct row rows[SETTINGS_LISTEN_MAX];
	size_t count;
	int addr_width, service_width;
};

static const char *
service_name(const struct row *row)
{
	return services[row->one->socket.service]->name;
}

static bool
is_of_row(const struct row *row, const struct master_listener *listener)
{
	const struct heritage_socket *one = &row->one->socket;
	const struct heritage_socket *other = &listener->socket;

	return one->service == other->service &&
	       one->transport == other->transport &&
	       one->is_proxied == other->is_proxied &&
	       addr_is_equal(&one->addr, &other->addr);
}

static void
add(struct rows *rows, const struct master_listener *listener)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct row *row = &rows->rows[i];

		if (!is_of_row(row, listener))
			continue;
		if (listener->slot < row->first)
			row->first = listener->slot;
		if (listener->slot > row->last)
			row->last = listener->slot;
		return;
	}
	if (rows->count < SETTINGS_LISTEN_MAX)
		rows->rows[rows->count++] =
		    (struct row){listener, listener->slot, listener->slot};
}

static void
measure(struct rows *rows)
{
	char text[ADDR_TEXT_MAX];

	for (size_t i = 0; i < rows->count; i++) {
		const struct row *row = &rows->rows[i];
		int addr =
		    (int)strlen(addr_format(&row->one->socket.addr, text));
		int service = (int)strlen(service_name(row));

		if (addr > rows->addr_width)
			rows->addr_width = addr;
		if (service > rows->service_width)
			rows->service_width = service;
	}
}

/* "dns workers 0-1", "lab worker 0". */
static void
put_workers(const struct row *row, char *out, size_t size)
{
	const char *role = settings_role_name(row->one->role);

	if (row->first == row->last)
		snprintf(out, size, "%s worker %u", role, row->first);
	else
		snprintf(
		    out, size, "%s workers %u-%u", role, row->first, row->last);
}

static void
tell(const struct rows *rows, const struct row *row, const char *what)
{
	const struct heritage_socket *socket = &row->one->socket;
	char addr[ADDR_TEXT_MAX], workers[64];

	put_workers(row, workers, sizeof(workers));
	log_info("%s: %s %-*s %-*s (%s)%s", what,
	    master_socket_transport_name((enum transport)socket->transport),
	    rows->addr_width, addr_format(&socket->addr, addr),
	    rows->service_width, service_name(row), workers,
	    socket->is_proxied ? " behind a proxy" : "");
}

static bool
is_new(const struct master_listener *listener)
{
	return listener->is_fresh;
}

static bool
is_gone(const struct master_listener *listener)
{
	return !listener->is_wanted;
}

/* Of the list, the last was bound first. */
static void
tell_all(const struct master *master,
    bool (*is_told)(const struct master_listener *), const char *what)
{
	struct rows rows = {.count = 0};

	for (const struct master_listener *one = master->listeners; one != NULL;
	     one = one->next)
		if (is_told(one))
			add(&rows, one);
	measure(&rows);
	for (size_t i = rows.count; i-- > 0;)
		tell(&rows, &rows.rows[i], what);
}

void
master_list_log(const struct master *master)
{
	master_assert(master);
	tell_all(master, is_new, "listening");
	tell_all(master, is_gone, "no longer listening");
}
