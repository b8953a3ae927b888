/*
 * chat_peer.h — the chat over UDP: a peer's first datagram says its name, each
 * further one a message; what it is told leaves in datagrams of whole lines.
 * There is no connection, so that a forged datagram may come from anybody, and
 * a peer that has gone does not say so: who has joined has proved its address
 * unless it is near, hears little until it says a second word, and is out after
 * a while of silence. Pure. CHAT WORKER only.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_PEER_H
#define NETLAB_SERVICES_CHAT_CHAT_PEER_H

#include "core/addr.h"
#include "core/span.h"
#include "service.h"
#include "services/chat/chat_hub.h"
#include "services/chat/chat_link.h"
#include "services/chat/chat_peer_table.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CHAT_PEER_MESSAGE_MAX = 512, /* bytes that a peer may say at once */
	/* What is read of a datagram, so that who says too much hears so. */
	CHAT_PEER_DATAGRAM_MAX = 2048,
	/* Lines for others are gathered so long, while there are many; a timer
	 * of the worker's (service.h) may make it 128 ms more. */
	CHAT_PEER_PACE_MS = 20,
	/* Bytes that rooms hear from peers in that time: a quarter of what they
	 * keep (chat_log.h). More would push out what nobody was told yet. */
	CHAT_PEER_SAID_MAX = 16 * 1024,
	/* Who was thrown out has to be silent for so long to come back, or the
	 * rest of its flood would come and go. */
	CHAT_PEER_OUT_MS = 10 * 1000,
};

/* How a datagram ends. */
enum chat_peer_outcome {
	CHAT_PEER_JOINED,
	CHAT_PEER_HEARD,   /* a message or command of one who has joined */
	CHAT_PEER_LEFT,    /* … and has left by it */
	CHAT_PEER_FLOODED, /* … and was thrown out, or is: it talks too fast */
	CHAT_PEER_CHALLENGED, /* silence or a cookie: the address is to be
	                         proved */
	CHAT_PEER_REFUSED, /* no name, no room for it, or too many of its host
	                    */
	CHAT_PEER_TOO_LONG,
	CHAT_PEER_DROPPED, /* more than people can be told */
	CHAT_PEER_EMPTY,   /* nothing said: one who has joined is still there */
	CHAT_PEER_STRANGE, /* silence: what a chat says, or good-bye of nobody
	                    */
	CHAT_PEER_OUTCOME_COUNT,
};

/* What begins with chat_peer_init. */
struct chat_peer_setup {
	struct chat_hub *hub;
	struct chat_memory memory;
	/* Sends BYTES from LOCAL to PEER, or drops them. */
	void (*send)(void *context, const struct addr *local,
	    const struct addr *peer, struct span bytes);
	void *context;
	const struct chat_settings *settings;
	uint32_t host_max; /* peers at one address; 0: as many as there are */
	uint64_t key[2];   /* secret */
};

struct chat_peers {
	struct chat_peer_setup setup;
	struct chat_peer_table table;
	struct chat_link woken; /* peers that have something to take */
	uint64_t told_ms;       /* when all of these were told last */
	uint64_t said_ms;       /* since when all of them have said … */
	size_t said;            /* … so many bytes */
};

/* A chat without peers, as SETUP says, whose pointers outlive it. False: no
 * memory. */
bool chat_peer_init(struct chat_peers *peers,
    const struct chat_peer_setup *setup) __attribute__((warn_unused_result));

/* Lets go of all peers and all memory, and tells nobody. */
void chat_peer_end(struct chat_peers *peers);

/* What becomes of a datagram (service.h: answer()): its outcome is an enum
 * chat_peer_outcome. IS_EXEMPT: its host may have as many peers as there are,
 * and these talk as fast as they can. Those that have joined get what they hear
 * by send, the others at most one reply. */
struct reply chat_peer_answer(struct chat_peers *peers,
    const struct datagram *datagram, bool is_exempt, struct space out);

/* The hub's wake, of a person of CHAT_PERSON_DATAGRAM. */
void chat_peer_wake(struct chat_peers *peers, struct chat_person *person);

/* Whether somebody has something to take: chat_peer_turn is to be called soon.
 */
static inline bool
chat_peer_is_woken(const struct chat_peers *peers)
{
	return !chat_link_is_alone(&peers->woken);
}

/*
 * To be called at the end of whatever may have woken somebody, and when it asks
 * for it: tells peers what they have to take, and lets those go that were
 * silent for too long. Returns after how many ms it wants to be called; 0: not
 * at all.
 */
uint32_t chat_peer_turn(struct chat_peers *peers, uint64_t now_ms);

/* PEER is gone: it is told what it still has to take, and the others of its
 * room that it has left, with REASON unless that is empty, or they know. */
void chat_peer_let_go(
    struct chat_peers *peers, struct chat_peer *peer, struct span reason);

/* PEER, who talks too fast, has left the hub: it is told what it still has to
 * take, and nobody hears it until it was silent for CHAT_PEER_OUT_MS. */
void chat_peer_keep_out(struct chat_peers *peers, struct chat_peer *peer);

#endif
