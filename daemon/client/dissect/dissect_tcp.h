/* dissect_tcp.h — segments of TCP (RFC 9293). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_TCP_H
#define NETLAB_CLIENT_DISSECT_DISSECT_TCP_H

#include "client/dissect/dissect_ip.h"

/* A segment, the payload of PACKET, and what it carries. */
void dissect_tcp(struct dissect *dissect,
    const struct dissect_ip_packet *packet, size_t at, size_t end);

#endif
