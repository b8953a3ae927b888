/* dissect_udp.h — datagrams of UDP (RFC 768). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_UDP_H
#define NETLAB_CLIENT_DISSECT_DISSECT_UDP_H

#include "client/dissect/dissect_ip.h"

/* A datagram, the payload of PACKET, and what it carries. */
void dissect_udp(struct dissect *dissect,
    const struct dissect_ip_packet *packet, size_t at, size_t end);

#endif
