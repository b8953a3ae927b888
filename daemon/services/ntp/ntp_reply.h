/*
 * ntp_reply.h — one NTP reply written: the 48 bytes of RFC 5905 §7.3, to which
 * a MAC may be added. Pure.
 */
#ifndef NETLAB_SERVICES_NTP_REPLY_H
#define NETLAB_SERVICES_NTP_REPLY_H

#include "core/ntp_header.h"
#include "core/sync.h"
#include "services/ntp/ntp_request.h"

#include <stdbool.h>
#include <stdint.h>

/* The system variables of one moment, which all its replies begin with: all up
 * to the origin. */
struct ntp_reply_system {
	uint8_t bytes[NTP_HEADER_ORIGIN];
};

/*
 * What replies say of STATE when they leave at NOW_NS (CLOCK_REALTIME) or up to
 * a second later: the dispersion is a bound until then.
 */
struct ntp_reply_system ntp_reply_system(
    const struct sync_state *state, uint64_t now_ns);

/* The least poll of clients that are to get a reply each INTERVAL_MS at most:
 * log2 seconds, rounded up; INT8_MIN, which is less than any, for 0. */
int8_t ntp_reply_poll_min(uint32_t interval_ms);

/*
 * Writes the reply to REQUEST that came in at RECEIVE, an NTP timestamp; all of
 * it but for the transmit stamp. Its poll is the request's, or POLL_MIN where
 * that is more.
 */
void ntp_reply_write(const struct ntp_reply_system *system,
    const struct ntp_request *request, int8_t poll_min, uint64_t receive,
    uint8_t packet[NTP_HEADER_LEN]);

/*
 * Stamps a reply that leaves at TRANSMIT. Its stamps are in order, and this one
 * is neither 0, nor the receive stamp, nor the origin (a client would take it
 * for a copy of its own packet); for that it may become 2^-31 s later, or, if
 * the clock was stepped back meanwhile, the receive stamp earlier.
 */
void ntp_reply_stamp(uint8_t packet[NTP_HEADER_LEN], uint64_t transmit);

/* Makes a reply that ntp_reply_write wrote an interleaved one, in place of
 * ntp_reply_stamp: ORIGIN is the request's receive stamp, TRANSMIT says when
 * the reply before it left. RFC 9769 §2. */
void ntp_reply_interleave(
    uint8_t packet[NTP_HEADER_LEN], uint64_t origin, uint64_t transmit);

/* Whether REQUEST may be told to ask less often: a client's alone, and never
 * one that would take it unauthenticated. */
bool ntp_reply_may_kod(const struct ntp_request *request);

/*
 * Writes a kiss-o'-death of code RATE to REQUEST (RFC 5905 §7.4): leap 3,
 * stratum 0 and no time at all, so that nobody can set a clock by it. Needs no
 * ntp_reply_stamp.
 */
void ntp_reply_kod(const struct ntp_request *request, int8_t poll_min,
    uint8_t packet[NTP_HEADER_LEN]);

#endif
