/* dns_servers.c — whom `netlab dns` asks. */
#include "client/dns/dns_servers.h"

#include "client/complain.h"
#include "client/verb.h"

#include <assert.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>

static_assert(DNS_SERVERS_MAX >= MAXNS, "room for all of resolv.conf's");

/* Server I of STATE. glibc keeps those of IPv6 apart. */
static struct addr
address_of(const struct __res_state *state, int i)
{
	const struct sockaddr_in6 *ipv6 = state->_u._ext.nsaddrs[i];

	if (ipv6 != NULL && ipv6->sin6_family == AF_INET6)
		return (struct addr){.in6 = *ipv6, .len = sizeof(*ipv6)};
	return (struct addr){
	    .in4 = state->nsaddr_list[i],
	    .len = sizeof(state->nsaddr_list[i]),
	};
}

static void
add(struct dns_servers *servers, const struct addr *addr,
    const struct options *options)
{
	struct reach_place *place = &servers->list[servers->count];
	char text[ADDR_TEXT_MAX];

	if (options->family != AF_UNSPEC &&
	    options->family != addr->any.sa_family)
		return;
	snprintf(place->host, sizeof(place->host), "%s",
	    addr_format_host(addr, text));
	place->port = options->port != 0 ? options->port : addr_port(addr);
	servers->count++;
}

static int
read_configuration(struct dns_servers *servers, const struct options *options)
{
	struct __res_state state = {.nscount = 0};

	if (res_ninit(&state) == -1)
		return complain(VERB_USAGE, "/etc/resolv.conf: cannot be read");
	for (int i = 0; i < state.nscount && i < DNS_SERVERS_MAX; i++) {
		struct addr addr = address_of(&state, i);

		add(servers, &addr, options);
	}
	res_nclose(&state);
	if (servers->count == 0)
		return complain(VERB_USAGE,
		    "/etc/resolv.conf: no server: name one, @SERVER");
	return VERB_GOOD;
}

int
dns_servers_find(struct dns_servers *servers, const char *server,
    const struct options *options)
{
	servers->count = 0;
	if (server == NULL)
		return read_configuration(servers, options);
	servers->count = 1;
	return reach_place_read(
	    server, options, DNS_SERVERS_PORT, &servers->list[0]);
}
