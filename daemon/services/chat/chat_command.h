/* chat_command.h — a line that somebody has typed → what it asks for. Pure. */
#ifndef NETLAB_SERVICES_CHAT_COMMAND_H
#define NETLAB_SERVICES_CHAT_COMMAND_H

#include "core/span.h"

#include <stdbool.h>

/* In the order in which /help tells of them. */
enum chat_command_kind {
	CHAT_COMMAND_NICK,
	CHAT_COMMAND_JOIN,
	CHAT_COMMAND_LEAVE,
	CHAT_COMMAND_MSG,
	CHAT_COMMAND_ME,
	CHAT_COMMAND_WHO,
	CHAT_COMMAND_ROOMS,
	CHAT_COMMAND_HELP,
	CHAT_COMMAND_PING,
	CHAT_COMMAND_QUIT,
	CHAT_COMMAND_SAY,     /* no command: text for the room */
	CHAT_COMMAND_NOTHING, /* an empty line */
	CHAT_COMMAND_UNKNOWN, /* begins with a / and is none of the above */
};

enum { CHAT_COMMAND_COUNT = CHAT_COMMAND_SAY }; /* those that /help tells of */

struct chat_command {
	enum chat_command_kind kind;
	bool is_typed;    /* it began with a / */
	struct span word; /* what comes first behind NICK, JOIN, MSG, WHO, HELP;
	                     UNKNOWN: the command */
	struct span text; /* what comes behind that, or behind the command */
};

/*
 * What LINE, which is clean, asks for; the spans are of it. A line that begins
 * with // is text that begins with /. [e], and what the lectures' client sends
 * in its place, are QUIT.
 */
struct chat_command chat_command_read(struct span line);

/* Where the farewell begins that the lectures' client has sent right behind the
 * LINE before it; 0: there is none, or nothing else. */
size_t chat_command_farewell(struct span line);

/* The command called NAME, its / aside; NOTHING: none is. */
enum chat_command_kind chat_command_find(struct span name);

/* One line about a command below CHAT_COMMAND_COUNT: "/nick NAME: ...". */
const char *chat_command_help(enum chat_command_kind kind);

#endif
