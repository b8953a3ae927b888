/* chat_peer_say.c — what UDP peers say. */
#include "services/chat/chat_peer_say.h"

#include "services/chat/chat_peer_tell.h"

#include <string.h>

struct span
chat_peer_say_line(struct span *left)
{
	const uint8_t *end = memchr(left->data, '\n', left->len);
	struct span line = *left;

	if (end != NULL)
		line.len = (size_t)(end - line.data);
	left->data += line.len + (end != NULL);
	left->len -= line.len + (end != NULL);
	if (line.len > 0 && line.data[line.len - 1] == '\r')
		line.len--;
	return line;
}

enum chat_hub_fate
chat_peer_say(struct chat_peers *peers, struct chat_peer *peer,
    struct span text, uint64_t now_ms)
{
	enum chat_hub_fate fate = CHAT_HUB_STAYS;

	while (text.len > 0 && fate == CHAT_HUB_STAYS) {
		struct span line = chat_peer_say_line(&text);

		if (line.len == 0)
			continue;
		/* What was said before comes before the answer, and is not lost
		 * if this is good-bye. */
		chat_peer_tell(peers, peer);
		fate = chat_hub_line(
		    peers->setup.hub, &peer->person, line, false, now_ms);
	}
	return fate;
}

enum chat_peer_outcome
chat_peer_say_outcome(enum chat_hub_fate fate)
{
	switch (fate) {
	case CHAT_HUB_STAYS:
		return CHAT_PEER_HEARD;
	case CHAT_HUB_LEFT:
		return CHAT_PEER_LEFT;
	case CHAT_HUB_FLOODED:
		break;
	}
	return CHAT_PEER_FLOODED;
}

struct span
chat_peer_say_text(struct span text)
{
	while (text.len > 0 && (text.data[text.len - 1] == '\n' ||
	                           text.data[text.len - 1] == '\r'))
		text.len--;
	return text;
}
