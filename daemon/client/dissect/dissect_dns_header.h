/* dissect_dns_header.h — the header of a message. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_HEADER_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_HEADER_H

#include "client/dissect/dissect_dns_walk.h"

enum { DISSECT_DNS_HEADER_SECTIONS = 4 };

/* Takes the header: the flags go to WALK, how many entries each section has to
 * COUNTS. False: it is cut short. */
bool dissect_dns_header(
    struct dissect_dns_walk *walk, uint16_t counts[DISSECT_DNS_HEADER_SECTIONS])
    __attribute__((warn_unused_result));

#endif
