/* chat_pace.h — how fast a script's lines go to a server: as fast as netlabd
 * takes them by default from other hosts (chat_rate, chat_burst), or it would
 * drop some, and then throw the script out. */
#ifndef NETLAB_CLIENT_CHAT_PACE_H
#define NETLAB_CLIENT_CHAT_PACE_H

#include "core/addr.h"
#include "services/chat/chat_flood.h"

#include <stdbool.h>

struct chat_pace {
	bool is_free; /* it takes all at once */
	struct chat_flood flood;
};

/* The server is at PEER: on this host it takes all at once. The name, which is
 * the first line, is said. */
void chat_pace_begin(struct chat_pace *pace, const struct addr *peer);

/* A line is said. */
void chat_pace_say(struct chat_pace *pace);

/* In how many milliseconds the next one may be; 0: at once. */
int chat_pace_wait_ms(const struct chat_pace *pace);

#endif
