/* chat_name.h — what people and rooms may be called. Pure. */
#ifndef NETLAB_SERVICES_CHAT_NAME_H
#define NETLAB_SERVICES_CHAT_NAME_H

#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CHAT_NAME_POINTS_MAX = 24, /* code points, a room's # aside */
	/* Bytes of a person's name, or of a room's, with its #. */
	CHAT_NAME_SIZE = 1 + CHAT_NAME_POINTS_MAX * 4,
};

/*
 * A person's name: 1 to 24 code points of strict UTF-8, each shown on its own:
 * no controls, no spaces of any kind, nothing without width, none of <>:#@, of
 * which lines and commands are made; nor is a / its first.
 */
bool chat_name_is_good(struct span name);

/* A room's name: # and 1 to 24 of letters, digits, - _ . and whatever is
 * neither ASCII nor unfit for a person's name. Such a name without its # is one
 * level of an MQTT topic (MQTT 5.0 §4.7.1). */
bool chat_name_is_room(struct span name);

/* Makes the best name of TEXT, some UTF-8: what is unfit becomes _, what is
 * too long goes; of nothing, "guest". Writes it to OUT, returns its length. */
size_t chat_name_fit(struct span text, uint8_t out[CHAT_NAME_SIZE]);

/* NAME with NUMBER behind it, shorter than NAME if it has to be. */
size_t chat_name_number(
    struct span name, unsigned number, uint8_t out[CHAT_NAME_SIZE]);

/* The same name: letters of ASCII in any case, all else byte by byte. */
bool chat_name_is_equal(struct span a, struct span b);

/* NAME is the word with which a notice of the server begins: whoever had it
 * could write such notices with /me ("* the server stops"). */
bool chat_name_is_notice(struct span name);

/* Writes NAME with small letters of ASCII to OUT, which has room for it. */
struct span chat_name_fold(struct span name, uint8_t *out);

#endif
