/*
 * chat_presence.h — who is in the chat of one host, as the message that its
 * broker keeps: a line "netlabd 1", then one for each person, "ID #ROOM NAME".
 * Pure.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_PRESENCE_H
#define NETLAB_SERVICES_CHAT_CHAT_PRESENCE_H

#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	/* Bytes of a list: some thousand people. It is sent once a second at
	 * most, and no broker's limit is lower in practice. */
	CHAT_PRESENCE_MAX = 128 * 1024,
};

struct chat_presence_person {
	uint32_t id; /* on its host: stays when room and name change */
	struct span room, name;
};

/* Begins a list in OUT, of CHAT_PRESENCE_MAX bytes; returns its length. */
size_t chat_presence_begin(struct space out);

/* Appends PERSON to the list of LEN bytes in OUT; returns its length. Where
 * there is no room for all, the list says so, and no more is appended. */
size_t chat_presence_add(
    struct space out, size_t len, const struct chat_presence_person *person);

/* Takes the first line from LIST. False: it is no list. */
bool chat_presence_open(struct span *list);

/* Takes the next PERSON from LIST; lines that are wrong are passed over. False:
 * it was the last. IS_WHOLE is set to false where people are missing. */
bool chat_presence_next(
    struct span *list, struct chat_presence_person *person, bool *is_whole);

#endif
