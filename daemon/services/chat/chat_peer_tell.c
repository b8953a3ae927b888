/* chat_peer_tell.c — what UDP peers are told. */
#include "services/chat/chat_peer_tell.h"

#include <string.h>

void
chat_peer_tell_bytes(
    struct chat_peers *peers, struct chat_peer *peer, struct span bytes)
{
	peer->sent_count++;
	peers->setup.send(
	    peers->setup.context, &peer->local, &peer->addr, bytes);
}

/* How many of LINES, whole ones, go into one datagram: one at least. */
static size_t
gathered(struct span lines)
{
	const uint8_t *end;

	if (lines.len <= CHAT_PEER_TELL_GATHER_MAX)
		return lines.len;
	end = memrchr(lines.data, '\n', CHAT_PEER_TELL_GATHER_MAX);
	if (end == NULL)
		end = memchr(lines.data, '\n', lines.len);
	return end == NULL ? lines.len : (size_t)(end - lines.data) + 1;
}

static void
send_lines(struct chat_peers *peers, struct chat_peer *peer, struct span lines)
{
	while (lines.len > 0) {
		size_t len = gathered(lines);

		chat_peer_tell_bytes(
		    peers, peer, (struct span){lines.data, len});
		lines.data += len;
		lines.len -= len;
	}
}

/* Whether PEER may be somebody who never asked for any of this. */
static bool
is_doubtful(const struct chat_peer *peer)
{
	return !peer->has_answered && !peer->person.is_exempt &&
	       peer->sent_count >= CHAT_PEER_TELL_UNANSWERED_MAX;
}

void
chat_peer_tell(struct chat_peers *peers, struct chat_peer *peer)
{
	uint8_t bytes[CHAT_PEER_TELL_AT_ONCE_MAX];
	const struct space out = {bytes, sizeof(bytes)};

	chat_link_remove(&peer->in_woken);
	if (is_doubtful(peer)) {
		if (peer->sent_count == CHAT_PEER_TELL_UNANSWERED_MAX)
			chat_peer_tell_bytes(peers, peer,
			    span_of("* say something to hear more\n"));
		return;
	}
	send_lines(peers, peer,
	    (struct span){
	        bytes, chat_hub_take(peers->setup.hub, &peer->person, out)});
}

void
chat_peer_tell_all(struct chat_peers *peers)
{
	struct chat_link now;

	/* Who is woken again meanwhile has got his share of this time. */
	chat_link_init(&now);
	while (!chat_link_is_alone(&peers->woken)) {
		struct chat_link *link = peers->woken.next;

		chat_link_remove(link);
		chat_link_add(&now, link);
	}
	while (!chat_link_is_alone(&now))
		chat_peer_tell(
		    peers, CHAT_LINK_OF(now.next, struct chat_peer, in_woken));
}
