/*
 * chat_outbox.c — messages that wait to leave for other hosts.
 *
 * A message lies in one piece: the lengths of its parts, then these. Where the
 * rest of the ring is too short for it, it lies at its beginning, and WRAP says
 * where the rest was.
 */
#include "services/chat/chat_outbox.h"

#include <string.h>

enum {
	/* Each length in four bytes: a ring is longer than 64 KiB. */
	HEAD_LEN = CHAT_OUTBOX_PARTS * sizeof(uint32_t),
};

void
chat_outbox_init(struct chat_outbox *outbox, uint8_t *bytes)
{
	*outbox =
	    (struct chat_outbox){.bytes = bytes, .wrap = CHAT_OUTBOX_SIZE};
}

static bool
is_wrapped(const struct chat_outbox *outbox)
{
	return outbox->end < outbox->start;
}

/* Where LEN bytes have their place; CHAT_OUTBOX_SIZE: nowhere. The end never
 * comes to stand on the start: that is what an empty ring looks like. */
static uint32_t
find_room(struct chat_outbox *outbox, size_t len)
{
	if (is_wrapped(outbox))
		return outbox->start - outbox->end > len ? outbox->end
		                                         : CHAT_OUTBOX_SIZE;
	if (CHAT_OUTBOX_SIZE - outbox->end >= len)
		return outbox->end;
	if (outbox->start > len) {
		outbox->wrap = outbox->end;
		return 0;
	}
	return CHAT_OUTBOX_SIZE;
}

bool
chat_outbox_add(
    struct chat_outbox *outbox, const struct chat_outbox_message *message)
{
	uint32_t lens[CHAT_OUTBOX_PARTS];
	size_t len = HEAD_LEN;

	for (unsigned i = 0; i < CHAT_OUTBOX_PARTS; i++) {
		if (message->parts[i].len > CHAT_OUTBOX_SIZE)
			return false;
		lens[i] = (uint32_t)message->parts[i].len;
		len += lens[i];
	}
	uint32_t at = find_room(outbox, len);

	if (at == CHAT_OUTBOX_SIZE)
		return false;
	memcpy(outbox->bytes + at, lens, HEAD_LEN);
	at += HEAD_LEN;
	for (unsigned i = 0; i < CHAT_OUTBOX_PARTS; at += lens[i++])
		if (lens[i] != 0)
			memcpy(outbox->bytes + at, message->parts[i].data,
			    lens[i]);
	outbox->end = at;
	return true;
}

/* Where the oldest message lies. */
static uint32_t
first_at(const struct chat_outbox *outbox)
{
	return is_wrapped(outbox) && outbox->start == outbox->wrap
	           ? 0
	           : outbox->start;
}

bool
chat_outbox_first(
    const struct chat_outbox *outbox, struct chat_outbox_message *message)
{
	uint32_t at = first_at(outbox), lens[CHAT_OUTBOX_PARTS];

	if (outbox->start == outbox->end)
		return false;
	memcpy(lens, outbox->bytes + at, HEAD_LEN);
	at += HEAD_LEN;
	for (unsigned i = 0; i < CHAT_OUTBOX_PARTS; at += lens[i++])
		message->parts[i] = (struct span){outbox->bytes + at, lens[i]};
	return true;
}

void
chat_outbox_drop(struct chat_outbox *outbox)
{
	uint32_t at = first_at(outbox), lens[CHAT_OUTBOX_PARTS];

	memcpy(lens, outbox->bytes + at, HEAD_LEN);
	at += HEAD_LEN;
	for (unsigned i = 0; i < CHAT_OUTBOX_PARTS; i++)
		at += lens[i];
	outbox->start = at;
	if (outbox->start == outbox->end)
		chat_outbox_init(outbox, outbox->bytes);
}
