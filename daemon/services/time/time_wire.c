/* time_wire.c — the answer of the Time Protocol. */
#include "services/time/time_wire.h"

#include "core/bytes.h"
#include "core/era.h"

#include <assert.h>

size_t
time_wire(int64_t unix_seconds, struct space out)
{
	assert(out.cap >= TIME_WIRE_LEN);
	bytes_put32be(out.data, era_seconds(unix_seconds));
	return TIME_WIRE_LEN;
}
