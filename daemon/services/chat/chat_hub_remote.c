/* chat_hub_remote.c — people of other hosts: they are in rooms like all others,
 * but nobody here tells them anything. */
#include "services/chat/chat_hub_inside.h"
#include "services/chat/chat_hub_talk.h"

/* The last part of the rooms is for people here: whoever may publish anything
 * cannot have it. */
enum { HERE_PART = 4 };

/* The room called NAME, or a new one, if there may be more of other hosts. */
static struct chat_room *
open_room(struct chat_hub *hub, struct span name)
{
	struct chat_room_set *rooms = &hub->rooms;

	if (rooms->count >= rooms->max - rooms->max / HERE_PART)
		return chat_room_find(rooms, name);
	return chat_room_open(rooms, name);
}

static bool
join(struct chat_hub *hub, const struct chat_event *event)
{
	struct chat_person *person = event->person;
	bool is_new = person->room == NULL;

	if (is_new && (event->name.len > CHAT_PERSON_NAME_MAX ||
	                  chat_hub_inside_is_taken(hub, event->name)))
		return false;
	struct chat_room *room = open_room(hub, event->room);

	if (room == NULL)
		return false;
	if (room == person->room)
		return true;
	if (is_new)
		chat_hub_inside_name(hub, person, event->name);
	else
		chat_hub_inside_go(
		    hub, person, (struct span){0}, true, event->is_quiet);
	chat_hub_inside_come(hub, person, room, event->is_quiet);
	return true;
}

static bool
leave(struct chat_hub *hub, const struct chat_event *event)
{
	if (event->person->room == NULL)
		return false;
	if (!event->is_moving)
		chat_hub_inside_end(
		    hub, event->person, event->text, event->is_quiet);
	return true; /* the next event says where to */
}

static bool
say(struct chat_hub *hub, const struct chat_event *event)
{
	struct chat_person *person = event->person;
	struct chat_room *room = person != NULL
	                             ? person->room
	                             : chat_room_find(&hub->rooms, event->room);

	if (room == NULL)
		return false;
	chat_hub_talk_room(hub, room, person,
	    person != NULL ? chat_person_name(person) : event->name,
	    event->text, event->kind == CHAT_EVENT_ME);
	return true;
}

static bool
nick(struct chat_hub *hub, const struct chat_event *event)
{
	struct chat_person *person = event->person;

	if (person->room == NULL || event->text.len > CHAT_PERSON_NAME_MAX ||
	    (chat_hub_find(hub, event->text) != person &&
	        chat_hub_inside_is_taken(hub, event->text)))
		return false;
	chat_hub_talk_rename(hub, person, event->text);
	return true;
}

static bool
direct(struct chat_hub *hub, const struct chat_event *event)
{
	struct chat_person *target = chat_hub_find(hub, event->to);

	if (target == NULL || target->kind == CHAT_PERSON_REMOTE)
		return false;
	chat_hub_talk_direct(hub, target, event->name, event->text);
	return true;
}

bool
chat_hub_remote(struct chat_hub *hub, const struct chat_event *event)
{
	switch (event->kind) {
	case CHAT_EVENT_JOIN:
		return join(hub, event);
	case CHAT_EVENT_LEAVE:
		return leave(hub, event);
	case CHAT_EVENT_SAY:
	case CHAT_EVENT_ME:
		return say(hub, event);
	case CHAT_EVENT_NICK:
		return nick(hub, event);
	case CHAT_EVENT_DIRECT:
		return direct(hub, event);
	}
	return false;
}
