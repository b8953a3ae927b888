/* dissect_checksum.h — the Internet checksum (RFC 1071), looked at. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_CHECKSUM_H
#define NETLAB_CLIENT_DISSECT_DISSECT_CHECKSUM_H

#include "client/dissect/dissect.h"

/* SUM and all 16-bit words of BYTES; an odd last byte is followed by zero. 64
 * bits hold what any message sums up to. */
uint64_t dissect_checksum_add(uint64_t sum, struct span bytes);

/*
 * The field of a checksum, two bytes at AT, with what it is: SUM is of all that
 * it covers, itself included; PSEUDO of the pseudo-header alone, which a kernel
 * leaves there for the network card to go on with, or 0. UNVERIFIED says why
 * SUM is not known; NULL: it is.
 */
void dissect_checksum_field(struct dissect *dissect, size_t at, const char *rfc,
    uint64_t sum, uint64_t pseudo, const char *unverified);

#endif
