/* outcome.c — the ways in which the worker itself ends things. */
#include "worker/outcome.h"

#include "core/stats.h"

_Static_assert((int)OUTCOME_REFUSAL_COUNT <= (int)STATS_REFUSAL_MAX &&
                   (int)OUTCOME_GUARD_COUNT < (int)STATS_OUTCOME_MAX,
    "each has its counter");

const char *const outcome_guard_names[OUTCOME_GUARD_COUNT] = {
    [OUTCOME_GUARD_LOOP] = "guard_loop",
    [OUTCOME_GUARD_BROADCAST] = "guard_broadcast",
    [OUTCOME_GUARD_OVERSIZE] = "guard_oversize",
    [OUTCOME_GUARD_SENDER] = "guard_sender",
    [OUTCOME_GUARD_DENIED] = "guard_denied",
    [OUTCOME_GUARD_RATE] = "guard_rate",
    [OUTCOME_GUARD_AMPLIFICATION] = "guard_amplification",
    [OUTCOME_GUARD_TOTAL] = "guard_total",
};

const char *const outcome_refusal_names[OUTCOME_REFUSAL_COUNT] = {
    [OUTCOME_REFUSAL_ADDRESS] = "refused_address",
    [OUTCOME_REFUSAL_PROXY_FROM] = "refused_proxy_from",
    [OUTCOME_REFUSAL_PROXY_HEADER] = "refused_proxy_header",
    [OUTCOME_REFUSAL_DENIED] = "refused_denied",
    [OUTCOME_REFUSAL_FULL] = "refused_full",
};
