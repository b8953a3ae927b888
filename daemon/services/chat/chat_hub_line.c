/* chat_hub_line.c — one line of a person's: its name, a command, or text. */
#include "services/chat/chat_command.h"
#include "services/chat/chat_hub_inside.h"
#include "services/chat/chat_hub_list.h"
#include "services/chat/chat_hub_talk.h"
#include "services/chat/chat_line.h"
#include "services/chat/chat_post.h"
#include "services/chat/chat_text.h"

#include <string.h>

/* Tells PERSON a line of SIGN ("* ", "! "), TEXT, and what TEXT is about. */
static void
tell(struct chat_hub *hub, struct chat_person *person, const char *text,
    struct span about)
{
	struct chat_compose line = {.len = 0};

	chat_compose_text(&line, text);
	chat_compose_span(&line, about);
	chat_post_person(hub, person, &line);
}

static void
tell_text(struct chat_hub *hub, struct chat_person *person, const char *text)
{
	tell(hub, person, text, (struct span){0});
}

/* How COMMAND is to be typed. */
static void
tell_usage(struct chat_hub *hub, struct chat_person *person,
    enum chat_command_kind kind)
{
	tell(hub, person, "! ", span_of(chat_command_help(kind)));
}

/* -------------------------------------------------------- coming, leaving */

static void
tell_welcome(struct chat_hub *hub, struct chat_person *person)
{
	const struct chat_settings *settings = hub->settings;
	struct chat_compose line = {.len = 0};

	chat_compose_text(&line, "* welcome to ");
	chat_compose_span(
	    &line, (struct span){settings->name, settings->name_len});
	chat_compose_text(&line, ", ");
	chat_compose_span(&line, chat_person_name(person));
	chat_compose_text(&line, ": /help tells what you can type, [e] leaves");
	chat_post_person(hub, person, &line);
	chat_hub_list_people(hub, person, "* you are in ", hub->lobby);
}

/* PERSON's name, of what it has WANTED: another if that is unfit or taken. */
static void
name(struct chat_hub *hub, struct chat_person *person, struct span wanted)
{
	uint8_t fit[CHAT_NAME_SIZE], numbered[CHAT_NAME_SIZE];
	struct span made = {fit, chat_name_fit(wanted, fit)}, chosen = made;
	bool is_taken = chat_hub_inside_is_taken(hub, made);

	for (unsigned i = 2; chat_hub_inside_is_taken(hub, chosen); i++)
		chosen = (struct span){
		    numbered, chat_name_number(made, i, numbered)};
	chat_hub_inside_name(hub, person, chosen);
	if (is_taken)
		tell(hub, person, "! name in use: you are ", chosen);
	else if (!chat_name_is_equal(made, wanted))
		tell(hub, person,
		    "! names have 1 to 24 letters, no spaces, none of "
		    "<>:#@: you are ",
		    chosen);
}

/* The first line: PERSON's name. */
static enum chat_hub_fate
enter(struct chat_hub *hub, struct chat_person *person,
    const struct chat_command *command)
{
	struct span wanted = command->text;

	if (command->kind == CHAT_COMMAND_QUIT)
		return CHAT_HUB_LEFT;
	if (command->kind == CHAT_COMMAND_NICK)
		wanted = command->word;
	else if (command->kind != CHAT_COMMAND_SAY) {
		tell_text(hub, person, "! your name first, please");
		return CHAT_HUB_STAYS;
	}
	name(hub, person, chat_text_trim(wanted));
	chat_hub_inside_come(hub, person, hub->lobby, false);
	tell_welcome(hub, person);
	return CHAT_HUB_STAYS;
}

/* PERSON goes to ROOM. */
static void
move(struct chat_hub *hub, struct chat_person *person, struct chat_room *room)
{
	chat_hub_inside_go(hub, person, (struct span){0}, true, false);
	chat_hub_inside_come(hub, person, room, false);
	chat_hub_list_people(hub, person, "* you are in ", room);
}

