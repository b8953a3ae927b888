/* chat_peer_say.h — what UDP peers say: a datagram is a line, or several. Pure.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_PEER_SAY_H
#define NETLAB_SERVICES_CHAT_CHAT_PEER_SAY_H

#include "core/span.h"
#include "services/chat/chat_peer.h"

#include <stdint.h>

/* What a datagram of BYTES says: these without line ends behind them. */
struct span chat_peer_say_text(struct span bytes);

/* Takes the first line off LEFT; without its end, "\n" or "\r\n". */
struct span chat_peer_say_line(struct span *left);

/* PEER says TEXT, one line or several, until one decides about its fate. It is
 * told what there is before each line, but not behind the last. */
enum chat_hub_fate chat_peer_say(struct chat_peers *peers,
    struct chat_peer *peer, struct span text, uint64_t now_ms);

/* The outcome of a datagram that ended in FATE. */
enum chat_peer_outcome chat_peer_say_outcome(enum chat_hub_fate fate);

#endif
