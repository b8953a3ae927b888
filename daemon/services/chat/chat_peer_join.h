/* chat_peer_join.h — datagrams of those who have not joined the chat yet, and
 * who of them may. Pure. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_PEER_JOIN_H
#define NETLAB_SERVICES_CHAT_CHAT_PEER_JOIN_H

#include "core/span.h"
#include "service.h"
#include "services/chat/chat_peer.h"

#include <stdbool.h>

/* What becomes of a DATAGRAM from where nobody has joined: see
 * chat_peer_answer.
 */
struct reply chat_peer_join(struct chat_peers *peers,
    const struct datagram *datagram, bool is_exempt, struct space out);

#endif
