/* clock_tell.h — what the log is told of the clock: each change once, and not
 * without end where something flaps. Pure. */
#ifndef NETLAB_SERVICES_CLOCK_TELL_H
#define NETLAB_SERVICES_CLOCK_TELL_H

#include "core/sync.h"
#include "services/clock/clock_share.h"

#include <stdbool.h>

enum {
	CLOCK_TELL_MAX = 160,   /* a line and its NUL */
	CLOCK_TELL_BURST = 5,   /* lines that may be said in a row … */
	CLOCK_TELL_REGAIN = 60, /* … and seconds until there is one more */
};

/*
 * Writes to LINE what is to be logged of STATE, the outcome of the last look
 * that MEMORY remembers, and remembers that it was. False: nothing new; or too
 * much has been said of late, and what is still true then will be said later.
 */
bool clock_tell(struct clock_memory *memory, const struct sync_state *state,
    char line[CLOCK_TELL_MAX]);

#endif
