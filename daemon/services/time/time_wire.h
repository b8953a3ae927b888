/* time_wire.h — the answer of the Time Protocol, RFC 868. Pure. */
#ifndef NETLAB_SERVICES_TIME_WIRE_H
#define NETLAB_SERVICES_TIME_WIRE_H

#include "core/span.h"

#include <stdint.h>

enum { TIME_WIRE_LEN = 4 };

/*
 * Writes UNIX_SECONDS (since 1970, UTC) as seconds since 1900, the low 32 bits
 * of them: they roll over to 0 at 2036-02-07T06:28:16Z. Returns TIME_WIRE_LEN;
 * OUT has room for that.
 */
size_t time_wire(int64_t unix_seconds, struct space out);

#endif
