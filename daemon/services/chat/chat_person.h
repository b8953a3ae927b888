/* chat_person.h — somebody in the chat. Pure. */
#ifndef NETLAB_SERVICES_CHAT_PERSON_H
#define NETLAB_SERVICES_CHAT_PERSON_H

#include "core/span.h"
#include "services/chat/chat_flood.h"
#include "services/chat/chat_link.h"
#include "services/chat/chat_queue.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	/* 24 code points (chat_name.h), or with "@HOST" behind them, of those
	 * elsewhere. */
	CHAT_PERSON_NAME_MAX = 160,
};

enum chat_person_kind {
	CHAT_PERSON_STREAM,   /* lies in the session of a connection */
	CHAT_PERSON_DATAGRAM, /* in chat_peer's table */
	CHAT_PERSON_REMOTE,   /* on another host: in chat_remote's */
};

struct chat_room;

/*
 * Owned by whoever its kind says, zeroed, and with its KIND set, before the hub
 * first hears of it; it stays where it is until the hub has let go of it: until
 * chat_hub_leave, or an answer of the hub that is not CHAT_HUB_STAYS.
 */
struct chat_person {
	struct chat_link in_room;       /* with all people of its room */
	struct chat_link in_quiet;      /* with those that have been told all */
	struct chat_person *next_alike; /* in the hub's table of names */
	struct chat_room *room;         /* NULL: not in the chat (yet) */
	struct chat_queue queue;        /* what is for this person alone */
	uint64_t place;     /* in its room's log: the next line to tell */
	uint64_t live_from; /* in the log: lines before that are history */
	uint64_t own_end;   /* in the log: behind the last line of its own */
	uint64_t heard_ms;  /* when it last said something */
	struct chat_flood flood;
	uint32_t id;        /* never 0 in the chat, never used twice */
	uint8_t kind;       /* enum chat_person_kind */
	bool is_woken;      /* has something to take, as it was told */
	bool has_commanded; /* somebody who knows commands, not a program */
	bool is_exempt;     /* may talk as fast as can be: its owner says so */
	uint8_t name_len;
	uint8_t name[CHAT_PERSON_NAME_MAX];
};

static inline struct span
chat_person_name(const struct chat_person *person)
{
	return (struct span){person->name, person->name_len};
}

#endif
