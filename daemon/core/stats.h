/*
 * stats.h — counters in memory that all processes share. The master maps them
 * before its first fork; each worker writes its own slot and nobody else's;
 * slots outlive a crash, and a slot that is used again goes on from where it
 * was, so that a sum over all slots never goes back.
 */
#ifndef NETLAB_CORE_STATS_H
#define NETLAB_CORE_STATS_H

#include <stdatomic.h>
#include <stdint.h>

enum {
	STATS_SERVICE_MAX = 16,
	STATS_OUTCOME_MAX = 48, /* the worker's own and the service's */
	STATS_REFUSAL_MAX = 5,
	STATS_SLOT_MAX = 512,
};

/* What the worker counts for each service, beside the named outcomes. */
struct stats_service {
	_Alignas(
	    64) _Atomic uint64_t received; /* datagrams read; requests read
	                                      whole (or refused) on streams:
	                                      counted behind all else that is
	                                      counted of them */
	_Atomic uint64_t sent; /* answers: datagrams that the kernel took, and
	                          what was made for requests on streams */
	_Atomic uint64_t send_errors; /* answers that it did not take: lost */
	_Atomic uint64_t connections; /* accepted */
	_Atomic uint64_t
	    refusals[STATS_REFUSAL_MAX]; /* of these, closed unheard: named in
	                                    worker/outcome.h */
	_Atomic uint64_t
	    outcomes[STATS_OUTCOME_MAX]; /* their sum is RECEIVED */
};

/* One worker's counters; one writer at a time. */
struct stats_slot {
	_Alignas(64) _Atomic uint64_t
	    turn; /* of its loop: odd while it works, even while it waits for
	             something to do; one that hangs stays odd and the same */
	struct stats_service services[STATS_SERVICE_MAX];
};

/* Maps SLOT_COUNT zeroed slots, shared over fork. NULL: errno. Master, once. */
struct stats_slot *stats_map(unsigned slot_count);

/* Adds to a counter that only this process writes: no locked instruction. */
static inline void
stats_add(_Atomic uint64_t *counter, uint64_t amount)
{
	atomic_store_explicit(counter,
	    atomic_load_explicit(counter, memory_order_relaxed) + amount,
	    memory_order_relaxed);
}

/* The worker goes about its work: TURN is odd, and none that was before; also
 * where the slot's last one has died at work. */
static inline void
stats_turn_begin(struct stats_slot *slot)
{
	uint64_t turn = atomic_load_explicit(&slot->turn, memory_order_relaxed);

	atomic_store_explicit(
	    &slot->turn, (turn + 1) | 1, memory_order_relaxed);
}

/* It has done all there was, and waits for more: TURN is even. */
static inline void
stats_turn_end(struct stats_slot *slot)
{
	stats_add(&slot->turn, 1);
}

/* Sums service SERVICE over all slots into OUT (any process). */
void stats_sum(const struct stats_slot *slots, unsigned slot_count,
    unsigned service, struct stats_service *out);

#endif
