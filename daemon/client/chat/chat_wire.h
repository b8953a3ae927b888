/*
 * chat_wire.h — lines to and from one host, by TCP or UDP, without waiting:
 * what the host does not take yet is kept, what it says is taken line by line.
 * Whoever waits asks here for what and how long.
 */
#ifndef NETLAB_CLIENT_CHAT_WIRE_H
#define NETLAB_CLIENT_CHAT_WIRE_H

#include "client/chat/chat_inbox.h"
#include "client/reach.h"
#include "core/span.h"

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	CHAT_WIRE_OUT_MAX = 16384,
	CHAT_WIRE_DATAGRAM_MAX = 512, /* bytes that are said at once by UDP */
	/* A host that has never ended a line, and says no more for so long, has
	 * said one: the lectures' clients. */
	CHAT_WIRE_QUIET_MS = 200,
	/* A host that has gone without a word is found out by TCP after this
	 * time, by UDP where it would say that it is there. */
	CHAT_WIRE_LOST_MS = 15000,
};

struct chat_wire {
	struct reach reach;
	bool is_ended; /* the host says no more; .error: errno, 0: it has closed
	                */
	int error;
	bool is_closing; /* nothing will be said behind what is kept */
	int64_t heard_ms, said_ms; /* when something last came, and went */
	struct chat_inbox inbox;   /* UDP: of one datagram, .has_ends too */
	size_t out_len;
	uint8_t out[CHAT_WIRE_OUT_MAX];
};

/* Takes REACH, which is open, and closes it with chat_wire_close. */
void chat_wire_open(struct chat_wire *wire, const struct reach *reach);
void chat_wire_close(struct chat_wire *wire);

/* BYTES, CHAT_INBOX_MAX at most, have come before it was opened. */
void chat_wire_put(struct chat_wire *wire, struct span bytes);

/* For poll: what to wait for; and how long at most, -1: as long as you like. */
struct pollfd chat_wire_watch(const struct chat_wire *wire);
int chat_wire_wait_ms(const struct chat_wire *wire);

/* The sooner of WAIT_MS, as above, and of a time of reach_now_ms (INT64_MAX:
 * never), as above. */
int chat_wire_sooner(int wait_ms, int64_t due_ms);

/* Reads what has come, once, and sends what was kept. */
void chat_wire_work(struct chat_wire *wire);

/* Takes the next LINE, borrowed until chat_wire_work. False: there is none yet.
 */
bool chat_wire_next(struct chat_wire *wire, struct span *line);

/* Says BYTES: one datagram, or bytes of the stream. More than
 * chat_wire_has_room promises is left out. */
void chat_wire_say(struct chat_wire *wire, struct span bytes);

/* TEXT and a line's end. */
void chat_wire_say_line(struct chat_wire *wire, struct span text);

/* There is room for a line of any length. */
bool chat_wire_has_room(const struct chat_wire *wire);

/* That was all: TCP tells the host so, behind what is kept. */
void chat_wire_finish(struct chat_wire *wire);

/* Why the host says no more: "…: it has gone", for people. */
const char *chat_wire_why(const struct chat_wire *wire);

#endif
