/* dissect_ipv6.h — packets of IPv6 (RFC 8200). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_IPV6_H
#define NETLAB_CLIENT_DISSECT_DISSECT_IPV6_H

#include "client/dissect/dissect_ip.h"

/* A packet with its extension headers and its payload; PLACE says in what it
 * lies: nesting, is_quoted. Returns where it ends. */
size_t dissect_ipv6(struct dissect *dissect,
    const struct dissect_ip_packet *place, size_t at, size_t end);

#endif
