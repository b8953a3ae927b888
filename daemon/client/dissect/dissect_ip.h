/* dissect_ip.h — what IPv4 and IPv6 have in common, and what their payloads
 * know of the packet. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_IP_H
#define NETLAB_CLIENT_DISSECT_DISSECT_IP_H

#include "client/dissect/dissect.h"
#include "core/addr.h"

/* A packet inside a packet inside …: tunnels, and what ICMP quotes. */
enum { DISSECT_IP_NESTING_MAX = 4 };

/* The packet that a payload came in. */
struct dissect_ip_packet {
	unsigned nesting;           /* 0: the outermost */
	size_t source, destination; /* where the addresses are */
	size_t address_len;         /* 4 or 16 */
	uint8_t protocol;
	bool is_quoted;         /* in an error of ICMP, often its start alone */
	bool is_partial;        /* a fragment, or bytes are missing */
	const char *unverified; /* why no checksum of the payload can be
	                           verified: "bytes are missing"; NULL: it can
	                         */
};

/* A packet of either version, with all that it carries. Returns where it ends:
 * padding may follow. */
size_t dissect_ip(struct dissect *dissect, size_t at, size_t end);

/* The same within a packet, which nests it. */
size_t dissect_ip_within(struct dissect *dissect,
    const struct dissect_ip_packet *outer, bool is_quoted, size_t at,
    size_t end);

/* What PACKET carries, by its protocol. */
void dissect_ip_payload(struct dissect *dissect,
    const struct dissect_ip_packet *packet, size_t at, size_t end);

/* "UDP" of 17; static. */
const char *dissect_ip_protocol_name(unsigned protocol);

/* Writes the address of LEN bytes, 4 or 16, at AT. Returns TEXT. */
const char *dissect_ip_address(const struct dissect *dissect, size_t at,
    size_t len, char text[ADDR_TEXT_MAX]);

/* Sets who sends to whom: with ports; or without, where both are 0. */
void dissect_ip_ends(struct dissect *dissect,
    const struct dissect_ip_packet *packet, uint16_t from, uint16_t to);

/* The byte of DSCP and ECN (RFC 2474 §3, RFC 3168 §5), VALUE: a field of it at
 * AT; or the parts alone, of the field before. */
void dissect_ip_traffic(struct dissect *dissect, size_t at, unsigned value);
void dissect_ip_traffic_parts(struct dissect *dissect, unsigned value);

/* The sum of the pseudo-header for LEN bytes of payload (RFC 9293 §3.1, RFC
 * 8200 §8.1). */
uint64_t dissect_ip_pseudo(const struct dissect *dissect,
    const struct dissect_ip_packet *packet, size_t len);

#endif
