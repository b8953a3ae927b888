/* chat_queue.c — lines that are for one person alone. */
#include "services/chat/chat_queue.h"

#include <string.h>

enum {
	QUEUE_MIN = 256, /* bytes: room for an answer or two */
	HEADER = 8 + 2,  /* of each entry: its place and its length */
};

/* What lies before AT was taken. */
static void
compact(struct chat_queue *queue)
{
	if (queue->at == 0)
		return;
	memmove(queue->bytes, queue->bytes + queue->at,
	    (size_t)(queue->len - queue->at));
	queue->len = (uint16_t)(queue->len - queue->at);
	queue->at = 0;
}

/* Makes room for NEED bytes more. False: there is no more of it. */
static bool
reserve(struct chat_queue *queue, const struct chat_memory *memory, size_t need)
{
	size_t cap = queue->cap == 0 ? QUEUE_MIN : queue->cap;

	if ((size_t)(queue->cap - queue->len) >= need)
		return true;
	compact(queue);
	while (cap < queue->len + need)
		cap *= 2;
	if (cap == queue->cap)
		return true;
	if (cap > CHAT_QUEUE_MAX)
		return false;
	uint8_t *bytes = memory->allocate(memory->context, cap);

	if (bytes == NULL)
		return false;
	if (queue->len > 0)
		memcpy(bytes, queue->bytes, queue->len);
	memory->release(memory->context, queue->bytes);
	queue->bytes = bytes;
	queue->cap = (uint16_t)cap;
	return true;
}

void
chat_queue_add(struct chat_queue *queue, const struct chat_memory *memory,
    uint64_t place, struct span line)
{
	const uint16_t len = (uint16_t)line.len;

	/* Once something is missing, all that would follow it is: who has gone
	 * on reading is told how much. */
	if (queue->skipped > 0 || !reserve(queue, memory, HEADER + line.len)) {
		if (queue->skipped < UINT16_MAX)
			queue->skipped++;
		return;
	}
	memcpy(queue->bytes + queue->len, &place, sizeof(place));
	memcpy(queue->bytes + queue->len + sizeof(place), &len, sizeof(len));
	memcpy(queue->bytes + queue->len + HEADER, line.data, line.len);
	queue->len = (uint16_t)(queue->len + HEADER + line.len);
}

/* Bytes of the line of the entry at AT. */
static uint16_t
len_at(const struct chat_queue *queue, size_t at)
{
	uint16_t len;

	memcpy(&len, queue->bytes + at + HEADER - sizeof(len), sizeof(len));
	return len;
}

bool
chat_queue_first(
    const struct chat_queue *queue, struct span *line, uint64_t *place)
{
	if (queue->at == queue->len)
		return false;
	memcpy(place, queue->bytes + queue->at, sizeof(*place));
	*line = (struct span){
	    queue->bytes + queue->at + HEADER, len_at(queue, queue->at)};
	return true;
}

void
chat_queue_drop(struct chat_queue *queue, const struct chat_memory *memory)
{
	queue->at = (uint16_t)(queue->at + HEADER + len_at(queue, queue->at));
	if (queue->at < queue->len)
		return;
	memory->release(memory->context, queue->bytes);
	queue->bytes = NULL;
	queue->cap = queue->len = queue->at = 0;
}

void
chat_queue_rebase(struct chat_queue *queue)
{
	const uint64_t place = 0;

	for (size_t at = queue->at; at < queue->len;
	     at += HEADER + len_at(queue, at))
		memcpy(queue->bytes + at, &place, sizeof(place));
}

void
chat_queue_clear(struct chat_queue *queue, const struct chat_memory *memory)
{
	memory->release(memory->context, queue->bytes);
	*queue = (struct chat_queue){0};
}
