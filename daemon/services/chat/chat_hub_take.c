/* chat_hub_take.c — what one person has yet to be told → bytes, in order. */
#include "services/chat/chat_hub.h"

#include "services/chat/chat_compose.h"

#include <string.h>

/* One call of chat_hub_take. */
struct taking {
	struct chat_hub *hub;
	struct chat_person *person;
	struct space out; /* what is left of it */
	bool is_full;     /* the next line did not fit */
};

static void
put(struct taking *taking, struct span bytes)
{
	if (bytes.len > taking->out.cap) {
		taking->is_full = true;
		return;
	}
	memcpy(taking->out.data, bytes.data, bytes.len);
	taking->out.data += bytes.len;
	taking->out.cap -= bytes.len;
}

/* "* 12 lines skipped" */
static void
put_skipped(struct taking *taking, uint64_t count, const char *what)
{
	struct chat_compose line = {.len = 0};

	chat_compose_text(&line, "* ");
	chat_compose_number(&line, count);
	chat_compose_text(&line, what);
	chat_compose_text(&line, count == 1 ? "line skipped" : "lines skipped");
	put(taking, chat_compose_end(&line));
}

/* Lines that were said before the person came have a mark, so that nobody takes
 * them for new; notices among them are old news. */
static void
put_history(struct taking *taking, const struct chat_log *log, uint64_t end)
{
	static const uint8_t mark[] = {'|', ' '};
	uint64_t *place = &taking->person->place;

	if (end > taking->person->live_from)
		end = taking->person->live_from;
	while (*place < end) {
		uint64_t before = *place;
		struct space out = taking->out;

		if (!chat_log_is_talk(log, *place)) {
			++*place;
			continue;
		}
		if (chat_log_len(log, *place) + sizeof(mark) > out.cap) {
			taking->is_full = true;
			return;
		}
		put(taking, (struct span){mark, sizeof(mark)});
		size_t len =
		    chat_log_copy(log, place, before + 1, 0, taking->out);

		taking->out.data += len;
		taking->out.cap -= len;
	}
}

/* What the room has heard, up to line END. */
static void
put_room(struct taking *taking, const struct chat_log *log, uint64_t end)
{
	struct chat_person *person = taking->person;

	if (person->place < log->first) {
		/* What is history was never promised. */
		uint64_t from = person->place < person->live_from
		                    ? person->live_from
		                    : person->place;

		if (from < log->first)
			put_skipped(taking, log->first - from, " ");
		if (taking->is_full)
			return;
		person->place = log->first;
	}
	put_history(taking, log, end);
	if (taking->is_full || person->place >= end)
		return;
	size_t len = chat_log_copy(log, &person->place, end,
	    person->own_end > person->place ? person->id : 0, taking->out);

	taking->out.data += len;
	taking->out.cap -= len;
	taking->is_full = person->place < end;
}

/* All that there is, the room's lines and its own in the order in which they
 * came. */
static void
put_all(struct taking *taking)
{
	struct chat_person *person = taking->person;
	const struct chat_memory *memory = &taking->hub->calls.memory;
	struct chat_queue *queue = &person->queue;
	struct span line;
	uint64_t place;

	while (chat_queue_first(queue, &line, &place)) {
		if (person->room != NULL && person->place < place &&
		    person->live_from < place)
			put_room(taking, &person->room->log, place);
		if (!taking->is_full)
			put(taking, line);
		if (taking->is_full)
			return;
		chat_queue_drop(queue, memory);
	}
	if (queue->skipped > 0) {
		put_skipped(taking, queue->skipped, " private ");
		if (taking->is_full)
			return;
		queue->skipped = 0;
	}
	if (person->room != NULL)
		put_room(taking, &person->room->log, person->room->log.next);
}

size_t
chat_hub_take(
    struct chat_hub *hub, struct chat_person *person, struct space out)
{
	struct taking taking = {.hub = hub, .person = person, .out = out};

	if (!person->is_woken)
		return 0;
	put_all(&taking);
	if (taking.is_full) {
		hub->calls.wake(hub->calls.context, person);
	} else {
		person->is_woken = false;
		if (person->room != NULL)
			chat_room_catch_up(person->room, person);
	}
	return out.cap - taking.out.cap;
}
