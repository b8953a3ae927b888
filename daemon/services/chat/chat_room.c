/* chat_room.c — the rooms, and who is in each. */
#include "services/chat/chat_room.h"

#include "core/siphash.h"
#include "services/chat/chat_person.h"

#include <assert.h>

void
chat_room_init(struct chat_room_set *set, uint32_t max,
    const struct chat_memory *memory, const uint64_t key[2])
{
	*set = (struct chat_room_set){
	    .memory = *memory, .key = {key[0], key[1]}, .max = max};
	chat_link_init(&set->all);
}

static size_t
bucket_of(const struct chat_room_set *set, struct span name)
{
	uint8_t folded[CHAT_NAME_SIZE];

	return siphash(set->key, chat_name_fold(name, folded)) %
	       CHAT_ROOM_BUCKETS;
}

struct chat_room *
chat_room_find(const struct chat_room_set *set, struct span name)
{
	if (name.len == 0 || name.len > CHAT_NAME_SIZE)
		return NULL;
	struct chat_room *room = set->buckets[bucket_of(set, name)];

	while (room != NULL && !chat_name_is_equal(chat_room_name(room), name))
		room = room->next_alike;
	return room;
}

struct chat_room *
chat_room_open(struct chat_room_set *set, struct span name)
{
	struct chat_room *room = chat_room_find(set, name);

	if (room != NULL || set->count == set->max)
		return room;
	room = set->memory.allocate(set->memory.context, sizeof(*room));
	if (room == NULL)
		return NULL;
	struct chat_room **bucket = &set->buckets[bucket_of(set, name)];

	*room = (struct chat_room){
	    .next_alike = *bucket, .name_len = (uint8_t)name.len};
	chat_name_fold(name, room->name);
	chat_link_init(&room->members);
	chat_link_init(&room->quiet);
	chat_link_add(&set->all, &room->in_set);
	*bucket = room;
	set->count++;
	return room;
}

void
chat_room_close(struct chat_room_set *set, struct chat_room *room)
{
	struct chat_room **place =
	    &set->buckets[bucket_of(set, chat_room_name(room))];

	assert(room->count == 0);
	while (*place != room)
		place = &(*place)->next_alike;
	*place = room->next_alike;
	chat_link_remove(&room->in_set);
	set->count--;
	chat_log_clear(&room->log, &set->memory);
	set->memory.release(set->memory.context, room);
}

void
chat_room_enter(
    struct chat_room *room, struct chat_person *person, uint32_t history)
{
	chat_link_add(&room->members, &person->in_room);
	room->count++;
	person->room = room;
	person->live_from = room->log.next;
	person->place =
	    history == 0 ? room->log.next : chat_log_back(&room->log, history);
	person->own_end = 0;
	if (person->kind == CHAT_PERSON_REMOTE)
		return;
	room->here++;
	chat_queue_rebase(&person->queue);
	chat_link_add(&room->quiet, &person->in_quiet);
	if (person->is_woken)
		chat_room_fall_behind(room, person);
}

void
chat_room_leave(struct chat_room *room, struct chat_person *person)
{
	chat_link_remove(&person->in_room);
	chat_link_remove(&person->in_quiet);
	room->count--;
	person->room = NULL;
	if (person->kind == CHAT_PERSON_REMOTE)
		return;
	room->here--;
	room->behind -= person->is_woken;
}

void
chat_room_fall_behind(struct chat_room *room, struct chat_person *person)
{
	chat_link_remove(&person->in_quiet);
	if (room->behind++ == 0)
		room->told = room->log.head;
}

void
chat_room_catch_up(struct chat_room *room, struct chat_person *person)
{
	chat_link_add(&room->quiet, &person->in_quiet);
	room->behind--;
	room->told = room->log.head;
}
