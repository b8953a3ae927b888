/* reach_place.h — a place, as people write it: host and port. Nothing is looked
 * up. */
#ifndef NETLAB_CLIENT_REACH_PLACE_H
#define NETLAB_CLIENT_REACH_PLACE_H

#include "client/options.h"

#include <stdint.h>

enum { REACH_HOST_MAX = 256 }; /* a name or an address, and its NUL */

/* What the user typed for a place: "host", "host:port", "1.2.3.4:80", "::1",
 * "[::1]:80", "[::1]". */
struct reach_place {
	char host[REACH_HOST_MAX];
	uint16_t port;
};

/* Splits TEXT; its port is the one in it, else OPTIONS' (-p), else
 * DEFAULT_PORT. Returns VERB_GOOD or VERB_USAGE, complained about. */
int reach_place_read(const char *text, const struct options *options,
    uint16_t default_port, struct reach_place *place)
    __attribute__((warn_unused_result));

#endif
