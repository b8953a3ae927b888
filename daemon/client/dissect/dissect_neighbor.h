/* dissect_neighbor.h — Neighbor Discovery of IPv6 (RFC 4861). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_NEIGHBOR_H
#define NETLAB_CLIENT_DISSECT_DISSECT_NEIGHBOR_H

#include "client/dissect/dissect.h"

/* Types of ICMPv6. */
enum {
	DISSECT_NEIGHBOR_ROUTER_SOLICITATION = 133,
	DISSECT_NEIGHBOR_ROUTER_ADVERTISEMENT = 134,
	DISSECT_NEIGHBOR_SOLICITATION = 135,
	DISSECT_NEIGHBOR_ADVERTISEMENT = 136,
	DISSECT_NEIGHBOR_REDIRECT = 137,
};

/* A message of TYPE, called NAME in section RFC, behind its checksum. */
void dissect_neighbor(struct dissect *dissect, unsigned type, const char *name,
    const char *rfc, size_t at, size_t end);

#endif
