/* verb_small.c — the verbs of the classic small services. */
#include "client/complain.h"
#include "client/verbs.h"

static int
run(const struct options *options, char **arguments)
{
	(void)options;
	(void)arguments;
	return complain(VERB_MALFORMED, "not built yet");
}

const struct verb verb_small_time = {
    .name = "time",
    .usage = "HOST",
    .summary = "seconds since 1900, of RFC 868",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT,
    .least = 1,
    .most = 1,
    .run = run,
};

const struct verb verb_small_daytime = {
    .name = "daytime",
    .usage = "HOST",
    .summary = "the date in words, of RFC 867",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT,
    .least = 1,
    .most = 1,
    .run = run,
};

const struct verb verb_small_qotd = {
    .name = "qotd",
    .usage = "HOST",
    .summary = "a quote, of RFC 865",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT,
    .least = 1,
    .most = 1,
    .run = run,
};

const struct verb verb_small_echo = {
    .name = "echo",
    .usage = "HOST [TEXT]",
    .summary = "what you say comes back, of RFC 862",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT,
    .least = 1,
    .most = 2,
    .run = run,
};

const struct verb verb_small_discard = {
    .name = "discard",
    .usage = "HOST [TEXT]",
    .summary = "what you say is thrown away, of RFC 863",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT,
    .least = 1,
    .most = 2,
    .run = run,
};

const struct verb verb_small_chargen = {
    .name = "chargen",
    .usage = "HOST",
    .summary = "characters without end, of RFC 864",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT,
    .least = 1,
    .most = 1,
    .run = run,
};

const struct verb verb_small_upper = {
    .name = "upper",
    .usage = "HOST [TEXT]",
    .summary = "what you say in capitals",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT,
    .least = 1,
    .most = 2,
    .run = run,
};

const struct verb verb_small_hello = {
    .name = "hello",
    .usage = "HOST",
    .summary = "a greeting",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT,
    .least = 1,
    .most = 1,
    .run = run,
};
