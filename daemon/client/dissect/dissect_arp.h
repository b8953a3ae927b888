/* dissect_arp.h — who has an address (RFC 826). Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_ARP_H
#define NETLAB_CLIENT_DISSECT_DISSECT_ARP_H

#include "client/dissect/dissect.h"

/* A packet of ARP for any lengths of addresses. Returns where it ends. */
size_t dissect_arp(struct dissect *dissect, size_t at, size_t end);

#endif
