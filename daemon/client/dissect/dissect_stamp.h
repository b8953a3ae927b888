/* dissect_stamp.h — times for the eye: in UTC, to the nanosecond. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_STAMP_H
#define NETLAB_CLIENT_DISSECT_DISSECT_STAMP_H

#include <stdint.h>

/* "2026-11-21 20:15:39.123456789 UTC" and its NUL. */
enum { DISSECT_STAMP_MAX = 40 };

/* Writes UNIX_NS, nanoseconds since 1970, to TEXT; returns TEXT. */
const char *dissect_stamp_text(int64_t unix_ns, char text[DISSECT_STAMP_MAX]);

/*
 * The time of an NTP timestamp, of which nothing else is known, in nanoseconds
 * since 1970: of era 0 (1968 to 2036) where its highest bit is set, else of era
 * 1 (2036 to 2104), by RFC 4330 §3.
 */
int64_t dissect_stamp_time(uint64_t stamp);

#endif
