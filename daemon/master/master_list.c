/* master_list.c — a line for each address, in columns, as ss(8) has them. */
#include "master/master_list.h"

#include "core/log.h"
#include "master/master_socket.h"
#include "service.h"

#include <stdio.h>
#include <string.h>

/* A list, and how wide its columns are. */
struct columns {
	struct master_list list;
	int addr, service;
};

static const char *
service_name(const struct master_list_row *row)
{
	return services[row->one->socket.service]->name;
}

static bool
is_of_row(
    const struct master_list_row *row, const struct master_listener *listener)
{
	const struct heritage_socket *one = &row->one->socket;
	const struct heritage_socket *other = &listener->socket;

	return one->service == other->service &&
	       one->transport == other->transport &&
	       one->is_proxied == other->is_proxied &&
	       addr_is_equal(&one->addr, &other->addr);
}

static void
add(struct master_list *list, const struct master_listener *listener)
{
	for (size_t i = 0; i < list->count; i++) {
		struct master_list_row *row = &list->rows[i];

		if (!is_of_row(row, listener))
			continue;
		if (listener->slot < row->first)
			row->first = listener->slot;
		if (listener->slot > row->last)
			row->last = listener->slot;
		return;
	}
	if (list->count < SETTINGS_LISTEN_MAX)
		list->rows[list->count++] = (struct master_list_row){
		    listener, listener->slot, listener->slot};
}

/* Of the listeners, the last was bound first. */
static void
turn(struct master_list *list)
{
	for (size_t i = 0; i < list->count / 2; i++) {
		struct master_list_row *other =
		    &list->rows[list->count - 1 - i];
		struct master_list_row row = list->rows[i];

		list->rows[i] = *other;
		*other = row;
	}
}

void
master_list_fill(const struct master *master,
    bool (*is_listed)(const struct master_listener *), struct master_list *list)
{
	list->count = 0;
	for (const struct master_listener *one = master->listeners; one != NULL;
	     one = one->next)
		if (is_listed(one))
			add(list, one);
	turn(list);
}

static void
measure(struct columns *columns)
{
	char text[ADDR_TEXT_MAX];

	for (size_t i = 0; i < columns->list.count; i++) {
		const struct master_list_row *row = &columns->list.rows[i];
		int addr =
		    (int)strlen(addr_format(&row->one->socket.addr, text));
		int service = (int)strlen(service_name(row));

		if (addr > columns->addr)
			columns->addr = addr;
		if (service > columns->service)
			columns->service = service;
	}
}

/* "dns workers 0-1", "lab worker 0". */
static void
put_workers(const struct master_list_row *row, char *out, size_t size)
{
	const char *role = settings_role_name(row->one->role);

	if (row->first == row->last)
		snprintf(out, size, "%s worker %u", role, row->first);
	else
		snprintf(
		    out, size, "%s workers %u-%u", role, row->first, row->last);
}

static void
tell(const struct columns *columns, const struct master_list_row *row,
    const char *what)
{
	const struct heritage_socket *socket = &row->one->socket;
	char addr[ADDR_TEXT_MAX], workers[64];

	put_workers(row, workers, sizeof(workers));
	log_info("%s: %s %-*s %-*s (%s)%s", what,
	    master_socket_transport_name((enum transport)socket->transport),
	    columns->addr, addr_format(&socket->addr, addr), columns->service,
	    service_name(row), workers,
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

static void
tell_all(const struct master *master,
    bool (*is_told)(const struct master_listener *), const char *what)
{
	struct columns columns = {.addr = 0};

	master_list_fill(master, is_told, &columns.list);
	measure(&columns);
	for (size_t i = 0; i < columns.list.count; i++)
		tell(&columns, &columns.list.rows[i], what);
}

void
master_list_log(const struct master *master)
{
	master_assert(master);
	tell_all(master, is_new, "listening");
	tell_all(master, is_gone, "no longer listening");
}
