/* dissect_dns.h — see each function. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_H

#include "client/dissect/dissect.h"

/* A DNS message, as in a UDP datagram (RFC 1035 §4.1). */
dissector dissect_dns;

/* DNS messages, each behind its length, as on TCP (RFC 1035 §4.2.2). */
dissector dissect_dns_tcp;

#endif
