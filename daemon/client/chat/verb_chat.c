/* verb_chat.c — `netlab chat`: talk with others. */
#include "client/complain.h"
#include "client/verbs.h"

static int
run(const struct options *options, char **arguments)
{
	(void)options;
	(void)arguments;
	return complain(VERB_MALFORMED, "not built yet");
}

const struct verb verb_chat = {
    .name = "chat",
    .usage = "[HOST]",
    .summary = "talk with others",
    .options = OPTIONS_OF_HOSTS,
    .least = 0,
    .most = 1,
    .run = run,
};
