/* chat_remote.c — the chat's people on other hosts, and what those hosts are
 * told of ours. */
#include "services/chat/chat_remote.h"

#include "services/chat/chat_remote_people.h"
#include "services/chat/chat_room.h"

#include <stdio.h>
#include <string.h>

bool
chat_remote_init(struct chat_remote *remote, struct chat_hub *hub,
    const struct chat_broker *broker, const struct chat_memory *memory)
{
	const size_t size =
	    CHAT_REMOTE_BUCKETS * sizeof(struct chat_remote_person *);
	uint8_t *box = memory->allocate(memory->context, CHAT_OUTBOX_SIZE);

	*remote = (struct chat_remote){
	    .hub = hub,
	    .broker = broker,
	    .memory = *memory,
	    .people = memory->allocate(memory->context, size),
	    .list = memory->allocate(memory->context, CHAT_PRESENCE_MAX),
	};
	chat_link_init(&remote->nodes);
	chat_outbox_init(&remote->outbox, box);
	if (box != NULL && remote->people != NULL && remote->list != NULL) {
		memset(remote->people, 0, size);
		return true;
	}
	chat_remote_end(remote);
	return false;
}

static void
lose_all(struct chat_remote *remote, struct span reason)
{
	while (!chat_link_is_alone(&remote->nodes))
		chat_remote_people_lose(remote,
		    CHAT_LINK_OF(
		        remote->nodes.next, struct chat_remote_node, in_nodes),
		    reason);
}

void
chat_remote_end(struct chat_remote *remote)
{
	const struct chat_memory *memory = &remote->memory;

	remote->is_connected = false;
	lose_all(remote, (struct span){0});
	memory->release(memory->context, remote->people);
	memory->release(memory->context, remote->list);
	memory->release(memory->context, remote->outbox.bytes);
}

/* ---------------------------------------------------------------- sending */

/* Writes where EVENT is published to OUT, with its NUL; returns the length of
 * all that; 0: nowhere. */
static size_t
write_topic(const struct chat_remote *remote, const struct chat_event *event,
    char out[CHAT_REMOTE_TOPIC_MAX])
{
	const char *place = "chat";
	struct span name = {event->room.data + 1, event->room.len - 1};

	if (event->kind == CHAT_EVENT_DIRECT) {
		const struct chat_remote_node *node = CHAT_LINK_OF(
		    event->target, struct chat_remote_person, person)
		                                          ->node;

		place = "direct";
		name = (struct span){node->name, node->name_len};
	} else if (event->room.len < 2) {
		return 0;
	}
	int len = snprintf(out, CHAT_REMOTE_TOPIC_MAX, "%s/%s/%.*s",
	    remote->broker->prefix, place, (int)name.len,
	    (const char *)name.data);

	return len < 0 || len >= CHAT_REMOTE_TOPIC_MAX ? 0 : (size_t)len + 1;
}

/* What cannot be sent now, will not be. */
void
chat_remote_share(struct chat_remote *remote, const struct chat_event *event)
{
	char topic[CHAT_REMOTE_TOPIC_MAX];
	uint8_t about[CHAT_REMOTE_ABOUT_MAX], line[CHAT_REMOTE_TEXT_MAX];
	struct chat_event there = *event;
	size_t topic_len, about_len, line_len;

	if (!remote->is_connected)
		return;
	if (event->kind == CHAT_EVENT_JOIN || event->kind == CHAT_EVENT_LEAVE ||
	    event->kind == CHAT_EVENT_NICK)
		remote->is_list_old = true;
	if (event->kind == CHAT_EVENT_DIRECT)
		there.to = chat_remote_people_given(CHAT_LINK_OF(
		    event->target, struct chat_remote_person, person));
	topic_len = write_topic(remote, event, topic);
	about_len =
	    chat_remote_text_about(&there, span_of(remote->broker->node),
	        event->person->id, (struct space){about, sizeof(about)});
	line_len =
	    chat_remote_text_line(&there, (struct space){line, sizeof(line)});
	if (topic_len == 0 || about_len == 0 || line_len == 0 ||
	    !chat_outbox_add(
	        &remote->outbox, &(struct chat_outbox_message){{
	                             {(const uint8_t *)topic, topic_len},
	                             {about, about_len},
	                             {line, line_len},
	                         }}))
		remote->dropped++;
}

