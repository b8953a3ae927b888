/* verb_dns.c — `netlab dns`: ask a DNS server. */
#include "client/complain.h"
#include "client/verbs.h"

static int
run(const struct options *options, char **arguments)
{
	(void)options;
	(void)arguments;
	return complain(VERB_MALFORMED, "not built yet");
}

const struct verb verb_dns = {
    .name = "dns",
    .usage = "NAME [TYPE] [@SERVER]",
    .summary = "ask a DNS server",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT,
    .least = 1,
    .most = 16,
    .run = run,
};
