/* dissect_ipv6_headers.h — extension headers of IPv6 (RFC 8200 §4). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_IPV6_HEADERS_H
#define NETLAB_CLIENT_DISSECT_DISSECT_IPV6_HEADERS_H

#include "client/dissect/dissect_ip.h"

/* A packet may be all headers: more than these are not looked at. */
enum { DISSECT_IPV6_HEADERS_MAX = 16 };

struct dissect_ipv6_headers {
	size_t at;        /* behind the last one */
	bool is_bad;      /* one of them cannot be read: the rest is none */
	bool is_fragment; /* and not the first: no header follows */
	unsigned offset;  /* of the fragment, in bytes */
};

/* The headers at AT, if there are any: PACKET's protocol becomes that of the
 * payload, and it gets the reason for not verifying checksums. */
struct dissect_ipv6_headers dissect_ipv6_headers(struct dissect *dissect,
    struct dissect_ip_packet *packet, size_t at, size_t end);

#endif
