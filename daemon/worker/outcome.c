/* outcome.c — the ways in which the worker itself ends a datagram. */
#include "worker/outcome.h"

const char *const outcome_guard_names[OUTCOME_GUARD_COUNT] = {
    [OUTCOME_GUARD_LOOP] = "guard_loop",
    [OUTCOME_GUARD_BROADCAST] = "guard_broadcast",
    [OUTCOME_GUARD_OVERSIZE] = "guard_oversize",
};
