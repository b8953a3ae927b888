/* chat_peer.c — the chat over UDP. */
#include "services/chat/chat_peer.h"

#include "services/chat/chat_peer_join.h"
#include "services/chat/chat_peer_say.h"
#include "services/chat/chat_peer_tell.h"

bool
chat_peer_init(struct chat_peers *peers, const struct chat_peer_setup *setup)
{
	*peers = (struct chat_peers){.setup = *setup};
	chat_link_init(&peers->woken);
	return chat_peer_table_init(&peers->table, setup->settings->udp_peers,
	    setup->key, &setup->memory);
}

void
chat_peer_end(struct chat_peers *peers)
{
	struct chat_peer *peer;

	while ((peer = chat_peer_table_oldest(&peers->table)) != NULL) {
		chat_hub_leave(
		    peers->setup.hub, &peer->person, (struct span){0});
		chat_peer_table_remove(&peers->table, peer);
	}
	chat_peer_table_end(&peers->table);
}

void
chat_peer_wake(struct chat_peers *peers, struct chat_person *person)
{
	struct chat_peer *peer = CHAT_LINK_OF(person, struct chat_peer, person);

	if (chat_link_is_alone(&peer->in_woken))
		chat_link_add(&peers->woken, &peer->in_woken);
}

void
chat_peer_let_go(
    struct chat_peers *peers, struct chat_peer *peer, struct span reason)
{
	chat_peer_tell(peers, peer);
	chat_hub_leave(peers->setup.hub, &peer->person, reason);
	chat_peer_table_remove(&peers->table, peer);
}

void
chat_peer_keep_out(struct chat_peers *peers, struct chat_peer *peer)
{
	chat_peer_tell(peers, peer);
	chat_hub_leave(peers->setup.hub, &peer->person, (struct span){0});
	peer->is_out = true;
}

/* Lets go of those that were silent for too long. Returns how long the next one
 * has left; 0: there is none. */
static uint64_t
expire(struct chat_peers *peers, uint64_t now_ms)
{
	const uint64_t idle_ms = peers->setup.settings->udp_idle_ms;
	struct chat_peer *peer;

	while ((peer = chat_peer_table_oldest(&peers->table)) != NULL) {
		if (now_ms < peer->heard_ms + idle_ms)
			return peer->heard_ms + idle_ms - now_ms;
		if (!peer->is_out)
			chat_hub_tell(peers->setup.hub, &peer->person,
			    span_of(
			        "* you were silent for too long: good-bye"));
		chat_peer_let_go(peers, peer, span_of("silent for too long"));
	}
	return 0;
}

uint32_t
chat_peer_turn(struct chat_peers *peers, uint64_t now_ms)
{
	uint64_t left_ms = expire(peers, now_ms);

	if (chat_link_is_alone(&peers->woken))
		return (uint32_t)left_ms;
	if (now_ms >= peers->told_ms + CHAT_PEER_PACE_MS) {
		peers->told_ms = now_ms;
		chat_peer_tell_all(peers);
		if (chat_link_is_alone(&peers->woken))
			return (uint32_t)left_ms;
	}
	return (uint32_t)(peers->told_ms + CHAT_PEER_PACE_MS - now_ms);
}

/* The bytes that TEXT of PEER takes in its room's log. */
static size_t
cost_of(const struct chat_peer *peer, struct span text)
{
	const size_t brackets = 4; /* "<", "> ", "\n" */
	size_t cost = 0;

	while (text.len > 0)
		cost += chat_peer_say_line(&text).len + brackets +
		        peer->person.name_len;
	return cost;
}

/* Whether TEXT is too much at this moment. Where a connection would have to
 * wait, datagrams are dropped. */
static bool
is_too_much(struct chat_peers *peers, const struct chat_peer *peer,
    struct span text, uint64_t now_ms)
{
	size_t cost = cost_of(peer, text);

	if (now_ms >= peers->said_ms + CHAT_PEER_PACE_MS) {
		peers->said_ms = now_ms;
		peers->said = 0;
	}
	if (peers->said > 0 && peers->said + cost > CHAT_PEER_SAID_MAX)
		return true;
	peers->said += cost;
	return false;
}

/* A datagram of PEER, who has joined. */
static enum chat_peer_outcome
hear(struct chat_peers *peers, struct chat_peer *peer,
    const struct datagram *datagram)
{
	struct span text = chat_peer_say_text(datagram->bytes);
	enum chat_hub_fate fate;

	chat_peer_table_hear(&peers->table, peer, datagram->now_ms);
	peer->has_answered = true;
	if (text.len == 0) {
		chat_peer_tell(peers, peer);
		return CHAT_PEER_EMPTY;
	}
	if (text.len > CHAT_PEER_MESSAGE_MAX) {
		chat_hub_tell(
		    peers->setup.hub, &peer->person, span_of("! too long"));
		chat_peer_tell(peers, peer);
		return CHAT_PEER_TOO_LONG;
	}
	if (is_too_much(peers, peer, text, datagram->now_ms))
		return CHAT_PEER_DROPPED;
	fate = chat_peer_say(peers, peer, text, datagram->now_ms);
	if (fate == CHAT_HUB_STAYS)
		chat_peer_tell(peers, peer);
	else if (fate == CHAT_HUB_FLOODED)
		chat_peer_keep_out(peers, peer);
	else
		chat_peer_let_go(peers, peer, (struct span){0});
	return chat_peer_say_outcome(fate);
}

/* The peer that DATAGRAM comes from, or NULL: it is new, or was out for long
 * enough. */
static struct chat_peer *
find(struct chat_peers *peers, const struct datagram *datagram)
{
	struct chat_peer *peer = chat_peer_table_find(
	    &peers->table, datagram->peer, datagram->local);

	if (peer == NULL || !peer->is_out ||
	    datagram->now_ms < peer->heard_ms + CHAT_PEER_OUT_MS)
		return peer;
	chat_peer_table_remove(&peers->table, peer);
	return NULL;
}

struct reply
chat_peer_answer(struct chat_peers *peers, const struct datagram *datagram,
    bool is_exempt, struct space out)
{
	struct chat_peer *peer = find(peers, datagram);
	struct reply silence = {
	    .is_silent = true, .outcome = CHAT_PEER_FLOODED};

	if (peer == NULL)
		return chat_peer_join(peers, datagram, is_exempt, out);
	if (peer->is_out)
		chat_peer_table_hear(&peers->table, peer, datagram->now_ms);
	else
		silence.outcome = hear(peers, peer, datagram);
	return silence;
}
