/*
 * chat_session.h — one connection to the chat: bytes → lines → the hub, and
 * what the hub has to tell → bytes. Pure: time is an argument. CHAT WORKER.
 */
#ifndef NETLAB_SERVICES_CHAT_SESSION_H
#define NETLAB_SERVICES_CHAT_SESSION_H

#include "service.h"
#include "services/chat/chat_line.h"
#include "services/chat/chat_person.h"

struct chat_hub;

/* How a connection ends, for the counters. */
enum chat_session_end {
	CHAT_SESSION_LEFT,    /* its person said so, or shut down its side */
	CHAT_SESSION_UNNAMED, /* nobody said a name in time */
	CHAT_SESSION_FLOODED, /* its person spoke too fast for too long */
	CHAT_SESSION_STOPPED, /* the worker goes */
	CHAT_SESSION_ENDS,
};

/* All zeros, but for what the door sets in PERSON, when a connection opens. */
struct chat_session {
	struct chat_person person; /* comes first: the hub knows no session */
	struct chat_line line;
	bool is_greeted;  /* a program that sends no line ends was told the
	                     server's name, and will soon be let in */
	bool is_paused;   /* it speaks faster than its room can be told */
	uint16_t greeted; /* bytes of its name, which are unread still */
};

/* service.input, but for its outcome: an enum chat_session_end. */
struct stream_step chat_session_input(struct chat_hub *hub,
    struct chat_session *session, const struct stream *stream,
    struct space out);

#endif
