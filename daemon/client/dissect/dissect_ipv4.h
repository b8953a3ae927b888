/* dissect_ipv4.h — packets of IPv4 (RFC 791). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_IPV4_H
#define NETLAB_CLIENT_DISSECT_DISSECT_IPV4_H

#include "client/dissect/dissect_ip.h"

/* A packet and its payload; PLACE says in what it lies: nesting, is_quoted.
 * Returns where it ends. */
size_t dissect_ipv4(struct dissect *dissect,
    const struct dissect_ip_packet *place, size_t at, size_t end);

#endif
