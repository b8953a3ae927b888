/* worker_deadline.c — deadlines of many connections on one coarse wheel. */
#include "worker/worker_deadline.h"

#include <limits.h>
#include <stddef.h>

static unsigned
slot_of(uint64_t tick)
{
	return (unsigned)(tick % WORKER_DEADLINE_SLOTS);
}

void
worker_deadline_init(struct worker_wheel *wheel, uint64_t now_ms)
{
	for (unsigned i = 0; i < WORKER_DEADLINE_SLOTS; i++) {
		struct worker_deadline *head = &wheel->slots[i];

		*head = (struct worker_deadline){head, head, 0, 0};
	}
	for (unsigned i = 0; i < WORKER_DEADLINE_SLOTS / 64; i++)
		wheel->occupied[i] = 0;
	wheel->tick = now_ms / WORKER_DEADLINE_TICK_MS;
}

static void
hang(struct worker_wheel *wheel, struct worker_deadline *deadline)
{
	/* The first tick that begins at or after the deadline, within this
	 * turn of the wheel. */
	uint64_t tick = deadline->at_ms / WORKER_DEADLINE_TICK_MS + 1;
	uint64_t last = wheel->tick + WORKER_DEADLINE_SLOTS - 2;

	if (tick > last)
		tick = last;
	if (tick < wheel->tick)
		tick = wheel->tick;
	struct worker_deadline *head = &wheel->slots[slot_of(tick)];

	deadline->tick = tick;
	deadline->next = head;
	deadline->previous = head->previous;
	head->previous->next = deadline;
	head->previous = deadline;
	wheel->occupied[slot_of(tick) / 64] |= UINT64_C(1)
	                                       << slot_of(tick) % 64;
}

void
worker_deadline_set(struct worker_wheel *wheel,
    struct worker_deadline *deadline, uint64_t at_ms)
{
	bool is_hung = deadline->next != NULL;

	deadline->at_ms = at_ms;
	if (is_hung && at_ms / WORKER_DEADLINE_TICK_MS + 1 >= deadline->tick)
		return;
	worker_deadline_clear(wheel, deadline);
	hang(wheel, deadline);
}

void
worker_deadline_clear(
    struct worker_wheel *wheel, struct worker_deadline *deadline)
{
	unsigned slot = slot_of(deadline->tick);

	if (deadline->next == NULL)
		return;
	deadline->previous->next = deadline->next;
	deadline->next->previous = deadline->previous;
	deadline->next = deadline->previous = NULL;
	if (wheel->slots[slot].next == &wheel->slots[slot])
		wheel->occupied[slot / 64] &= ~(UINT64_C(1) << slot % 64);
}

/* The next slot from wheel->tick on that has entries, as a distance in ticks;
 * WORKER_DEADLINE_SLOTS: none. */
static unsigned
distance_to_next(const struct worker_wheel *wheel)
{
	unsigned start = slot_of(wheel->tick), distance = 0;

	while (distance < WORKER_DEADLINE_SLOTS) {
		unsigned slot = (start + distance) % WORKER_DEADLINE_SLOTS;
		uint64_t word = wheel->occupied[slot / 64] >> slot % 64;

		if (word != 0) {
			distance += (unsigned)__builtin_ctzll(word);
			break;
		}
		distance += 64 - slot % 64;
	}
	return distance < WORKER_DEADLINE_SLOTS ? distance
	                                        : WORKER_DEADLINE_SLOTS;
}

struct worker_deadline *
worker_deadline_due(struct worker_wheel *wheel, uint64_t now_ms)
{
	uint64_t now_tick = now_ms / WORKER_DEADLINE_TICK_MS;

	while (wheel->tick <= now_tick) {
		unsigned distance = distance_to_next(wheel);

		if (distance == WORKER_DEADLINE_SLOTS ||
		    distance > now_tick - wheel->tick) {
			wheel->tick = now_tick + 1;
			break;
		}
		wheel->tick += distance;
		struct worker_deadline *first =
		    wheel->slots[slot_of(wheel->tick)].next;

		worker_deadline_clear(wheel, first);
		if (first->at_ms <= now_ms)
			return first;
		/* Put off since, or further away than the wheel reaches. Its
		 * tick lies behind this one, so the loop ends. */
		wheel->tick++;
		hang(wheel, first);
		wheel->tick--;
	}
	return NULL;
}

int
worker_deadline_sleep_ms(const struct worker_wheel *wheel, uint64_t now_ms)
{
	unsigned distance = distance_to_next(wheel);

	if (distance == WORKER_DEADLINE_SLOTS)
		return -1;
	uint64_t due = (wheel->tick + distance) * WORKER_DEADLINE_TICK_MS;

	return due <= now_ms ? 0 : (int)(due - now_ms);
}
