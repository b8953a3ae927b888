/*
 * chat_hub.h — who is in the chat, in which room, and what each has yet to be
 * told. What a room hears lies once, in the room's own log, in which everybody
 * has a place: a reader that stops costs nothing, and delays nobody. Pure:
 * memory and time are the caller's. CHAT WORKER only.
 */
#ifndef NETLAB_SERVICES_CHAT_HUB_H
#define NETLAB_SERVICES_CHAT_HUB_H

#include "core/span.h"
#include "services/chat/chat_compose.h"
#include "services/chat/chat_memory.h"
#include "services/chat/chat_people.h"
#include "services/chat/chat_person.h"
#include "services/chat/chat_room.h"
#include "services/chat/chat_settings.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	/* The longest line that somebody is told, with its end: 1024 bytes of
	 * text (chat_line.h) behind the longest name and its brackets. */
	CHAT_HUB_TOLD_MAX = CHAT_COMPOSE_MAX,
};

/* What happens among the people of this host, for those of others; and, the
 * other way round, there. All spans are borrowed for the call. */
enum chat_event_kind {
	CHAT_EVENT_JOIN,   /* NAME is in ROOM now */
	CHAT_EVENT_LEAVE,  /* NAME is not in ROOM any more; TEXT: why, or empty
	                    */
	CHAT_EVENT_SAY,    /* NAME says TEXT in ROOM */
	CHAT_EVENT_ME,     /* NAME does TEXT in ROOM (/me) */
	CHAT_EVENT_NICK,   /* NAME, in ROOM, is called TEXT from now on */
	CHAT_EVENT_DIRECT, /* NAME says TEXT to the person called TO alone */
};

struct chat_event {
	enum chat_event_kind kind;
	struct span room; /* as people see it: "#lobby" */
	struct span name;
	struct span text; /* clean: no controls, valid UTF-8, no line's end */
	struct span to;
	struct chat_person *person; /* who it is about */
	struct chat_person *target; /* DIRECT: who it is for, on another host */
	bool is_moving; /* LEAVE: to another room, where a JOIN follows */
	bool is_quiet;  /* JOIN, LEAVE of elsewhere: people are not told */
};

/* What the hub asks of its owner. */
struct chat_hub_calls {
	/* PERSON, of this host, has something to take: once, until
	 * chat_hub_take has been called. */
	void (*wake)(void *context, struct chat_person *person);
	/* Something has happened among the people of this host. NULL: nobody
	 * elsewhere wants to know. It may not call the hub. */
	void (*share)(void *context, const struct chat_event *event);
	void *context;
	struct chat_memory memory;
};

struct chat_hub {
	const struct chat_settings *settings;
	struct chat_hub_calls calls;
	struct chat_people people; /* all of them, of all hosts */
	struct chat_room_set rooms;
	struct chat_room *lobby; /* is always there */
	uint32_t count;          /* of people */
	uint32_t last_id;
	struct chat_person *speaker; /* whose line is being heard: it is not
	                                woken for the answer */
	bool is_over; /* the worker is about to go: no more is said of who
	                 leaves */
};

/* How a person fares after what it has said. */
enum chat_hub_fate {
	CHAT_HUB_STAYS,
	CHAT_HUB_LEFT, /* it wanted to: nothing is left of it but its queue */
	CHAT_HUB_FLOODED, /* it spoke too fast for too long: the same */
};

/* An empty hub. SETTINGS, and what CALLS points to, outlive it. False: no
 * memory. */
bool chat_hub_init(struct chat_hub *hub, const struct chat_settings *settings,
    const struct chat_hub_calls *calls, const uint64_t key[2])
    __attribute__((warn_unused_result));

/* Gives back all memory, nobody being in it. */
void chat_hub_end(struct chat_hub *hub);

/*
 * One line that PERSON has said, as it came, without its end; IS_CUT: it was
 * longer (chat_line.h). The first names it and brings it into #lobby; all
 * others are commands or text. Whatever is to be told about that waits in the
 * queues: who has said something should take next, and then be closed unless it
 * CHAT_HUB_STAYS.
 */
enum chat_hub_fate chat_hub_line(struct chat_hub *hub,
    struct chat_person *person, struct span line, bool is_cut, uint64_t now_ms);

/*
 * Writes what PERSON has yet to be told to OUT, whole lines, in order, as many
 * as fit, and returns their length. OUT has room for CHAT_HUB_TOLD_MAX. What
 * does not fit waits, and PERSON is woken again.
 */
size_t chat_hub_take(
    struct chat_hub *hub, struct chat_person *person, struct space out);

/*
 * Whether the room of PERSON has heard so much that nobody there has been told
 * yet, that what comes next may push out what comes first: people should be
 * woken before PERSON says more. It may go on when chat_hub_let_on was called,
 * some milliseconds later, whether or not they read.
 */
bool chat_hub_is_ahead(const struct chat_person *person);
void chat_hub_let_on(struct chat_person *person);

/* PERSON is gone; the others of its room are told, with REASON unless that is
 * empty. Nothing for one that is not in the chat, but its queue goes. */
void chat_hub_leave(
    struct chat_hub *hub, struct chat_person *person, struct span reason);

/* Tells PERSON alone LINE, which has no end yet: "* notice", "! error". */
void chat_hub_tell(
    struct chat_hub *hub, struct chat_person *person, struct span line);

/* Tells everybody LINE, which has no end yet. */
void chat_hub_notice(struct chat_hub *hub, struct span line);

/*
 * Somebody elsewhere: what EVENT says has happened there. Names and text have
 * been checked (chat_name.h, chat_text.h). JOIN brings event.person, of
 * CHAT_PERSON_REMOTE, into a room, or into another; LEAVE lets go of it unless
 * it is_moving; SAY, ME and NICK are of it. DIRECT is for whoever of this host
 * is called event.to; SAY and ME without a person are of anybody who is called
 * event.name. False: the name is in use or nobody's, or there are too many
 * rooms; nothing has happened.
 */
bool chat_hub_remote(struct chat_hub *hub, const struct chat_event *event);

/* Who is called NAME (letters of ASCII in any case), or NULL. */
struct chat_person *chat_hub_find(const struct chat_hub *hub, struct span name);

#endif
