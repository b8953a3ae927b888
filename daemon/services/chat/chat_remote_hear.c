/* chat_remote_hear.c — what other hosts say. */
#include "services/chat/chat_remote_hear.h"

#include "services/chat/chat_line.h"
#include "services/chat/chat_name.h"
#include "services/chat/chat_remote_people.h"
#include "services/chat/chat_room.h"
#include "services/chat/chat_text.h"

#include <string.h>

static const char guest_name[] = "mqtt";

static const struct chat_flood_rate guest_rate = {
    .per_second = CHAT_REMOTE_GUEST_RATE,
    .burst = CHAT_REMOTE_GUEST_BURST,
};

static bool
is_equal(struct span a, struct span b)
{
	return a.len == b.len &&
	       (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* A message that is being heard. */
struct hearing {
	struct chat_remote *remote;
	uint64_t now_ms;
	struct span room; /* empty: it is for one person alone */
	struct chat_remote_about about;
	bool has_about;
	uint8_t text[CHAT_REMOTE_TEXT_MAX]; /* clean */
	uint8_t name[CHAT_PERSON_NAME_MAX];
};

/* A name that nobody in the chat has, for somebody who is not in it. */
static struct span
guest_is_called(struct hearing *hearing, struct span name)
{
	const struct chat_settings *settings = hearing->remote->hub->settings;
	struct span home = span_of(guest_name);
	const struct span server = {settings->name, settings->name_len};

	if (!chat_name_is_good(name))
		name = home;
	if (hearing->has_about)
		home = hearing->about.node;
	else if (chat_hub_find(hearing->remote->hub, name) == NULL &&
	         !chat_name_is_equal(name, server))
		return name;
	memcpy(hearing->name, name.data, name.len);
	hearing->name[name.len] = '@';
	memcpy(hearing->name + name.len + 1, home.data, home.len);
	return (struct span){hearing->name, name.len + 1 + home.len};
}

/* Has the hub tell what EVENT says, of a PERSON or of somebody who is not
 * known, of whom there is so much and no more. */
static void
say(struct hearing *hearing, struct chat_event *event)
{
	struct chat_remote *remote = hearing->remote;

	event->room = hearing->room;
	event->text.len = chat_text_cut(event->text, CHAT_LINE_MAX);
	if (event->text.len == 0)
		return;
	if (event->person == NULL) {
		if (chat_flood_line(&remote->guests, &guest_rate,
		        hearing->now_ms) != CHAT_FLOOD_PASS)
			return;
		event->name = guest_is_called(hearing, event->name);
	}
	(void)chat_hub_remote(remote->hub, event);
}

/* The person that the property is about, in the room that it is said in; NULL:
 * it is not known. */
static struct chat_remote_person *
find_speaker(const struct hearing *hearing)
{
	const struct chat_remote *remote = hearing->remote;
	struct chat_remote_node *node =
	    chat_remote_people_node(remote, hearing->about.node);
	struct chat_remote_person *person =
	    node == NULL
	        ? NULL
	        : chat_remote_people_find(remote, node, hearing->about.id);

	if (person == NULL || person->is_moving ||
	    !is_equal(chat_remote_people_given(person), hearing->about.name))
		return NULL;
	if (hearing->room.len != 0 &&
	    !chat_name_is_equal(
	        chat_room_name(person->person.room), hearing->room))
		return NULL;
	return person;
}

/* Somebody has come, has left, or is called otherwise. Who is not known to be
 * there will be in a list, or not. */
static void
hear_change(struct hearing *hearing, const struct chat_event *event)
{
	const struct chat_remote_about *about = &hearing->about;
	struct chat_remote *remote = hearing->remote;
	struct chat_remote_node *node =
	    chat_remote_people_node(remote, about->node);
	struct chat_remote_person *person =
	    node == NULL ? NULL
	                 : chat_remote_people_find(remote, node, about->id);

	if (node != NULL && event->kind == CHAT_EVENT_JOIN)
		chat_remote_people_join(remote, node,
		    &(struct chat_presence_person){
		        about->id, hearing->room, about->name});
	else if (person != NULL && event->kind == CHAT_EVENT_NICK)
		chat_remote_people_rename(remote, person, event->text);
	else if (person != NULL && event->kind == CHAT_EVENT_LEAVE)
		chat_remote_people_leave(
		    remote, person, event->text, about->is_moving);
}

/* LINE, clean, with its property. */
static void
hear_known(struct hearing *hearing, struct span line)
{
	struct chat_remote_person *person = find_speaker(hearing);
	struct chat_event event = {
	    .kind = hearing->about.kind,
	    .name = hearing->about.name,
	    .is_moving = hearing->about.is_moving,
	};
	bool is_direct = event.kind == CHAT_EVENT_DIRECT;

	if (!chat_remote_text_read_line(line, &event) ||
	    is_direct != (hearing->room.len == 0))
		return;
	if (person != NULL) {
		event.person = &person->person;
		event.name = chat_person_name(&person->person);
	}
	if (is_direct || event.kind == CHAT_EVENT_SAY ||
	    event.kind == CHAT_EVENT_ME)
		say(hearing, &event);
	else
		hear_change(hearing, &event);
}

/* LINE, clean, of somebody who writes nothing but lines: for one person, its
 * name comes first. */
static void
hear_guest(struct hearing *hearing, struct span line)
{
	struct chat_event event;

	chat_remote_text_read_guest(line, &event);
	if (!chat_name_is_good(event.name)) {
		event =
		    (struct chat_event){.kind = CHAT_EVENT_SAY, .text = line};
	}
	if (hearing->room.len == 0) {
		event.kind = CHAT_EVENT_DIRECT;
		event.to = chat_remote_text_word(&event.text);
	}
	say(hearing, &event);
}

static void
hear_line(struct chat_remote *remote, struct span room,
    const struct chat_remote_message *message, uint64_t now_ms)
{
	struct hearing hearing = {
	    .remote = remote, .now_ms = now_ms, .room = room};
	size_t len = 0;

	hearing.has_about =
	    chat_remote_text_read_about(message->about, &hearing.about);
	/* Ourselves, by way of a bridge that leads back. */
	if (hearing.has_about &&
	    is_equal(hearing.about.node, span_of(remote->broker->node)))
		return;
	if (message->payload.len > sizeof(hearing.text) ||
	    !chat_text_clean(message->payload,
	        (struct space){hearing.text, sizeof(hearing.text)}, &len))
		return;
	if (hearing.has_about)
		hear_known(&hearing, (struct span){hearing.text, len});
	else
		hear_guest(&hearing, (struct span){hearing.text, len});
}

/* ROOM is the topic's last level: the room's name without its #. What was kept
 * by the broker is old. */
static void
hear_room(struct chat_remote *remote, struct span room,
    const struct chat_remote_message *message, uint64_t now_ms)
{
	uint8_t name[CHAT_NAME_SIZE] = {'#'};

	if (room.len >= sizeof(name) || message->is_retained)
		return;
	memcpy(name + 1, room.data, room.len);
	const struct span full = {name, room.len + 1};

	if (chat_name_is_room(full))
		hear_line(remote, full, message, now_ms);
}

static void
hear_presence(struct chat_remote *remote, struct span name, struct span payload,
    uint64_t now_ms)
{
	struct chat_remote_node *node = chat_remote_people_node(remote, name);

	if (!chat_remote_text_is_node(name) ||
	    is_equal(name, span_of(remote->broker->node)))
		return;
	if (payload.len != 0)
		chat_remote_people_list(remote, name, payload, now_ms);
	else if (node != NULL)
		chat_remote_people_lose(remote, node,
		    span_of("the connection to its host is lost"));
}

/* Takes LEVEL and what is before it from the front of TOPIC. */
static bool
take(struct span *topic, const char *level)
{
	size_t len = strlen(level);

	if (topic->len < len || memcmp(topic->data, level, len) != 0)
		return false;
	*topic = (struct span){topic->data + len, topic->len - len};
	return true;
}

void
chat_remote_hear(struct chat_remote *remote,
    const struct chat_remote_message *message, uint64_t now_ms)
{
	struct span topic = span_of(message->topic);

	if (!take(&topic, remote->broker->prefix))
		return;
	if (take(&topic, "/chat/"))
		hear_room(remote, topic, message, now_ms);
	else if (take(&topic, "/presence/"))
		hear_presence(remote, topic, message->payload, now_ms);
	else if (take(&topic, "/direct/") &&
	         is_equal(topic, span_of(remote->broker->node)) &&
	         !message->is_retained)
		hear_line(remote, (struct span){0}, message, now_ms);
}
