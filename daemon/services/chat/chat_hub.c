/* chat_hub.c — people come in, leave, and are told. */
#include "services/chat/chat_hub.h"

#include "services/chat/chat_hub_inside.h"
#include "services/chat/chat_post.h"

#include <string.h>

bool
chat_hub_init(struct chat_hub *hub, const struct chat_settings *settings,
    const struct chat_hub_calls *calls, const uint64_t key[2])
{
	const struct chat_memory *memory = &calls->memory;
	const size_t size = CHAT_PEOPLE_BUCKETS * sizeof(struct chat_person *);

	*hub = (struct chat_hub){.settings = settings, .calls = *calls};
	hub->people = (struct chat_people){
	    .buckets = memory->allocate(memory->context, size),
	    .key = {key[0], key[1]},
	};
	if (hub->people.buckets == NULL)
		return false;
	memset(hub->people.buckets, 0, size);
	chat_room_init(&hub->rooms, settings->rooms, memory, key);
	hub->lobby = chat_room_open(&hub->rooms, span_of("#lobby"));
	if (hub->lobby != NULL)
		return true;
	memory->release(memory->context, hub->people.buckets);
	return false;
}

void
chat_hub_end(struct chat_hub *hub)
{
	const struct chat_memory *memory = &hub->calls.memory;

	chat_room_close(&hub->rooms, hub->lobby);
	memory->release(memory->context, hub->people.buckets);
}

struct chat_person *
chat_hub_find(const struct chat_hub *hub, struct span name)
{
	return chat_people_find(&hub->people, name);
}

bool
chat_hub_inside_is_taken(const struct chat_hub *hub, struct span name)
{
	const struct chat_settings *settings = hub->settings;

	return chat_people_find(&hub->people, name) != NULL ||
	       chat_name_is_notice(name) ||
	       chat_name_is_equal(
	           name, (struct span){settings->name, settings->name_len});
}

void
chat_hub_inside_share(struct chat_hub *hub, struct chat_person *person,
    const struct chat_event *event)
{
	struct chat_event shared = *event;

	if (hub->calls.share == NULL || person->kind == CHAT_PERSON_REMOTE)
		return;
	shared.person = person;
	shared.name = chat_person_name(person);
	if (person->room != NULL)
		shared.room = chat_room_name(person->room);
	hub->calls.share(hub->calls.context, &shared);
}

void
chat_hub_inside_name(
    struct chat_hub *hub, struct chat_person *person, struct span name)
{
	if (person->room != NULL)
		chat_people_remove(&hub->people, person);
	memmove(person->name, name.data, name.len);
	person->name_len = (uint8_t)name.len;
	chat_people_add(&hub->people, person);
}

void
chat_hub_inside_come(struct chat_hub *hub, struct chat_person *person,
    struct chat_room *room, bool is_quiet)
{
	struct chat_compose line = {.len = 0};

	if (person->id == 0) {
		/* The lowest bit of a log's word is not the id's. */
		hub->last_id = hub->last_id % INT32_MAX + 1;
		person->id = hub->last_id;
		hub->count++;
	}
	chat_room_enter(room, person, hub->settings->history);
	if (!is_quiet) {
		chat_compose_text(&line, "* ");
		chat_compose_span(&line, chat_person_name(person));
		chat_compose_text(&line, " has joined ");
		chat_compose_span(&line, chat_room_name(room));
		chat_post_room(hub, room, person, false, &line);
	}
	/* What it is told itself now comes before what was said here. */
	person->live_from = room->log.next;
	chat_hub_inside_share(
	    hub, person, &(struct chat_event){.kind = CHAT_EVENT_JOIN});
}

void
chat_hub_inside_go(struct chat_hub *hub, struct chat_person *person,
    struct span reason, bool is_moving, bool is_quiet)
{
	struct chat_room *room = person->room;
	struct chat_compose line = {.len = 0};

	chat_hub_inside_share(hub, person,
	    &(struct chat_event){.kind = CHAT_EVENT_LEAVE,
	        .text = reason,
	        .is_moving = is_moving});
	chat_room_leave(room, person);
	if (room->count == 0 && room != hub->lobby) {
		chat_room_close(&hub->rooms, room);
		return;
	}
	if (is_quiet || hub->is_over)
		return;
	chat_compose_text(&line, "* ");
	chat_compose_span(&line, chat_person_name(person));
	chat_compose_text(&line, " has left ");
	chat_compose_span(&line, chat_room_name(room));
	if (reason.len > 0) {
		chat_compose_text(&line, ": ");
		chat_compose_span(&line, reason);
	}
	chat_post_room(hub, room, NULL, false, &line);
}

void
chat_hub_inside_end(struct chat_hub *hub, struct chat_person *person,
    struct span reason, bool is_quiet)
{
	if (person->room == NULL)
		return;
	chat_people_remove(&hub->people, person);
	chat_hub_inside_go(hub, person, reason, false, is_quiet);
	chat_queue_rebase(&person->queue);
	person->id = 0;
	hub->count--;
}

void
chat_hub_leave(
    struct chat_hub *hub, struct chat_person *person, struct span reason)
{
	chat_hub_inside_end(hub, person, reason, false);
	chat_queue_clear(&person->queue, &hub->calls.memory);
}

void
chat_hub_tell(
    struct chat_hub *hub, struct chat_person *person, struct span text)
{
	struct chat_compose line = {.len = 0};

	chat_compose_span(&line, text);
	chat_post_person(hub, person, &line);
}

void
chat_hub_notice(struct chat_hub *hub, struct span text)
{
	struct chat_link *all = &hub->rooms.all;

	for (struct chat_link *link = all->next; link != all;
	     link = link->next) {
		struct chat_compose line = {.len = 0};

		chat_compose_span(&line, text);
		chat_post_room(hub,
		    CHAT_LINK_OF(link, struct chat_room, in_set), NULL, false,
		    &line);
	}
}

bool
chat_hub_is_ahead(const struct chat_person *person)
{
	const struct chat_room *room = person->room;

	return room != NULL && room->behind > 0 &&
	       room->log.head - room->told > CHAT_LOG_MAX / 2;
}

void
chat_hub_let_on(struct chat_person *person)
{
	if (person->room != NULL)
		person->room->told = person->room->log.head;
}
