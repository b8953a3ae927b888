/* time_wire.c — the answer of the Time Protocol. */
#include "services/time/time_wire.h"

#include "core/bytes.h"

#include <assert.h>

static const uint64_t unix_to_1900 = 2208988800;

size_t
time_wire(int64_t unix_seconds, struct space out)
{
	assert(out.cap >= TIME_WIRE_LEN);
	bytes_put32be(
	    out.data, (uint32_t)((uint64_t)unix_seconds + unix_to_1900));
	return TIME_WIRE_LEN;
}
