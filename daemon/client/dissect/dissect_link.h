/* dissect_link.h — what a packet begins with where it was captured, other than
 * Ethernet; and what EtherTypes stand for. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_LINK_H
#define NETLAB_CLIENT_DISSECT_DISSECT_LINK_H

#include "client/dissect/dissect.h"

/* Headers of Linux's "any" interface: LINKTYPE_LINUX_SLL2 and the older
 * LINKTYPE_LINUX_SLL. */
dissector dissect_link_cooked2;
dissector dissect_link_cooked;

/* Four bytes before the packet: the address family, in the byte order of the
 * host (LINKTYPE_NULL) or of the network (LINKTYPE_LOOP). */
dissector dissect_link_loopback;

/* The packet itself (LINKTYPE_RAW). */
dissector dissect_link_raw;

/* "IPv4" of 0x0800; static. */
const char *dissect_link_type_name(unsigned type);

/* What follows a header that says TYPE, an EtherType, and the padding after
 * it. */
void dissect_link_payload(
    struct dissect *dissect, unsigned type, size_t at, size_t end);

enum { DISSECT_LINK_ADDRESS_MAX = 64 };

/* Writes LEN bytes at AT as "02:00:00:00:00:01"; at most 20 of them. Returns
 * TEXT. */
const char *dissect_link_address(const struct dissect *dissect, size_t at,
    size_t len, char text[DISSECT_LINK_ADDRESS_MAX]);

#endif
