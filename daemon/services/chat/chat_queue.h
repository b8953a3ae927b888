/* chat_queue.h — lines that are for one person alone, until it takes them.
 * Pure. */
#ifndef NETLAB_SERVICES_CHAT_QUEUE_H
#define NETLAB_SERVICES_CHAT_QUEUE_H

#include "core/span.h"
#include "services/chat/chat_memory.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	/* Bytes that wait for one person: it is there to read a long answer and
	 * some messages, and who reads nothing shall cost little. */
	CHAT_QUEUE_MAX = 8 * 1024,
};

/* All zeros: empty. Has memory only while something waits. */
struct chat_queue {
	uint8_t *bytes;    /* entries, one behind the other */
	uint16_t cap, len; /* bytes */
	uint16_t at;       /* of the first entry that was not taken */
	uint16_t skipped;  /* lines that found no room behind these */
};

/* Appends LINE, which has its end, to be told before line PLACE of the room's
 * log. One that finds no room is counted in its stead. */
void chat_queue_add(struct chat_queue *queue, const struct chat_memory *memory,
    uint64_t place, struct span line);

/* The first entry, and the PLACE that it is to be told before; borrowed. False:
 * there is none. */
bool chat_queue_first(
    const struct chat_queue *queue, struct span *line, uint64_t *place);

/* Drops the first entry, which exists; behind the last, lets go of the memory.
 */
void chat_queue_drop(
    struct chat_queue *queue, const struct chat_memory *memory);

/* Has all entries told before whatever comes: the log is another. */
void chat_queue_rebase(struct chat_queue *queue);

/* Drops all. */
void chat_queue_clear(
    struct chat_queue *queue, const struct chat_memory *memory);

#endif