/* Who is here now. */
static size_t
write_list(const struct chat_remote *remote)
{
	const struct space out = {remote->list, CHAT_PRESENCE_MAX};
	const struct chat_link *rooms = &remote->hub->rooms.all;
	size_t len = chat_presence_begin(out);

	for (struct chat_link *link = rooms->next; link != rooms;
	     link = link->next) {
		const struct chat_room *room =
		    CHAT_LINK_OF(link, struct chat_room, in_set);

		for (struct chat_link *at = room->members.next;
		     at != &room->members; at = at->next) {
			const struct chat_person *person =
			    CHAT_LINK_OF(at, struct chat_person, in_room);

			if (person->kind != CHAT_PERSON_REMOTE)
				len = chat_presence_add(out, len,
				    &(struct chat_presence_person){person->id,
				        chat_room_name(room),
				        chat_person_name(person)});
		}
	}
	return len;
}

bool
chat_remote_next(struct chat_remote *remote, uint64_t now_ms,
    struct chat_remote_message *message)
{
	struct chat_outbox_message first;

	if (!remote->is_connected)
		return false;
	remote->is_list_next = false;
	if (chat_outbox_first(&remote->outbox, &first)) {
		*message = (struct chat_remote_message){
		    .topic = (const char *)first.parts[0].data,
		    .about = first.parts[1],
		    .payload = first.parts[2],
		};
		return true;
	}
	if (now_ms < remote->list_due_ms +
	                 (remote->is_list_old ? 0 : CHAT_REMOTE_REFRESH_MS))
		return false;
	snprintf(remote->topic, sizeof(remote->topic), "%s/presence/%s",
	    remote->broker->prefix, remote->broker->node);
	*message = (struct chat_remote_message){
	    .topic = remote->topic,
	    .payload = {remote->list, write_list(remote)},
	    .is_retained = true,
	};
	remote->list_due_ms = now_ms + CHAT_REMOTE_PRESENCE_MS;
	remote->is_list_old = false;
	remote->is_list_next = true;
	return true;
}

void
chat_remote_sent(struct chat_remote *remote)
{
	if (!remote->is_list_next)
		chat_outbox_drop(&remote->outbox);
}

/* --------------------------------------------------------- the connection */

void
chat_remote_expire(struct chat_remote *remote, uint64_t now_ms)
{
	struct chat_link *all = &remote->nodes, *next;

	for (struct chat_link *link = all->next; link != all; link = next) {
		struct chat_remote_node *node =
		    CHAT_LINK_OF(link, struct chat_remote_node, in_nodes);

		next = link->next;
		if (now_ms >= node->heard_ms + CHAT_REMOTE_LEASE_MS)
			chat_remote_people_lose(
			    remote, node, span_of("its host is not heard of"));
	}
}

void
chat_remote_connected(struct chat_remote *remote)
{
	remote->is_connected = true;
	remote->is_list_old = true;
	remote->list_due_ms = 0;
	if (remote->is_away_told)
		chat_hub_notice(
		    remote->hub, span_of("* other hosts can be reached again"));
	remote->is_away_told = false;
}

void
chat_remote_lost(struct chat_remote *remote)
{
	remote->is_connected = false;
	chat_outbox_init(&remote->outbox, remote->outbox.bytes);
	lose_all(remote, span_of("other hosts cannot be reached"));
	if (!remote->is_away_told)
		chat_hub_notice(remote->hub,
		    span_of("* other hosts cannot be reached; what is said "
		            "meanwhile stays here"));
	remote->is_away_told = true;
}