static void
join(struct chat_hub *hub, struct chat_person *person, struct span wanted)
{
	if (!chat_name_is_room(wanted)) {
		tell_text(hub, person,
		    "! a room is called # and 1 to 24 letters, digits, - _ .");
		return;
	}
	struct chat_room *room = chat_room_open(&hub->rooms, wanted);

	if (room == NULL)
		tell_text(hub, person, "! there are too many rooms");
	else if (room == person->room)
		tell(hub, person,
		    "! you are there already: ", chat_room_name(room));
	else
		move(hub, person, room);
}

static void
leave(struct chat_hub *hub, struct chat_person *person)
{
	if (person->room == hub->lobby)
		tell_text(hub, person,
		    "! you are in #lobby already; /quit leaves the chat");
	else
		move(hub, person, hub->lobby);
}

static void
nick(struct chat_hub *hub, struct chat_person *person, struct span wanted)
{
	struct chat_person *other = chat_hub_find(hub, wanted);
	struct span old = chat_person_name(person);

	if (!chat_name_is_good(wanted)) {
		tell_text(hub, person,
		    "! names have 1 to 24 letters, no spaces, none of <>:#@");
		return;
	}
	if (other != person && chat_hub_inside_is_taken(hub, wanted)) {
		tell(hub, person, "! name in use: ", wanted);
		return;
	}
	if (wanted.len == old.len &&
	    memcmp(wanted.data, old.data, old.len) == 0) {
		tell(hub, person, "! you are called that already: ", wanted);
		return;
	}
	chat_hub_inside_share(hub, person,
	    &(struct chat_event){.kind = CHAT_EVENT_NICK, .text = wanted});
	chat_hub_talk_rename(hub, person, wanted);
	tell(hub, person, "* you are now ", wanted);
}

/* -------------------------------------------------------------- talking */

/* PERSON says TEXT, or does it. */
static void
talk(struct chat_hub *hub, struct chat_person *person, struct span text,
    enum chat_event_kind kind)
{
	chat_hub_talk_room(hub, person->room, person, chat_person_name(person),
	    text, kind == CHAT_EVENT_ME);
	chat_hub_inside_share(
	    hub, person, &(struct chat_event){.kind = kind, .text = text});
}

static void
message(struct chat_hub *hub, struct chat_person *person,
    const struct chat_command *command)
{
	struct chat_person *target = chat_hub_find(hub, command->word);

	if (command->text.len == 0) {
		tell_usage(hub, person, CHAT_COMMAND_MSG);
	} else if (target == NULL) {
		tell(hub, person, "! nobody is called ", command->word);
	} else if (target->kind == CHAT_PERSON_REMOTE) {
		chat_hub_inside_share(hub, person,
		    &(struct chat_event){.kind = CHAT_EVENT_DIRECT,
		        .text = command->text,
		        .to = chat_person_name(target),
		        .target = target});
	} else {
		chat_hub_talk_direct(
		    hub, target, chat_person_name(person), command->text);
	}
}

static void
who(struct chat_hub *hub, struct chat_person *person, struct span wanted)
{
	struct chat_room *room = wanted.len == 0
	                             ? person->room
	                             : chat_room_find(&hub->rooms, wanted);

	if (room == NULL)
		tell(hub, person, "! there is no room ", wanted);
	else
		chat_hub_list_people(hub, person, "* in ", room);
}

/* ------------------------------------------------------------ the line */

static enum chat_hub_fate
quit(struct chat_hub *hub, struct chat_person *person, struct span reason)
{
	chat_hub_inside_end(hub, person, reason, false);
	tell_text(hub, person, "* goodbye");
	return CHAT_HUB_LEFT;
}

