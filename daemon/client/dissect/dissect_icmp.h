/* dissect_icmp.h — messages of ICMP (RFC 792), and what those of ICMPv6 have in
 * common with them. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_ICMP_H
#define NETLAB_CLIENT_DISSECT_DISSECT_ICMP_H

#include "client/dissect/dissect_ip.h"

enum {
	DISSECT_ICMP_HEADER_LEN = 4, /* type, code, checksum */
	DISSECT_ICMP_QUOTED_MAX = 256,
};

/* A message, the payload of PACKET. */
void dissect_icmp(struct dissect *dissect,
    const struct dissect_ip_packet *packet, size_t at, size_t end);

/* A name for a code; lists end in a NULL. */
const char *dissect_icmp_code(const char *const *names, unsigned code);

/* Type, code and checksum at AT, whose SUM is known; PSEUDO as in
 * dissect_checksum_field. */
void dissect_icmp_header(struct dissect *dissect,
    const struct dissect_ip_packet *packet, const char *rfc, const char *type,
    const char *code, size_t at, uint64_t sum, uint64_t pseudo);

/* Identifier, sequence number and data, which are there. KIND is "echo request"
 * or the like. */
void dissect_icmp_echo(struct dissect *dissect, const char *rfc,
    const char *kind, size_t at, size_t end);

/* The packet that an error is about: all its layers. The line says WHAT, and
 * of which packet. */
void dissect_icmp_quoted(struct dissect *dissect,
    const struct dissect_ip_packet *packet, const char *what, size_t at,
    size_t end);

#endif
