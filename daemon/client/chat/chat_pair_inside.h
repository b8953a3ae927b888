/* chat_pair_inside.h — what the files of a chat of two share: who they are, and
 * how far they have come. */
#ifndef NETLAB_CLIENT_CHAT_PAIR_INSIDE_H
#define NETLAB_CLIENT_CHAT_PAIR_INSIDE_H

#include "client/chat/chat_announce.h"
#include "client/chat/chat_console.h"
#include "client/chat/chat_listen.h"
#include "client/chat/chat_self.h"
#include "client/chat/chat_wire.h"
#include "client/options.h"

#include <stdbool.h>
#include <stdint.h>

enum chat_pair_state {
	CHAT_PAIR_WAITING, /* a listener: for somebody */
	CHAT_PAIR_NAMING,  /* for the other's name */
	CHAT_PAIR_TALKING,
	CHAT_PAIR_LEAVING, /* for the other to close, when we have said farewell
	                    */
	CHAT_PAIR_OVER,
};

struct chat_pair {
	struct chat_console console;
	const struct options *options;
	struct span name;
	bool is_listener;
	struct chat_listen listener;
	struct chat_announce announce;
	struct chat_wire wire; /* from CHAT_PAIR_NAMING on */
	enum chat_pair_state state;
	int status;          /* when CHAT_PAIR_OVER */
	int64_t deadline_ms; /* of CHAT_PAIR_NAMING and CHAT_PAIR_LEAVING */
	int64_t name_ms; /* CHAT_PAIR_NAMING by UDP: when ours goes out again */
	int64_t gap_ms;  /* before that nothing is said */
	bool is_bare;    /* the other knows no ends of lines */
	struct chat_self other;
};

static inline bool
chat_pair_inside_is_udp(const struct chat_pair *pair)
{
	return pair->wire.reach.transport == TRANSPORT_UDP;
}

#endif
