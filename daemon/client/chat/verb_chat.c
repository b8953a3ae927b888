/* verb_chat.c — `netlab chat`: talk with others. */
#include "client/chat/chat_discover.h"
#include "client/chat/chat_pair.h"
#include "client/chat/chat_self.h"
#include "client/chat/chat_visit.h"
#include "client/complain.h"
#include "client/verbs.h"

/* One thing at a time; --json is for lists. */
static int
check(const struct options *options, char **arguments)
{
	int ways = (arguments[0] != NULL) +
	           options_has(options, OPTIONS_LISTEN) +
	           options_has(options, OPTIONS_PEER) +
	           options_has(options, OPTIONS_DISCOVER);

	if (ways != 1)
		return complain(VERB_USAGE,
		    "one of HOST, --listen, --peer and --discover: "
		    "try netlab help chat");
	if (options->is_json && !options_has(options, OPTIONS_DISCOVER))
		return complain(VERB_USAGE, "--json is for --discover");
	return VERB_GOOD;
}

static int
run(const struct options *options, char **arguments)
{
	struct chat_self self;
	int result = check(options, arguments);

	if (result == VERB_GOOD)
		result = chat_self_read(options, &self);
	if (result != VERB_GOOD)
		return result;
	if (options_has(options, OPTIONS_DISCOVER))
		return chat_discover_print(options);
	if (options_has(options, OPTIONS_LISTEN))
		return chat_pair_listen(options, &self);
	if (options_has(options, OPTIONS_PEER))
		return chat_pair_call(options, options->peer, &self);
	return chat_visit_run(options, arguments[0], &self);
}

static const char help[] =
    "HOST has the chat of netlabd (port 31621): what you type others in the "
    "room\n"
    "read, and /help tells what else can be typed there.\n"
    "\n"
    "--listen and --peer need no server: one waits (port 31622), another "
    "comes,\n"
    "names are exchanged, and lines go both ways. The lectures' clients can "
    "come\n"
    "too. Who waits says so on the networks around, by multicast to\n"
    "239.255.42.99 and ff12::c4a7:7b87, port 31623, one hop far: --discover "
    "lists\n"
    "them within 2 seconds (--timeout), and --peer @NAME finds who is called "
    "so.\n"
    "-i has all this on one interface alone.\n"
    "\n"
    "[e], /quit, ^C and the end of standard input leave. On a terminal lines "
    "are\n"
    "edited, the arrows bring back earlier ones, and what others say appears "
    "above;\n"
    "elsewhere lines go in and out as they are. --timeout is how long an "
    "answer may\n"
    "take at the beginning and at the end; in between, who is silent is there "
    "until\n"
    "the network says otherwise (by UDP: for 15 seconds without a sign of "
    "it).\n";

static const char examples[] =
    "  netlab chat 127.0.0.1:31621\n"
    "  netlab chat -u -n anna 127.0.0.1\n"
    "  echo 'it is done' | netlab chat -n bot 127.0.0.1\n"
    "  netlab chat --listen\n"
    "  netlab chat --peer 192.0.2.7\n"
    "  netlab chat --peer @anna\n"
    "  netlab chat --discover\n";

const struct verb verb_chat = {
    .name = "chat",
    .usage = "HOST[:PORT] | --listen | --peer HOST[:PORT] | --discover",
    .summary = "talk with others",
    .help = help,
    .examples = examples,
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_TRANSPORT |
               OPTIONS_BIT(OPTIONS_NAME) | OPTIONS_BIT(OPTIONS_LISTEN) |
               OPTIONS_BIT(OPTIONS_PEER) | OPTIONS_BIT(OPTIONS_DISCOVER) |
               OPTIONS_BIT(OPTIONS_INTERFACE) | OPTIONS_BIT(OPTIONS_JSON) |
               OPTIONS_BIT(OPTIONS_COLOR),
    .least = 0,
    .most = 1,
    .run = run,
};
