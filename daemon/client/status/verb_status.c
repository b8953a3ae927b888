/* verb_status.c — `netlab status`: what the daemon here does. */
#include "client/complain.h"
#include "client/verbs.h"

static int
run(const struct options *options, char **arguments)
{
	(void)options;
	(void)arguments;
	return complain(VERB_MALFORMED, "not built yet");
}

const struct verb verb_status = {
    .name = "status",
    .usage = "",
    .summary = "what the daemon here does",
    .options = OPTIONS_BIT(OPTIONS_JSON),
    .least = 0,
    .most = 0,
    .run = run,
};
