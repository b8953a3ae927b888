/* verb_explain.c — `netlab explain`: take bytes apart, field by field. */
#include "client/complain.h"
#include "client/verbs.h"

static int
run(const struct options *options, char **arguments)
{
	(void)options;
	(void)arguments;
	return complain(VERB_MALFORMED, "not built yet");
}

const struct verb verb_explain = {
    .name = "explain",
    .usage = "dns|ntp|http|eth [HEX|FILE|-]",
    .summary = "take bytes apart, field by field",
    .options = OPTIONS_OF_WIRE,
    .least = 1,
    .most = 64,
    .run = run,
};
