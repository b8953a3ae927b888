/* chat_command.c — the commands: their names, their forms, their help. */
#include "services/chat/chat_command.h"

#include "services/chat/chat_name.h"
#include "services/chat/chat_text.h"

#include <string.h>

static const struct {
	const char *name;
	bool has_word; /* its first word is an argument of its own */
	const char *help;
} commands[CHAT_COMMAND_COUNT] = {
    [CHAT_COMMAND_NICK] = {"nick", true, "/nick NAME: be called NAME"},
    [CHAT_COMMAND_JOIN] = {"join", true,
        "/join #ROOM: go to another room; a new one if nobody is there"},
    [CHAT_COMMAND_LEAVE] = {"leave", false, "/leave: go back to #lobby"},
    [CHAT_COMMAND_MSG] = {"msg", true,
        "/msg NAME TEXT: say something to NAME alone"},
    [CHAT_COMMAND_ME] = {"me", false,
        "/me TEXT: say what you do; others see * YOUR-NAME TEXT"},
    [CHAT_COMMAND_WHO] = {"who", true,
        "/who [#ROOM]: who is here, or in another room"},
    [CHAT_COMMAND_ROOMS] = {"rooms", false,
        "/rooms: which rooms there are, with how many people"},
    [CHAT_COMMAND_HELP] = {"help", true,
        "/help [COMMAND]: these lines, or one of them; //TEXT says /TEXT"},
    [CHAT_COMMAND_PING] = {"ping", false,
        "/ping: see that the server is "
        "there"},
    [CHAT_COMMAND_QUIT] = {"quit", false,
        "/quit [WHY]: leave the chat; [e] leaves too"},
};

/* What people type to leave who know no commands, and what the lectures' client
 * makes of it. */
static const char *const farewells[] = {"[e]", "Left chat room!"};

static bool
is_farewell(struct span line)
{
	line = chat_text_trim(line);
	for (size_t i = 0; i < sizeof(farewells) / sizeof(farewells[0]); i++) {
		struct span farewell = span_of(farewells[i]);

		if (line.len == farewell.len &&
		    memcmp(line.data, farewell.data, line.len) == 0)
			return true;
	}
	return false;
}

size_t
chat_command_farewell(struct span line)
{
	struct span farewell = span_of(farewells[1]);
	size_t begin = line.len - farewell.len;

	if (line.len <= farewell.len ||
	    memcmp(line.data + begin, farewell.data, farewell.len) != 0)
		return 0;
	return begin;
}

/* Takes the first word off TEXT, which begins with none of the blanks that end
 * it; nor does what is left. */
static struct span
take_word(struct span *text)
{
	size_t len = 0;

	while (len < text->len && text->data[len] != ' ' &&
	       text->data[len] != '\t')
		len++;
	struct span word = {text->data, len};

	*text =
	    chat_text_trim((struct span){text->data + len, text->len - len});
	return word;
}

enum chat_command_kind
chat_command_find(struct span name)
{
	for (unsigned i = 0; i < CHAT_COMMAND_COUNT; i++)
		if (chat_name_is_equal(name, span_of(commands[i].name)))
			return (enum chat_command_kind)i;
	return CHAT_COMMAND_NOTHING;
}

static struct chat_command
read_command(struct span line)
{
	struct chat_command command = {.is_typed = true};
	struct span name = take_word(&line);

	command.kind =
	    chat_command_find((struct span){name.data + 1, name.len - 1});
	command.text = line;
	if (command.kind == CHAT_COMMAND_NOTHING) {
		command.kind = CHAT_COMMAND_UNKNOWN;
		command.word = name;
	} else if (commands[command.kind].has_word) {
		command.word = take_word(&command.text);
	}
	return command;
}

struct chat_command
chat_command_read(struct span line)
{
	struct chat_command command = {.kind = CHAT_COMMAND_SAY, .text = line};

	if (chat_text_trim(line).len == 0) {
		command.kind = CHAT_COMMAND_NOTHING;
	} else if (is_farewell(line)) {
		command.kind = CHAT_COMMAND_QUIT;
		command.text.len = 0;
	} else if (line.data[0] == '/' && line.len > 1 && line.data[1] == '/') {
		command.text.data++;
		command.text.len--;
	} else if (line.data[0] == '/') {
		command = read_command(line);
	}
	return command;
}

const char *
chat_command_help(enum chat_command_kind kind)
{
	return commands[kind].help;
}
