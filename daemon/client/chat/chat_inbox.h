/* chat_inbox.h — bytes of a stream, or of a datagram → lines. Nothing that
 * comes is dropped: what never ends is cut where it has to be. Pure. */
#ifndef NETLAB_CLIENT_CHAT_INBOX_H
#define NETLAB_CLIENT_CHAT_INBOX_H

#include "core/span.h"

#include <stdbool.h>

enum { CHAT_INBOX_MAX = 4096 };

/* All zeros: nothing has come. */
struct chat_inbox {
	size_t taken, len; /* bytes that were read as lines, and all of them */
	bool has_ends;     /* a line's end has come, ever */
	uint8_t bytes[CHAT_INBOX_MAX];
};

/* Where more may be put, one byte at least as long as all lines were taken;
 * what was taken before is gone. */
struct space chat_inbox_space(struct chat_inbox *inbox);

/* LEN bytes were put there. */
void chat_inbox_put(struct chat_inbox *inbox, size_t len);

/* There are bytes that are no whole line. */
static inline bool
chat_inbox_has_rest(const struct chat_inbox *inbox)
{
	return inbox->taken < inbox->len;
}

/*
 * Takes the first line, without its end (\n or \r\n): LINE borrows it until the
 * next call of chat_inbox_space. IS_LAST: no more comes behind the bytes that
 * are there, or none has for a while, so that they are a line without an end.
 * False: there is none. A line that fills the inbox ends there.
 */
bool chat_inbox_next(struct chat_inbox *inbox, bool is_last, struct span *line);

#endif
