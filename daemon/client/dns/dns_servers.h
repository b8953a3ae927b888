/* dns_servers.h — whom `netlab dns` asks. */
#ifndef NETLAB_CLIENT_DNS_DNS_SERVERS_H
#define NETLAB_CLIENT_DNS_DNS_SERVERS_H

#include "client/options.h"
#include "client/reach.h"

enum { DNS_SERVERS_MAX = 3, DNS_SERVERS_PORT = 53 };

struct dns_servers {
	struct reach_place list[DNS_SERVERS_MAX];
	unsigned count;
};

/* The one that SERVER names, "HOST" or "HOST:PORT"; NULL: those of
 * /etc/resolv.conf. Returns VERB_GOOD, or VERB_USAGE and has complained. */
int dns_servers_find(struct dns_servers *servers, const char *server,
    const struct options *options) __attribute__((warn_unused_result));

#endif
