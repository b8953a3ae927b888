/* dissect_icmpv6.h — messages of ICMPv6 (RFC 4443), among them those of
 * Neighbor Discovery (RFC 4861). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_ICMPV6_H
#define NETLAB_CLIENT_DISSECT_DISSECT_ICMPV6_H

#include "client/dissect/dissect_ip.h"

/* A message, the payload of PACKET. */
void dissect_icmpv6(struct dissect *dissect,
    const struct dissect_ip_packet *packet, size_t at, size_t end);

#endif
