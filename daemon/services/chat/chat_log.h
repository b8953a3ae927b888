/*
 * chat_log.h — what was said in a room: its latest lines, once for all who have
 * yet to be told, in a ring of bytes beside a ring of where lines begin. Lines
 * have numbers, in which people have their places. Pure.
 */
#ifndef NETLAB_SERVICES_CHAT_LOG_H
#define NETLAB_SERVICES_CHAT_LOG_H

#include "core/span.h"
#include "services/chat/chat_memory.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CHAT_LOG_MIN = 2048, /* bytes: room for the longest line, at least */
	CHAT_LOG_MAX = 64 * 1024, /* … and for 10 ms of the busiest room */
	CHAT_LOG_LINE_MEAN = 32,  /* so many bytes of the ring for each line */
};

struct chat_log_line {
	uint32_t at;     /* where it begins, of all bytes ever, modulo 2^32 */
	uint32_t sender; /* id × 2, + 1 if it is talk, not a notice */
};

/* All zeros: nothing was said yet. */
struct chat_log {
	uint8_t *bytes;              /* CAP, a power of two */
	struct chat_log_line *lines; /* behind these: CAP / LINE_MEAN */
	uint32_t cap;
	uint32_t head;        /* bytes ever written, modulo 2^32 */
	uint64_t first, next; /* numbers of the oldest line that is there, and
	                         of the next to come */
};

/* Appends LINE, with its end, of at most CHAT_LOG_MIN bytes, said by the
 * person of id SENDER (0: nobody). The oldest lines make room for it when the
 * ring is as large as it may be. False: no memory. */
bool chat_log_add(struct chat_log *log, const struct chat_memory *memory,
    uint32_t sender, bool is_talk, struct span line)
    __attribute__((warn_unused_result));

/*
 * Copies lines from PLACE, which is there, to below END, but for those of
 * SENDER (0: all), whole ones, as many as fit into OUT; moves PLACE behind them
 * and returns their length.
 */
size_t chat_log_copy(const struct chat_log *log, uint64_t *place, uint64_t end,
    uint32_t sender, struct space out);

/* Bytes of line PLACE, which is there. */
size_t chat_log_len(const struct chat_log *log, uint64_t place);
bool chat_log_is_talk(const struct chat_log *log, uint64_t place);

/* The place from which on COUNT lines are talk, or all that are there. */
uint64_t chat_log_back(const struct chat_log *log, uint32_t count);

/* Drops all lines: everybody has been told. */
void chat_log_forget(struct chat_log *log);

/* Gives the memory back. */
void chat_log_clear(struct chat_log *log, const struct chat_memory *memory);

#endif
