/* chat_pair_meet.c — how two come together, and how they part. */
#include "client/chat/chat_pair_meet.h"

#include "client/verb.h"

enum {
	NAME_TRIES = 5, /* by UDP, in even parts of the timeout */
	/* Behind a name without an end: what comes at once would be part of
	 * it. */
	GAP_MS = CHAT_WIRE_QUIET_MS,
};

/* What the lectures' client sends at the end, and what leaves here. */
#define FAREWELL "Left chat room!"

void
chat_pair_meet_finish(struct chat_pair *pair, int status)
{
	pair->state = CHAT_PAIR_OVER;
	pair->status = status;
}

/* WHO was lost, or was never there, or will not; and WHY. */
void
chat_pair_meet_fail(
    struct chat_pair *pair, int status, struct span who, struct span why)
{
	chat_pair_meet_finish(
	    pair, chat_console_complain(&pair->console, status, "%.*s: %.*s",
	              (int)who.len, (const char *)who.data, (int)why.len,
	              (const char *)why.data));
}

/* ------------------------------------------------------------ coming, going */

void
chat_pair_meet_say_name(struct chat_pair *pair)
{
	if (pair->is_bare)
		chat_wire_say(&pair->wire, pair->name);
	else
		chat_wire_say_line(&pair->wire, pair->name);
}

/* From here on the other's name is expected. */
void
chat_pair_meet_begin(struct chat_pair *pair, const struct reach *reach)
{
	int64_t now_ms = reach_now_ms();

	chat_wire_open(&pair->wire, reach);
	pair->is_bare = false;
	pair->state = CHAT_PAIR_NAMING;
	pair->deadline_ms = now_ms + pair->options->timeout_ms;
	pair->name_ms = INT64_MAX;
}

/* One who calls says its name first. */
void
chat_pair_meet_call(struct chat_pair *pair)
{
	chat_pair_meet_say_name(pair);
	if (chat_pair_inside_is_udp(pair))
		pair->name_ms =
		    reach_now_ms() + pair->options->timeout_ms / NAME_TRIES;
}

/* Takes the first who has come. */
void
chat_pair_meet_wait(struct chat_pair *pair)
{
	uint8_t first[CHAT_INBOX_MAX];
	struct reach reach;
	size_t len;

	chat_announce_work(&pair->announce);
	if (!chat_listen_take(&pair->listener, &reach,
	        (struct space){first, sizeof(first)}, &len))
		return;
	chat_pair_meet_begin(pair, &reach);
	chat_wire_put(&pair->wire, (struct span){first, len});
}

/* Nobody has said a name. */
void
chat_pair_meet_give_up(struct chat_pair *pair, const char *why)
{
	if (!pair->is_listener) {
		chat_pair_meet_fail(pair, VERB_NO_REPLY,
		    span_of(pair->wire.reach.name), span_of(why));
		return;
	}
	chat_console_tell(&pair->console,
	    "* somebody came from %s and said no name", pair->wire.reach.name);
	chat_wire_close(&pair->wire);
	pair->state = CHAT_PAIR_WAITING;
}

/* The other is called LINE. */
void
chat_pair_meet(struct chat_pair *pair, struct span line)
{
	pair->other.len = chat_name_fit(line, pair->other.bytes);
	pair->is_bare = !pair->wire.inbox.has_ends;
	pair->state = CHAT_PAIR_TALKING;
	pair->gap_ms = 0;
	if (pair->is_listener) {
		chat_announce_close(&pair->announce);
		chat_pair_meet_say_name(pair);
		if (pair->is_bare && !chat_pair_inside_is_udp(pair))
			pair->gap_ms = reach_now_ms() + GAP_MS;
	}
	chat_console_tell(&pair->console, "* %.*s is here, at %s: [e] leaves",
	    (int)pair->other.len, (const char *)pair->other.bytes,
	    pair->wire.reach.name);
}

void
chat_pair_meet_leave(struct chat_pair *pair)
{
	if (pair->state != CHAT_PAIR_TALKING) {
		chat_pair_meet_finish(pair, VERB_GOOD);
		return;
	}
	if (pair->is_bare || chat_pair_inside_is_udp(pair))
		chat_wire_say(&pair->wire, span_of(FAREWELL));
	else
		chat_wire_say_line(&pair->wire, span_of(FAREWELL));
	chat_wire_finish(&pair->wire);
	/* By UDP nothing more is to come; a client as the lectures have them
	 * closes when its user has typed something. */
	pair->state = CHAT_PAIR_LEAVING;
	pair->deadline_ms =
	    reach_now_ms() + (chat_pair_inside_is_udp(pair) ? 0
	                         : pair->is_bare            ? GAP_MS
	                                         : pair->options->timeout_ms);
}

void
chat_pair_meet_left(struct chat_pair *pair)
{
	if (pair->state == CHAT_PAIR_TALKING)
		chat_console_tell(&pair->console, "* %.*s has left",
		    (int)pair->other.len, (const char *)pair->other.bytes);
	chat_pair_meet_finish(pair, VERB_GOOD);
}
