/* master_name.c — what a socket of ours is called while somebody keeps it. */
#include "master/master_name.h"

#include "master/master_socket.h"
#include "service.h"

#include <stdio.h>
#include <string.h>

enum { PLACE_MAX = ADDR_TEXT_MAX + 8 };

static const char prefix[] = "netlabd-";

/* "-udp-127.0.0.1_53-": what stands between service and slot. */
static void
put_place(
    const struct addr *addr, enum transport transport, char out[PLACE_MAX])
{
	char text[ADDR_TEXT_MAX];

	snprintf(out, PLACE_MAX, "-%s-%s-",
	    master_socket_transport_name(transport), addr_format(addr, text));
	for (char *colon = out; (colon = strchr(colon, ':')) != NULL;)
		*colon = '_';
}

const char *
master_name_make(const struct heritage_socket *socket, unsigned slot,
    char out[MASTER_NAME_MAX])
{
	char place[PLACE_MAX];

	put_place(&socket->addr, (enum transport)socket->transport, place);
	snprintf(out, MASTER_NAME_MAX, "%s%s%s%s%u", prefix,
	    services[socket->service]->name, place,
	    socket->is_proxied ? "proxied-" : "", slot);
	return out;
}

bool
master_name_is_ours(
    const char *name, const struct addr *addr, enum transport transport)
{
	char place[PLACE_MAX];

	put_place(addr, transport, place);
	return strncmp(name, prefix, sizeof(prefix) - 1) == 0 &&
	       strstr(name + sizeof(prefix) - 1, place) != NULL;
}

bool
master_name_may_hold(
    const char *name, const struct addr *addr, enum transport transport)
{
	char kind[16], port[16];

	if (strncmp(name, prefix, sizeof(prefix) - 1) != 0)
		return true;
	snprintf(kind, sizeof(kind), "-%s-",
	    master_socket_transport_name(transport));
	snprintf(port, sizeof(port), "_%u-", (unsigned)addr_port(addr));
	const char *place = strstr(name, kind);

	return place != NULL && strstr(place, port) != NULL &&
	       (strchr(place, '[') != NULL) ==
	           (addr->any.sa_family == AF_INET6);
}
