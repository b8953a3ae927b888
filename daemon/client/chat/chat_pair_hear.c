/* chat_pair_hear.c — what the other says. */
#include "client/chat/chat_pair_hear.h"

#include "client/chat/chat_pair_meet.h"
#include "client/verb.h"
#include "services/chat/chat_command.h"

#include <string.h>

static void
hear_name(struct chat_pair *pair, struct span line)
{
	if (!pair->is_listener && line.len > 2 &&
	    memcmp(line.data, CHAT_LISTEN_BUSY, 2) == 0)
		chat_pair_meet_fail(pair, VERB_NEGATIVE,
		    span_of(pair->wire.reach.name),
		    (struct span){line.data + 2, line.len - 2});
	else
		chat_pair_meet(pair, line);
}

/* The other's name once more: ours got lost on its way. */
static bool
is_name_again(const struct chat_pair *pair, struct span line)
{
	uint8_t name[CHAT_NAME_SIZE];

	return chat_pair_inside_is_udp(pair) && pair->wire.inbox.has_ends &&
	       chat_name_is_equal(chat_self_name(&pair->other),
	           (struct span){name, chat_name_fit(line, name)});
}

static void
hear(struct chat_pair *pair, struct span line)
{
	if (pair->state == CHAT_PAIR_NAMING) {
		hear_name(pair, line);
		return;
	}
	if (is_name_again(pair, line)) {
		if (pair->is_listener)
			chat_pair_meet_say_name(pair);
		return;
	}
	bool is_farewell = chat_command_read(line).kind == CHAT_COMMAND_QUIT;
	size_t rest = pair->is_bare ? chat_command_farewell(line) : 0;

	if (!is_farewell)
		chat_console_show_said(&pair->console,
		    chat_self_name(&pair->other),
		    (struct span){line.data, rest > 0 ? rest : line.len});
	if (is_farewell || rest > 0)
		chat_pair_meet_left(pair);
}

static void
hear_end(struct chat_pair *pair)
{
	if (pair->state == CHAT_PAIR_NAMING)
		chat_pair_meet_give_up(pair, chat_wire_why(&pair->wire));
	else if (pair->state == CHAT_PAIR_LEAVING || pair->wire.error == 0)
		chat_pair_meet_left(pair);
	else
		chat_pair_meet_fail(pair, VERB_NO_REPLY,
		    chat_self_name(&pair->other),
		    span_of(chat_wire_why(&pair->wire)));
}

void
chat_pair_hear(struct chat_pair *pair)
{
	struct span line;

	while (
	    pair->state != CHAT_PAIR_OVER && chat_wire_next(&pair->wire, &line))
		hear(pair, line);
	if (pair->wire.is_ended && pair->state != CHAT_PAIR_OVER)
		hear_end(pair);
}
