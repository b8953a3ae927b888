/* chat_peer_tell.h — what UDP peers are told: datagrams of whole lines. Pure.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_PEER_TELL_H
#define NETLAB_SERVICES_CHAT_CHAT_PEER_TELL_H

#include "core/span.h"
#include "services/chat/chat_peer.h"

enum {
	/* Lines that leave together: as much as the lectures' clients read. A
	 * line that is longer leaves alone, whole. */
	CHAT_PEER_TELL_GATHER_MAX = 512,
	/* Datagrams for one that has said its name, and nothing else yet: the
	 * most that a forged name brings upon somebody. */
	CHAT_PEER_TELL_UNANSWERED_MAX = 16,
	/* Bytes for a peer in one go. What is beyond that waits for the next.
	 */
	CHAT_PEER_TELL_AT_ONCE_MAX = 4096,
};

/* Sends BYTES to PEER. */
void chat_peer_tell_bytes(
    struct chat_peers *peers, struct chat_peer *peer, struct span bytes);

/* Tells PEER what it has to take. What it does not get, since it has yet to
 * prove that it listens, waits in the room's log, to be overwritten. */
void chat_peer_tell(struct chat_peers *peers, struct chat_peer *peer);

/* The same for all that were woken. */
void chat_peer_tell_all(struct chat_peers *peers);

#endif
