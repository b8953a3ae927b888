/* ntp_stamp.h — times as NTP writes them: RFC 5905 §6. Pure. */
#ifndef NETLAB_SERVICES_NTP_STAMP_H
#define NETLAB_SERVICES_NTP_STAMP_H

#include <stdbool.h>
#include <stdint.h>

/*
 * UNIX_NS (since 1970) as a 64-bit timestamp of its era: the seconds roll over
 * to 0 at 2036-02-07T06:28:16Z. Never 0, which on the wire means "no time":
 * that instant is written as 2^-32 s later.
 */
uint64_t ntp_stamp(uint64_t unix_ns);

/*
 * The same as the stamp of an arrival and of a departure. The lowest bit, a
 * quarter of a nanosecond, is set in the one and clear in the other, so that
 * from a client's origin we know which of the two it sends back.
 */
uint64_t ntp_stamp_receive(uint64_t unix_ns);
uint64_t ntp_stamp_transmit(uint64_t unix_ns);

/* Whether STAMP may be one that ntp_stamp_receive gave. */
static inline bool
ntp_stamp_is_receive(uint64_t stamp)
{
	return (stamp & 1) != 0;
}

/* NS as a difference of stamps, rounded down by up to a tenth: a shift. The
 * lowest bit is clear. */
static inline uint64_t
ntp_stamp_interval(uint32_t ns)
{
	return (uint64_t)ns << 2;
}

/* NS in the 16.16 bits of the short format, rounded up, because an error bound
 * may not shrink; at most 65535 s. */
uint32_t ntp_stamp_short(uint64_t ns);

#endif
