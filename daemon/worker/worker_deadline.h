/*
 * worker_deadline.h — deadlines of many connections on one coarse wheel.
 *
 * Nearly every deadline is put off again before it comes (each request on a
 * kept connection does so), hence putting off is one store: the entry stays
 * where it is on the wheel and is moved when its old slot comes round. Pure.
 */
#ifndef NETLAB_WORKER_DEADLINE_H
#define NETLAB_WORKER_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	/* 128 ms a slot: a deadline comes at most that late, and a turn of
	 * the wheel (131 s) is longer than any timeout in use, so that an
	 * entry is rarely moved twice. Longer ones are, and still come right.
	 */
	WORKER_DEADLINE_TICK_MS = 128,
	WORKER_DEADLINE_SLOTS = 1024,
};

struct worker_deadline {
	struct worker_deadline *next, *previous; /* NULL: not on the wheel */
	uint64_t at_ms; /* when it is due, by CLOCK_MONOTONIC */
	uint64_t tick;  /* of the slot that it hangs in */
};

struct worker_wheel {
	struct worker_deadline slots[WORKER_DEADLINE_SLOTS]; /* list heads */
	uint64_t occupied[WORKER_DEADLINE_SLOTS / 64];
	uint64_t tick; /* all before it have been looked at */
};

/* Empties WHEEL and sets its clock. It points into itself: never copy it. */
void worker_deadline_init(struct worker_wheel *wheel, uint64_t now_ms);

/* Sets or moves DEADLINE, zeroed before its first use, to AT_MS. The wheel
 * keeps the pointer until worker_deadline_clear. */
void worker_deadline_set(struct worker_wheel *wheel,
    struct worker_deadline *deadline, uint64_t at_ms);

/* Takes DEADLINE off the wheel; harmless when it is not on it. */
void worker_deadline_clear(
    struct worker_wheel *wheel, struct worker_deadline *deadline);

/* Takes one deadline that is due by NOW_MS off the wheel and returns it; NULL:
 * none. Call until NULL. */
struct worker_deadline *worker_deadline_due(
    struct worker_wheel *wheel, uint64_t now_ms);

/* How long a sleep may last: milliseconds from NOW_MS until a slot with
 * entries comes; -1: the wheel is empty. */
int worker_deadline_sleep_ms(const struct worker_wheel *wheel, uint64_t now_ms);

#endif
