/*
 * ntp_packet.h — one NTP request checked, one reply written: 48 bytes, RFC 5905
 * §7.3. Pure.
 */
#ifndef NETLAB_SERVICES_NTP_PACKET_H
#define NETLAB_SERVICES_NTP_PACKET_H

#include "core/span.h"
#include "core/sync.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NTP_PACKET_LEN = 48 }; /* of the header, which is all that we send */

/* What a datagram is to a server. All but REQUEST get silence. */
enum ntp_packet_kind {
	NTP_PACKET_REQUEST,
	NTP_PACKET_BAD_LENGTH,  /* under 48 bytes, or not in words of 32 bits */
	NTP_PACKET_BAD_VERSION, /* neither 3 nor 4 */
	NTP_PACKET_BAD_MODE,    /* reserved, symmetric, server, broadcast */
	NTP_PACKET_CONTROL,     /* mode 6: RFC 9327, not offered */
	NTP_PACKET_PRIVATE,     /* mode 7: ntpd's own, CVE-2013-5211 */
	NTP_PACKET_BAD_EXTENSION, /* what follows the header is no field */
	NTP_PACKET_MAC, /* is authenticated (or a crypto-NAK): no keys here */
};

/*
 * What BYTES, a whole datagram, is. Trailing extension fields are skipped by
 * the rules of RFC 7822 §3, under which every length has one reading.
 */
enum ntp_packet_kind ntp_packet_check(struct span bytes);

/*
 * Writes the reply to REQUEST, which ntp_packet_check found to be one, that
 * came in at RECEIVED_NS and leaves at NOW_NS. Returns NTP_PACKET_LEN; OUT has
 * room for that.
 */
size_t ntp_packet_reply(const struct sync_state *system, struct span request,
    uint64_t received_ns, uint64_t now_ns, struct space out);

/*
 * UNIX_NS as a 64-bit NTP timestamp of its era (RFC 5905 §6): the seconds roll
 * over to 0 at 2036-02-07T06:28:16Z. Never 0, which on the wire means "no
 * time": that instant is written as 2^-32 s later.
 */
uint64_t ntp_packet_stamp(uint64_t unix_ns);

#endif
