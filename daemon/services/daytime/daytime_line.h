/* daytime_line.h — the answer of the Daytime Protocol, RFC 867. Pure. */
#ifndef NETLAB_SERVICES_DAYTIME_LINE_H
#define NETLAB_SERVICES_DAYTIME_LINE_H

#include "core/span.h"

#include <stdint.h>

enum { DAYTIME_LINE_LEN = 26 };

/*
 * Writes UNIX_SECONDS (since 1970) in UTC as "Sat Nov 21 02:09:23 2026\r\n",
 * the form of ctime(3), which is what inetd answers; not NUL-terminated.
 * Returns DAYTIME_LINE_LEN; OUT has room for that. What lies outside of the
 * years 1970 to 9999 is shown as the nearest second within.
 */
size_t daytime_line(int64_t unix_seconds, struct space out);

#endif
