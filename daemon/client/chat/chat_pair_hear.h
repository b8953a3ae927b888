/* chat_pair_hear.h — what the other says. */
#ifndef NETLAB_CLIENT_CHAT_PAIR_HEAR_H
#define NETLAB_CLIENT_CHAT_PAIR_HEAR_H

#include "client/chat/chat_pair_inside.h"

/* Takes all that has come of the other: its name, lines, its end. */
void chat_pair_hear(struct chat_pair *pair);

#endif
