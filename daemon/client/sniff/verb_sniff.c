/* verb_sniff.c — `netlab sniff`: show what goes over the wire. */
#include "client/complain.h"
#include "client/verbs.h"

static int
run(const struct options *options, char **arguments)
{
	(void)options;
	(void)arguments;
	return complain(VERB_MALFORMED, "not built yet");
}

const struct verb verb_sniff = {
    .name = "sniff",
    .usage = "[FILTER]",
    .summary = "show what goes over the wire",
    .options = OPTIONS_OF_WIRE,
    .least = 0,
    .most = 64,
    .run = run,
};
