/* reach_lookup.h — the addresses of a host, found in time: getaddrinfo(3) alone
 * waits for as long as resolv.conf has it. */
#ifndef NETLAB_CLIENT_REACH_LOOKUP_H
#define NETLAB_CLIENT_REACH_LOOKUP_H

#include "client/reach.h"

#include <netdb.h>

/*
 * Looks PLACE up, for sockets of REACH's transport and addresses of FAMILY,
 * until REACH's deadline. Returns 0 and sets *FOUND, for freeaddrinfo; or what
 * gai_strerror knows; EAI_INPROGRESS: not in time.
 */
int reach_lookup(const struct reach *reach, int family,
    const struct reach_place *place, struct addrinfo **found)
    __attribute__((warn_unused_result));

#endif
