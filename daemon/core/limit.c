/* limit.c — how often each source was answered. */
#include "core/limit.h"

#include "core/siphash.h"

#include <string.h>

/*
 * A source's word: whose it is (24 bits of the source's hash), when it was told
 * that it asks too fast (12 bits, in units of 4096 ms), and when it will be out
 * of debt (28 bits, in milliseconds). Both clocks wrap. 0: free.
 */
enum {
	TAG_SHIFT = 40,
	TOLD_SHIFT = 28,
	TOLD_BITS = 12,
	DUE_BITS = 28,
	TOLD_UNIT_SHIFT = 12, /* from milliseconds */
	/* Units that say for sure that LIMIT_TELL_MS have passed. */
	TOLD_UNITS = LIMIT_TELL_MS / (1 << TOLD_UNIT_SHIFT) + 2,
	/* How far apart the clocks of two processes may be, generously: a debt
	 * that is larger than a span by more is of another age. */
	SKEW_MS = 60000,
	/* Others change the same bucket at the same moment: at most one of them
	 * fails each time. */
	ATTEMPTS = 8,
};

static const uint64_t told_mask = (UINT64_C(1) << TOLD_BITS) - 1;
static const uint64_t due_mask = (UINT64_C(1) << DUE_BITS) - 1;

uint64_t
limit_source(const uint64_t key[2], unsigned service, const struct addr *addr)
{
	/* What counts of the address; then the service, and what kind of
	 * address it is. */
	uint64_t head = addr->in4.sin_addr.s_addr;
	uint64_t tail = service;

	if (addr->any.sa_family == AF_INET6) {
		const uint8_t *in6 = addr->in6.sin6_addr.s6_addr;
		bool is_local = IN6_IS_ADDR_LINKLOCAL(&addr->in6.sin6_addr);

		/* All of a link's machines share one /64 there. */
		memcpy(&head, is_local ? in6 + 8 : in6, sizeof(head));
		tail |= is_local ? 2 << 16 : 1 << 16;
	}
	uint64_t source = siphash_15(key, head, tail);

	return source == 0 ? 1 : source;
}

static uint64_t
told_unit(uint64_t now_ms)
{
	return now_ms >> TOLD_UNIT_SHIFT & told_mask;
}

/* From NOW_MS until WORD's source is out of debt: less than 0 if it is. */
static int32_t
debt_of(uint64_t word, uint64_t now_ms)
{
	/* The difference of two clocks of 28 bits, with its sign. */
	uint32_t ahead = (uint32_t)(word - now_ms) << (32 - DUE_BITS);

	return (int32_t)ahead / (1 << (32 - DUE_BITS));
}

/* The place of SOURCE, and in *WORD what it holds; NULL: it has none. */
static _Atomic uint64_t *
find(struct limit_bucket *bucket, uint64_t source, uint64_t *word)
{
	for (unsigned i = 0; i < LIMIT_WAYS; i++) {
		*word = atomic_load_explicit(
		    &bucket->sources[i], memory_order_relaxed);
		if (*word >> TAG_SHIFT == source >> TAG_SHIFT && *word != 0)
			return &bucket->sources[i];
	}
	return NULL;
}

/* The place that is needed least: a free one, else that of the source that has
 * been out of debt longest, or will be first. */
static _Atomic uint64_t *
find_room(struct limit_bucket *bucket, uint64_t now_ms, uint64_t *word)
{
	unsigned best = 0;
	int64_t least = INT64_MAX;

	for (unsigned i = 0; i < LIMIT_WAYS; i++) {
		uint64_t one = atomic_load_explicit(
		    &bucket->sources[i], memory_order_relaxed);
		int64_t debt = one == 0 ? INT64_MIN : debt_of(one, now_ms);

		/* More than anybody can owe: it has wrapped. */
		if (debt > LIMIT_SPAN_MS + SKEW_MS)
			debt = INT64_MIN;
		if (debt < least) {
			least = debt;
			best = i;
			*word = one;
		}
	}
	return &bucket->sources[best];
}

static bool
exchange(_Atomic uint64_t *place, uint64_t expected, uint64_t word)
{
	return atomic_compare_exchange_strong_explicit(
	    place, &expected, word, memory_order_relaxed, memory_order_relaxed);
}

/* WORD with the time until which its source owes, from now. */
static uint64_t
owe(uint64_t word, uint64_t now_ms, uint32_t debt_ms)
{
	return (word & ~due_mask) | ((now_ms + debt_ms) & due_mask);
}

bool
limit_admit(struct limit_table *table, const struct limit_rate *rate,
    uint64_t source, uint64_t now_ms)
{
	struct limit_bucket *bucket = &table->buckets[source % LIMIT_BUCKETS];

	for (unsigned i = 0; i < ATTEMPTS; i++) {
		uint64_t word;
		_Atomic uint64_t *place = find(bucket, source, &word);
		/* It was told so long ago that it may be told. */
		uint64_t fresh = source >> TAG_SHIFT << TAG_SHIFT |
		                 ((told_unit(now_ms) - TOLD_UNITS) & told_mask)
		                     << TOLD_SHIFT;
		uint32_t debt_ms = 0;

		if (place == NULL) {
			place = find_room(bucket, now_ms, &word);
		} else {
			int32_t debt = debt_of(word, now_ms);

			/* Beyond the span: under another rate, or wrapped. */
			if (debt > 0 &&
			    (uint32_t)debt <= rate->span_ms + SKEW_MS)
				debt_ms = (uint32_t)debt;
			fresh = word;
		}
		debt_ms += rate->interval_ms;
		if (debt_ms > rate->span_ms)
			return false;
		if (exchange(place, word, owe(fresh, now_ms, debt_ms)))
			return true;
	}
	return true;
}

bool
limit_tell(struct limit_table *table, uint64_t source, uint64_t now_ms)
{
	struct limit_bucket *bucket = &table->buckets[source % LIMIT_BUCKETS];
	uint64_t word;
	_Atomic uint64_t *place = find(bucket, source, &word);

	if (place == NULL)
		return false;
	uint64_t since = (told_unit(now_ms) - (word >> TOLD_SHIFT)) & told_mask;

	/* Almost a whole turn: another process's clock is a little ahead. */
	if (since < TOLD_UNITS || since > told_mask - TOLD_UNITS)
		return false;
	/* Who fails has changed places with a process that tells it. */
	return exchange(place, word,
	    (word & ~(told_mask << TOLD_SHIFT)) | told_unit(now_ms)
	                                              << TOLD_SHIFT);
}

unsigned
limit_take(struct limit_total *total, uint32_t per_second, unsigned wanted,
    uint64_t now_ms)
{
	static const uint64_t second_ns = 1000000000;
	uint64_t interval_ns = second_ns / per_second;
	uint64_t now_ns = now_ms * 1000000;
	uint64_t due_ns =
	    atomic_load_explicit(&total->due_ns, memory_order_relaxed);
	uint64_t count;
	uint64_t next_ns;

	do {
		uint64_t debt_ns = due_ns > now_ns ? due_ns - now_ns : 0;

		if (debt_ns > second_ns / 10)
			return 0;
		count = (second_ns / 10 - debt_ns) / interval_ns + 1;
		if (count > wanted)
			count = wanted;
		next_ns = now_ns + debt_ns + count * interval_ns;
	} while (!atomic_compare_exchange_weak_explicit(&total->due_ns, &due_ns,
	    next_ns, memory_order_relaxed, memory_order_relaxed));
	return (unsigned)count;
}
