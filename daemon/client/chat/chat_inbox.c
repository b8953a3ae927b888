/* chat_inbox.c — bytes of a stream, or of a datagram → lines. */
#include "client/chat/chat_inbox.h"

#include "services/chat/chat_text.h"

#include <string.h>

struct space
chat_inbox_space(struct chat_inbox *inbox)
{
	inbox->len -= inbox->taken;
	memmove(inbox->bytes, inbox->bytes + inbox->taken, inbox->len);
	inbox->taken = 0;
	return (struct space){
	    inbox->bytes + inbox->len, sizeof(inbox->bytes) - inbox->len};
}

void
chat_inbox_put(struct chat_inbox *inbox, size_t len)
{
	inbox->len += len;
}

bool
chat_inbox_next(struct chat_inbox *inbox, bool is_last, struct span *line)
{
	struct span rest = {
	    inbox->bytes + inbox->taken, inbox->len - inbox->taken};
	const uint8_t *end =
	    rest.len == 0 ? NULL : memchr(rest.data, '\n', rest.len);

	*line = rest;
	if (end != NULL) {
		inbox->has_ends = true;
		line->len = (size_t)(end - rest.data);
		inbox->taken += line->len + 1;
		if (line->len > 0 && line->data[line->len - 1] == '\r')
			line->len--;
		return true;
	}
	if (rest.len == sizeof(inbox->bytes))
		/* Not within a character. */
		line->len = chat_text_cut(rest, rest.len - 1);
	else if (!is_last || rest.len == 0)
		return false;
	inbox->taken += line->len;
	return true;
}
