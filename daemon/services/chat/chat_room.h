/* chat_room.h — the rooms, and who is in each. Pure. */
#ifndef NETLAB_SERVICES_CHAT_ROOM_H
#define NETLAB_SERVICES_CHAT_ROOM_H

#include "services/chat/chat_link.h"
#include "services/chat/chat_log.h"
#include "services/chat/chat_memory.h"
#include "services/chat/chat_name.h"

#include <stdint.h>

struct chat_person;

struct chat_room {
	struct chat_link in_set;
	struct chat_room *next_alike; /* in the set's table of names */
	struct chat_link members;     /* chat_person.in_room */
	struct chat_link quiet; /* chat_person.in_quiet: they have been told
	                           all that was said here */
	struct chat_log log;
	uint32_t count;  /* of members */
	uint32_t here;   /* of members of this host */
	uint32_t behind; /* of these: have yet to be told something */
	uint32_t told;   /* LOG.head as one of them was told all last */
	uint8_t name_len;
	uint8_t name[CHAT_NAME_SIZE]; /* with small letters of ASCII, and # */
};

enum { CHAT_ROOM_BUCKETS = 256 };

struct chat_room_set {
	struct chat_link all; /* chat_room.in_set, the oldest first */
	struct chat_room *buckets[CHAT_ROOM_BUCKETS];
	struct chat_memory memory;
	uint64_t key[2];
	uint32_t count, max;
};

static inline struct span
chat_room_name(const struct chat_room *room)
{
	return (struct span){room->name, room->name_len};
}

/* An empty set of at most MAX rooms. */
void chat_room_init(struct chat_room_set *set, uint32_t max,
    const struct chat_memory *memory, const uint64_t key[2]);

/* The room called NAME, in any case; NULL: there is none. */
struct chat_room *chat_room_find(
    const struct chat_room_set *set, struct span name);

/* The same, or a new one: NAME is a room's. NULL: there are too many, or no
 * memory. */
struct chat_room *chat_room_open(struct chat_room_set *set, struct span name);

/* ROOM, which nobody is in, is no more. */
void chat_room_close(struct chat_room_set *set, struct chat_room *room);

/* PERSON, in no room, is in ROOM, and will be told what is said from now on;
 * HISTORY: after the last so many lines of talk. */
void chat_room_enter(
    struct chat_room *room, struct chat_person *person, uint32_t history);

/* PERSON is in no room any more, whatever it has yet to be told. */
void chat_room_leave(struct chat_room *room, struct chat_person *person);

/* PERSON, of this host and this room, has something to be told / has been told
 * all. Either way it was not so before. */
void chat_room_fall_behind(struct chat_room *room, struct chat_person *person);
void chat_room_catch_up(struct chat_room *room, struct chat_person *person);

#endif
