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
    "HOST has the chat of netlabd (port 31621): what you type others in the\n"
    "room read, and /help tells what else can be typed there.\n"
    "\n"
    "--listen and --peer need no server: one waits (port 31622), another\n"
    "comes, names are exchanged, and lines go both ways. The lectures'\n"
    "clients can come too. Who waits says so on the networks around, by\n"
    "multicast to 239.255.42.99 and ff12::c4a7:7b87, port 31623, one hop far:\n"
    "--discover lists them within 2 seconds (--timeout), as JSON with --json,\n"
    "and --peer @NAME finds who is called so; -i does that on one interface\n"
    "alone.\n"
    "\n"
    "[e], /quit, ^C and the end of standard input leave. On a terminal lines\n"
    "are edited, the arrows bring back earlier ones, and what others say\n"
    "appears above; elsewhere lines go in and out as they are, to a server on\n"
    "another host three at once and then one a second, as netlabd takes them.\n"
    "--timeout is how long an answer may take at the beginning and at the\n"
    "end; in between nobody has to say anything, and a host that has gone is\n"
    "found out after 15 seconds, by UDP a server after a minute.\n";

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
    .usage = "[HOST[:PORT]]",
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
