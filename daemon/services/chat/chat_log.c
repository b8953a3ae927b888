/* chat_log.c — a ring of bytes, and a ring of where lines begin in it. */
#include "services/chat/chat_log.h"

#include <assert.h>
#include <string.h>

/* Lines that the log of CAP bytes can tell apart. */
static uint32_t
line_cap(uint32_t cap)
{
	return cap / CHAT_LOG_LINE_MEAN;
}

static struct chat_log_line *
line_at(const struct chat_log *log, uint64_t place)
{
	return &log->lines[place & (line_cap(log->cap) - 1)];
}

/* Where line PLACE begins; that of the next: where the last ends. */
static uint32_t
begin_of(const struct chat_log *log, uint64_t place)
{
	return place == log->next ? log->head : line_at(log, place)->at;
}

/* Bytes in use. */
static uint32_t
used(const struct chat_log *log)
{
	return log->head - begin_of(log, log->first);
}

/* Copies LEN bytes that begin at AT. */
static void
read_at(const struct chat_log *log, uint32_t at, size_t len, uint8_t *out)
{
	size_t begin = at & (log->cap - 1), straight = log->cap - begin;

	if (len <= straight) {
		memcpy(out, log->bytes + begin, len);
		return;
	}
	memcpy(out, log->bytes + begin, straight);
	memcpy(out + straight, log->bytes, len - straight);
}

static void
write_at(struct chat_log *log, uint32_t at, struct span bytes)
{
	size_t begin = at & (log->cap - 1), straight = log->cap - begin;

	if (bytes.len <= straight) {
		memcpy(log->bytes + begin, bytes.data, bytes.len);
		return;
	}
	memcpy(log->bytes + begin, bytes.data, straight);
	memcpy(log->bytes, bytes.data + straight, bytes.len - straight);
}

/* Moves all that is there to a ring of twice the size. */
static bool
grow(struct chat_log *log, const struct chat_memory *memory)
{
	struct chat_log new = *log;

	new.cap = log->cap == 0 ? CHAT_LOG_MIN : 2 * log->cap;
	new.bytes = memory->allocate(memory->context,
	    new.cap + line_cap(new.cap) * sizeof(struct chat_log_line));
	if (new.bytes == NULL)
		return false;
	new.lines = (struct chat_log_line *)(void *)(new.bytes + new.cap);
	if (log->cap > 0) {
		uint32_t begin = begin_of(log, log->first), len = used(log);
		size_t straight = log->cap - (begin & (log->cap - 1));

		if (straight > len)
			straight = len;
		write_at(&new, begin,
		    (struct span){
		        log->bytes + (begin & (log->cap - 1)), straight});
		write_at(&new, begin + (uint32_t)straight,
		    (struct span){log->bytes, len - straight});
		for (uint64_t i = log->first; i < log->next; i++)
			*line_at(&new, i) = *line_at(log, i);
	}
	memory->release(memory->context, log->bytes);
	*log = new;
	return true;
}

/* True: a line of LEN bytes finds room. */
static bool
has_room(const struct chat_log *log, size_t len)
{
	return log->cap > 0 && log->cap - used(log) >= len &&
	       log->next - log->first < line_cap(log->cap);
}

bool
chat_log_add(struct chat_log *log, const struct chat_memory *memory,
    uint32_t sender, bool is_talk, struct span line)
{
	assert(line.len <= CHAT_LOG_MIN);
	while (!has_room(log, line.len) && log->cap < CHAT_LOG_MAX)
		if (!grow(log, memory))
			break;
	if (log->cap == 0)
		return false;
	while (!has_room(log, line.len))
		log->first++;
	*line_at(log, log->next) = (struct chat_log_line){
	    .at = log->head, .sender = sender << 1 | is_talk};
	write_at(log, log->head, line);
	log->head += (uint32_t)line.len;
	log->next++;
	return true;
}

size_t
chat_log_len(const struct chat_log *log, uint64_t place)
{
	return begin_of(log, place + 1) - begin_of(log, place);
}

bool
chat_log_is_talk(const struct chat_log *log, uint64_t place)
{
	return (line_at(log, place)->sender & 1) != 0;
}

/* The end of the lines from PLACE to below END that are not SENDER's and fit
 * into CAP bytes. */
static uint64_t
run_end(const struct chat_log *log, uint64_t place, uint64_t end,
    uint32_t sender, size_t cap)
{
	uint32_t begin = begin_of(log, place);

	/* All of them, mostly. */
	if (sender == 0 && begin_of(log, end) - begin <= cap)
		return end;
	while (place < end &&
	       (sender == 0 || line_at(log, place)->sender >> 1 != sender) &&
	       begin_of(log, place + 1) - begin <= cap)
		place++;
	return place;
}

size_t
chat_log_copy(const struct chat_log *log, uint64_t *place, uint64_t end,
    uint32_t sender, struct space out)
{
	size_t made = 0;

	while (*place < end) {
		if (sender != 0 &&
		    line_at(log, *place)->sender >> 1 == sender) {
			++*place;
			continue;
		}
		uint64_t stop =
		    run_end(log, *place, end, sender, out.cap - made);
		uint32_t begin = begin_of(log, *place);
		size_t len = begin_of(log, stop) - begin;

		if (stop == *place)
			break;
		read_at(log, begin, len, out.data + made);
		made += len;
		*place = stop;
	}
	return made;
}

uint64_t
chat_log_back(const struct chat_log *log, uint32_t count)
{
	uint64_t place = log->next;

	for (uint64_t i = log->next; i > log->first && count > 0; i--) {
		if (!chat_log_is_talk(log, i - 1))
			continue;
		place = i - 1;
		count--;
	}
	return place;
}

void
chat_log_forget(struct chat_log *log)
{
	log->first = log->next;
}

void
chat_log_clear(struct chat_log *log, const struct chat_memory *memory)
{
	memory->release(memory->context, log->bytes);
	*log = (struct chat_log){0};
}