static enum chat_hub_fate
obey(struct chat_hub *hub, struct chat_person *person,
    const struct chat_command *command)
{
	switch (command->kind) {
	case CHAT_COMMAND_NICK:
		nick(hub, person, command->word);
		break;
	case CHAT_COMMAND_JOIN:
		join(hub, person, command->word);
		break;
	case CHAT_COMMAND_LEAVE:
		leave(hub, person);
		break;
	case CHAT_COMMAND_MSG:
		message(hub, person, command);
		break;
	case CHAT_COMMAND_ME:
		if (command->text.len > 0)
			talk(hub, person, command->text, CHAT_EVENT_ME);
		else
			tell_usage(hub, person, command->kind);
		break;
	case CHAT_COMMAND_WHO:
		who(hub, person, command->word);
		break;
	case CHAT_COMMAND_ROOMS:
		chat_hub_list_rooms(hub, person);
		break;
	case CHAT_COMMAND_HELP:
		chat_hub_list_help(hub, person, command->word);
		break;
	case CHAT_COMMAND_PING:
		tell_text(hub, person, "* pong");
		break;
	case CHAT_COMMAND_QUIT:
		return quit(hub, person, command->text);
	case CHAT_COMMAND_SAY:
		talk(hub, person, command->text, CHAT_EVENT_SAY);
		break;
	case CHAT_COMMAND_NOTHING:
		break;
	case CHAT_COMMAND_UNKNOWN:
		tell(hub, person,
		    "! no such command (/help tells which): ", command->word);
		break;
	}
	return CHAT_HUB_STAYS;
}

/* Whether PERSON may speak now: STAYS and *IS_HEARD, or not. */
static enum chat_hub_fate
admit(struct chat_hub *hub, struct chat_person *person, uint64_t now_ms,
    bool *is_heard)
{
	*is_heard = person->is_exempt;
	if (*is_heard)
		return CHAT_HUB_STAYS;
	switch (
	    chat_flood_line(&person->flood, &hub->settings->flood, now_ms)) {
	case CHAT_FLOOD_PASS:
		*is_heard = true;
		break;
	case CHAT_FLOOD_WARN:
		tell_text(hub, person,
		    "! slow down: what you say too fast nobody hears");
		break;
	case CHAT_FLOOD_DROP:
		break;
	case CHAT_FLOOD_KICK:
		chat_hub_inside_end(hub, person, span_of("too fast"), false);
		tell_text(hub, person, "! too fast");
		return CHAT_HUB_FLOODED;
	}
	return CHAT_HUB_STAYS;
}

static enum chat_hub_fate
hear(struct chat_hub *hub, struct chat_person *person, struct span line,
    bool is_cut, uint64_t now_ms)
{
	static const uint8_t cut[] = {'[', 'C', 'U', 'T', ']'};
	uint8_t text[CHAT_LINE_MAX + sizeof(cut)];
	size_t len;
	bool is_heard;
	enum chat_hub_fate fate = admit(hub, person, now_ms, &is_heard);

	if (!is_heard)
		return fate;
	if (line.len > CHAT_LINE_MAX ||
	    !chat_text_clean(line, (struct space){text, sizeof(text)}, &len)) {
		tell_text(hub, person, "! not UTF-8");
		return CHAT_HUB_STAYS;
	}
	if (is_cut) {
		memcpy(text + len, cut, sizeof(cut));
		len += sizeof(cut);
	}
	struct chat_command command =
	    chat_command_read((struct span){text, len});

	person->has_commanded |= command.is_typed;
	return person->room == NULL ? enter(hub, person, &command)
	                            : obey(hub, person, &command);
}

enum chat_hub_fate
chat_hub_line(struct chat_hub *hub, struct chat_person *person,
    struct span line, bool is_cut, uint64_t now_ms)
{
	person->heard_ms = now_ms;
	hub->speaker = person;
	enum chat_hub_fate fate = hear(hub, person, line, is_cut, now_ms);

	hub->speaker = NULL;
	return fate;
}
