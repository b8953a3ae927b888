/* chat_remote_people.c — the hosts that others sit at, and who is in the chat
 * there. */
#include "services/chat/chat_remote_people.h"

#include "core/siphash.h"
#include "services/chat/chat_name.h"
#include "services/chat/chat_room.h"

#include <string.h>

static bool
is_equal(struct span a, struct span b)
{
	return a.len == b.len &&
	       (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* ------------------------------------------------------------- the tables */

struct span
chat_remote_people_given(const struct chat_remote_person *person)
{
	return (struct span){person->person.name, person->given_len};
}

static struct span
name_of(const struct chat_remote_node *node)
{
	return (struct span){node->name, node->name_len};
}

struct chat_remote_node *
chat_remote_people_node(const struct chat_remote *remote, struct span name)
{
	const struct chat_link *all = &remote->nodes;

	for (struct chat_link *link = all->next; link != all;
	     link = link->next) {
		struct chat_remote_node *node =
		    CHAT_LINK_OF(link, struct chat_remote_node, in_nodes);

		if (is_equal(name_of(node), name))
			return node;
	}
	return NULL;
}

static struct chat_remote_node *
add_node(struct chat_remote *remote, struct span name)
{
	const struct chat_memory *memory = &remote->memory;
	struct chat_remote_node *node;

	if (remote->node_count == CHAT_REMOTE_NODES_MAX)
		return NULL;
	node = memory->allocate(memory->context, sizeof(*node));
	if (node == NULL)
		return NULL;
	*node = (struct chat_remote_node){.name_len = (uint8_t)name.len};
	memcpy(node->name, name.data, name.len);
	chat_link_init(&node->people);
	chat_link_add(&remote->nodes, &node->in_nodes);
	remote->node_count++;
	return node;
}

/* Whoever makes up ids cannot know where they lie. */
static struct chat_remote_person **
bucket_of(const struct chat_remote *remote, const struct chat_remote_node *node,
    uint32_t id)
{
	uint8_t bytes[CHAT_BROKER_NODE_MAX + sizeof(id)];

	memcpy(bytes, &id, sizeof(id));
	memcpy(bytes + sizeof(id), node->name, node->name_len);
	uint64_t hash = siphash(remote->hub->people.key,
	    (struct span){bytes, sizeof(id) + node->name_len});

	return &remote->people[hash % CHAT_REMOTE_BUCKETS];
}

struct chat_remote_person *
chat_remote_people_find(const struct chat_remote *remote,
    const struct chat_remote_node *node, uint32_t id)
{
	struct chat_remote_person *person = *bucket_of(remote, node, id);

	while (person != NULL && (person->id != id || person->node != node))
		person = person->next_alike;
	return person;
}

static struct chat_remote_person *
add_person(
    struct chat_remote *remote, struct chat_remote_node *node, uint32_t id)
{
	const struct chat_memory *memory = &remote->memory;
	struct chat_remote_person **bucket = bucket_of(remote, node, id);
	struct chat_remote_person *person;

	if (remote->person_count == CHAT_REMOTE_PEOPLE_MAX)
		return NULL;
	person = memory->allocate(memory->context, sizeof(*person));
	if (person == NULL)
		return NULL;
	*person = (struct chat_remote_person){
	    .person = {.kind = CHAT_PERSON_REMOTE},
	    .next_alike = *bucket,
	    .node = node,
	    .id = id,
	    .is_listed = true,
	};
	*bucket = person;
	chat_link_add(&node->people, &person->in_node);
	remote->person_count++;
	return person;
}

/* Of somebody whom the hub does not know any more. */
static void
drop_person(struct chat_remote *remote, struct chat_remote_person *person)
{
	struct chat_remote_person **at =
	    bucket_of(remote, person->node, person->id);

	while (*at != person)
		at = &(*at)->next_alike;
	*at = person->next_alike;
	chat_link_remove(&person->in_node);
	remote->person_count--;
	remote->memory.release(remote->memory.context, person);
}

/* --------------------------------------------------------------- the names */

/* Has the hub do EVENT under NAME, or, where somebody here has that name, under
 * NAME@HOST, which nobody here can have. */
static bool
do_as(struct chat_remote *remote, struct chat_remote_person *person,
    struct chat_event *event, struct span *shown, struct span name)
{
	uint8_t full[CHAT_PERSON_NAME_MAX];
	const struct chat_remote_node *node = person->node;
	size_t len = name.len + 1 + node->name_len;

	_Static_assert(
	    CHAT_NAME_SIZE + CHAT_BROKER_NODE_MAX <= CHAT_PERSON_NAME_MAX + 1,
	    "a name and its host have room");
	*shown = name;
	if (!chat_hub_remote(remote->hub, event)) {
		memcpy(full, name.data, name.len);
		full[name.len] = '@';
		memcpy(full + name.len + 1, node->name, node->name_len);
		*shown = (struct span){full, len};
		if (!chat_hub_remote(remote->hub, event))
			return false;
	}
	person->given_len = (uint8_t)name.len;
	return true;
}

void
chat_remote_people_rename(struct chat_remote *remote,
    struct chat_remote_person *person, struct span name)
{
	struct chat_event event = {
	    .kind = CHAT_EVENT_NICK,
	    .name = chat_person_name(&person->person),
	    .person = &person->person,
	};

	if (chat_name_is_good(name) &&
	    !is_equal(name, chat_remote_people_given(person)))
		(void)do_as(remote, person, &event, &event.text, name);
}

/* ---------------------------------------------------------------- the rooms */

void
chat_remote_people_leave(struct chat_remote *remote,
    struct chat_remote_person *person, struct span reason, bool is_moving)
{
	const struct chat_event event = {
	    .kind = CHAT_EVENT_LEAVE,
	    .name = chat_person_name(&person->person),
	    .text = reason,
	    .person = &person->person,
	    .is_moving = is_moving,
	};

	/* Who moves has been told to have left already. */
	if (is_moving && person->is_moving)
		return;
	(void)chat_hub_remote(remote->hub, &event);
	person->is_moving = is_moving;
	if (!is_moving)
		drop_person(remote, person);
}

/* PERSON is in ROOM, as it is called on its host. */
static bool
is_in(const struct chat_remote_person *person, struct span room)
{
	return !person->is_moving && person->person.room != NULL &&
	       chat_name_is_equal(chat_room_name(person->person.room), room);
}

/* Where there is no room for it, it is as if it were not there. */
static void
come(struct chat_remote *remote, struct chat_remote_person *person,
    struct span name, struct span room)
{
	struct chat_event event = {
	    .kind = CHAT_EVENT_JOIN,
	    .room = room,
	    .person = &person->person,
	};

	if (do_as(remote, person, &event, &event.name, name))
		return;
	drop_person(remote, person);
}

/* The same, of somebody who is in another room, and keeps its name. */
static void
move(struct chat_remote *remote, struct chat_remote_person *person,
    struct span room)
{
	const struct chat_event event = {
	    .kind = CHAT_EVENT_JOIN,
	    .name = chat_person_name(&person->person),
	    .room = room,
	    .person = &person->person,
	};

	chat_remote_people_leave(remote, person, (struct span){0}, true);
	person->is_moving = false;
	if (!chat_hub_remote(remote->hub, &event))
		chat_remote_people_leave(
		    remote, person, (struct span){0}, false);
}

void
chat_remote_people_join(struct chat_remote *remote,
    struct chat_remote_node *node, const struct chat_presence_person *who)
{
	struct chat_remote_person *person;

	if (!chat_name_is_good(who->name) || !chat_name_is_room(who->room))
		return;
	person = chat_remote_people_find(remote, node, who->id);
	if (person == NULL) {
		person = add_person(remote, node, who->id);
		if (person != NULL)
			come(remote, person, who->name, who->room);
		return;
	}
	person->is_listed = true;
	chat_remote_people_rename(remote, person, who->name);
	if (!is_in(person, who->room))
		move(remote, person, who->room);
}

/* ---------------------------------------------------------------- the lists */

/* Those who are not LISTED leave; with that, everybody. */
static void
drop_others(struct chat_remote *remote, struct chat_remote_node *node,
    struct span reason, bool is_anybody)
{
	struct chat_link *all = &node->people, *next;

	for (struct chat_link *link = all->next; link != all; link = next) {
		struct chat_remote_person *person =
		    CHAT_LINK_OF(link, struct chat_remote_person, in_node);

		next = link->next;
		if (is_anybody || !person->is_listed)
			chat_remote_people_leave(remote, person, reason, false);
	}
}

void
chat_remote_people_list(struct chat_remote *remote, struct span name,
    struct span list, uint64_t now_ms)
{
	struct chat_remote_node *node = chat_remote_people_node(remote, name);
	struct chat_presence_person who;
	bool is_whole = true;

	if (!chat_presence_open(&list))
		return;
	if (node == NULL)
		node = add_node(remote, name);
	if (node == NULL)
		return;
	node->heard_ms = now_ms;
	for (struct chat_link *link = node->people.next; link != &node->people;
	     link = link->next)
		CHAT_LINK_OF(link, struct chat_remote_person, in_node)
		    ->is_listed = false;
	while (chat_presence_next(&list, &who, &is_whole))
		chat_remote_people_join(remote, node, &who);
	if (is_whole)
		drop_others(remote, node, (struct span){0}, false);
}

void
chat_remote_people_lose(struct chat_remote *remote,
    struct chat_remote_node *node, struct span reason)
{
	drop_others(remote, node, reason, true);
	chat_link_remove(&node->in_nodes);
	remote->node_count--;
	remote->memory.release(remote->memory.context, node);
}
