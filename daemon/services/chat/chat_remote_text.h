/*
 * chat_remote_text.h — what happens in a chat as messages of a broker.
 *
 * The payload is the line that people read, so that whoever subscribes to
 * PREFIX/chat/ROOM can read along and whoever publishes there can join in:
 * "<anna> hello", "* anna waves". What we ourselves send says in a user
 * property (MQTT 5 §3.3.2.3.7) who it is from, "HOST WORD ID NAME": nothing has
 * to be guessed from the line. Pure.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_REMOTE_TEXT_H
#define NETLAB_SERVICES_CHAT_CHAT_REMOTE_TEXT_H

#include "core/span.h"
#include "services/chat/chat_broker.h"
#include "services/chat/chat_hub.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	/* The longest payload that is made, and the longest that is read: a
	 * line, the name of who it is from and of who it is for. */
	CHAT_REMOTE_TEXT_MAX = CHAT_HUB_TOLD_MAX + CHAT_PERSON_NAME_MAX,
	CHAT_REMOTE_ABOUT_MAX =
	    CHAT_BROKER_NODE_MAX + CHAT_PERSON_NAME_MAX + 32,
};

/* What the property says. */
struct chat_remote_about {
	struct span node;
	enum chat_event_kind kind;
	bool is_moving; /* LEAVE: as in struct chat_event */
	uint32_t id;    /* of the person, on its host */
	struct span name;
};

/* Whether a host may be called so: letters, digits, '-', '_' and '.', 63 at
 * most. */
bool chat_remote_text_is_node(struct span name);

/* Writes the property for EVENT, which happened at NODE to person ID, to OUT:
 * CHAT_REMOTE_ABOUT_MAX bytes. Returns its length; 0: too long. */
size_t chat_remote_text_about(const struct chat_event *event, struct span node,
    uint32_t id, struct space out);

/* Writes EVENT as the line that people read to OUT: CHAT_REMOTE_TEXT_MAX bytes.
 * Returns its length; 0: too long. */
size_t chat_remote_text_line(const struct chat_event *event, struct space out);

/* Takes a property apart; its name is not checked. False: it is none. */
bool chat_remote_text_read_about(
    struct span property, struct chat_remote_about *about);

/* Finds text, and to whom it is said, of EVENT, which has its kind and name, in
 * LINE. False: it is not what chat_remote_text_line writes. */
bool chat_remote_text_read_line(struct span line, struct chat_event *event);

/* Somebody's line without a property: SAY or ME, name (empty: it does not say)
 * and text of EVENT. */
void chat_remote_text_read_guest(struct span line, struct chat_event *event);

/* The decimal number that BYTES begin with, at most UINT32_MAX, and behind it a
 * space, which both are taken away. False: there is none. */
bool chat_remote_text_number(struct span *bytes, uint32_t *number);

/* The word that BYTES begin with, and the space behind it, or the end: taken
 * away. Empty where there is none. */
struct span chat_remote_text_word(struct span *bytes);

#endif
