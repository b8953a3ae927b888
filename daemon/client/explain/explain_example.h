/* explain_example.h — messages to try `netlab explain` on: each list ends in a
 * NULL name. */
#ifndef NETLAB_CLIENT_EXPLAIN_EXPLAIN_EXAMPLE_H
#define NETLAB_CLIENT_EXPLAIN_EXPLAIN_EXAMPLE_H

#include "client/explain/explain_kind.h"

/* The lectures' query and response for google.com. */
extern const struct explain_kind_example explain_example_dns[];
/* A client's packet, and a server's. */
extern const struct explain_kind_example explain_example_ntp[];
extern const struct explain_kind_example explain_example_http[];
/* The lectures' query, as it is on an Ethernet. */
extern const struct explain_kind_example explain_example_ethernet[];
/* The same without the Ethernet, as tcpdump -x prints it. */
extern const struct explain_kind_example explain_example_ip[];

#endif
