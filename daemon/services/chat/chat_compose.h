/* chat_compose.h — one line for people, put together of pieces. Pure. */
#ifndef NETLAB_SERVICES_CHAT_COMPOSE_H
#define NETLAB_SERVICES_CHAT_COMPOSE_H

#include "core/span.h"

#include <stdbool.h>

enum { CHAT_COMPOSE_MAX = 1200 }; /* bytes, the line's end among them */

/* LEN bytes so far; .len = 0 to begin. What finds no room is left out. */
struct chat_compose {
	size_t len;
	uint8_t bytes[CHAT_COMPOSE_MAX];
};

void chat_compose_span(struct chat_compose *line, struct span bytes);
void chat_compose_text(struct chat_compose *line, const char *text);
void chat_compose_number(struct chat_compose *line, unsigned long number);

/* The line with its end; borrowed from LINE. */
struct span chat_compose_end(struct chat_compose *line);

/* Whether LEN bytes more, and the end, would find room below LIMIT. */
static inline bool
chat_compose_has_room(const struct chat_compose *line, size_t len, size_t limit)
{
	return line->len + len < limit;
}

#endif
