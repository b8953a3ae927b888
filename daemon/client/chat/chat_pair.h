/*
 * chat_pair.h — two people and no server: the lectures' chat between two
 * machines. Names are exchanged first, then lines go both ways, and "Left chat
 * room!" is the last of them.
 *
 * Between netlabs a name ends with a line's end, by TCP and UDP, and so does
 * each line by TCP; by UDP a line is a datagram without one, and an empty
 * datagram says that one is still there. Who sends a name without an end is a
 * client as the lectures have them: it is answered likewise, and nothing else
 * is expected of it.
 */
#ifndef NETLAB_CLIENT_CHAT_PAIR_H
#define NETLAB_CLIENT_CHAT_PAIR_H

#include "client/chat/chat_self.h"
#include "client/options.h"

/* How UDP peers know that the other is there: each says something so often, and
 * is lost after CHAT_WIRE_LOST_MS of silence. */
enum { CHAT_PAIR_ALIVE_MS = 4000 };

/* Waits for one (--listen), announces that, and talks with it. Returns
 * VERB_GOOD when either has left; VERB_NO_REPLY when the other was lost;
 * VERB_USAGE: the port is not free. */
int chat_pair_listen(const struct options *options,
    const struct chat_self *self) __attribute__((warn_unused_result));

/* Talks with one that waits at PLACE, HOST[:PORT], or is called so, @NAME
 * (--peer). Returns the same; VERB_NEGATIVE: it talks with somebody else. */
int chat_pair_call(const struct options *options, const char *place,
    const struct chat_self *self) __attribute__((warn_unused_result));

#endif
