/* verb_get.c — `netlab get`: fetch a page. */
#include "client/complain.h"
#include "client/verbs.h"

static int
run(const struct options *options, char **arguments)
{
	(void)options;
	(void)arguments;
	return complain(VERB_MALFORMED, "not built yet");
}

const struct verb verb_get = {
    .name = "get",
    .usage = "URL",
    .summary = "fetch a page",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE,
    .least = 1,
    .most = 1,
    .run = run,
};
