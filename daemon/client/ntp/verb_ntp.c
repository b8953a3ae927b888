/* verb_ntp.c — `netlab ntp`: ask a time server how late it is. */
#include "client/complain.h"
#include "client/verbs.h"

static int
run(const struct options *options, char **arguments)
{
	(void)options;
	(void)arguments;
	return complain(VERB_MALFORMED, "not built yet");
}

const struct verb verb_ntp = {
    .name = "ntp",
    .usage = "HOST",
    .summary = "ask a time server how late it is",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE,
    .least = 1,
    .most = 1,
    .run = run,
};
