/* verb_chat.c — `netlab chat`: talk with others. */
#include "client/chat/chat_self.h"
#include "client/chat/chat_visit.h"
#include "client/complain.h"
#include "client/verbs.h"

static int
run(const struct options *options, char **arguments)
{
	struct chat_self self;
	int result = chat_self_read(options, &self);

	if (result != VERB_GOOD)
		return result;
	return chat_visit_run(options, arguments[0], &self);
}

static const char help[] =
    "HOST has the chat of netlabd (port 31621). What you type others in the "
    "room\n"
    "read, and /help tells what else can be typed there. [e], /quit or the end "
    "of\n"
    "standard input leaves. On a terminal lines are edited, the arrows bring "
    "back\n"
    "earlier ones, and what others say appears above; elsewhere lines go in "
    "and\n"
    "out as they are.\n";

const struct verb verb_chat = {
    .name = "chat",
    .usage = "HOST[:PORT]",
    .summary = "talk with others",
    .help = help,
    .examples = "  netlab chat 127.0.0.1\n",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_TRANSPORT |
               OPTIONS_BIT(OPTIONS_NAME) | OPTIONS_BIT(OPTIONS_COLOR),
    .least = 1,
    .most = 1,
    .run = run,
};
