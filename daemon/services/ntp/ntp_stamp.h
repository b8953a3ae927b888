/* ntp_stamp.h — times as NTP writes them: RFC 5905 §6. Pure. */
#ifndef NETLAB_SERVICES_NTP_STAMP_H
#define NETLAB_SERVICES_NTP_STAMP_H

#include <stdint.h>

/*
 * UNIX_NS (since 1970) as a 64-bit timestamp of its era: the seconds roll over
 * to 0 at 2036-02-07T06:28:16Z. Never 0, which on the wire means "no time":
 * that instant is written as 2^-32 s later.
 */
uint64_t ntp_stamp(uint64_t unix_ns);

/* NS in the 16.16 bits of the short format, rounded up, because an error bound
 * may not shrink; at most 65535 s. */
uint32_t ntp_stamp_short(uint64_t ns);

#endif
