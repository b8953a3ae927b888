/*
 * limit.h — how often each source was answered, in memory that all workers
 * share: no source gets more by asking several of them. No locks: one word
 * holds all that is known of a source, and is exchanged whole.
 *
 * A source is an IPv4 address, an IPv6 network of /64 (of whose addresses one
 * machine may use as many as it likes) or a link-local IPv6 address, as seen by
 * one service. Where its word lies is a secret, so nobody can push others out
 * by choice. Whoever is in debt least makes room for a new source: a flood of
 * forged addresses, one datagram each, does not make the table forget those
 * that ask without end.
 *
 * The clock is an argument: CLOCK_MONOTONIC milliseconds, the same in all
 * processes. It may be some milliseconds apart between them.
 */
#ifndef NETLAB_CORE_LIMIT_H
#define NETLAB_CORE_LIMIT_H

#include "core/addr.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	LIMIT_WAYS = 8, /* words of a bucket: one cache line */
	LIMIT_BUCKETS = 8192,
	/* A source hears that it asks too fast at most once in so long. */
	LIMIT_TELL_MS = 64000,
	/* Interval times burst, at most: what a word's clock can tell apart. */
	LIMIT_SPAN_MS = 1 << 26,
};

struct limit_bucket {
	_Alignas(64) _Atomic uint64_t sources[LIMIT_WAYS];
};

/* All zeros: nobody has asked anything. */
struct limit_table {
	struct limit_bucket buckets[LIMIT_BUCKETS];
};

/* BURST answers at once, and one more each INTERVAL_MS (GCRA, ITU-T I.371). */
struct limit_rate {
	uint32_t interval_ms;
	uint32_t span_ms; /* burst × interval: LIMIT_SPAN_MS at most */
};

/* All answers of one service. All zeros: none was given yet. */
struct limit_total {
	_Alignas(64) _Atomic uint64_t due_ns;
};

/* The source that ADDR (its port aside) is to service SERVICE, never 0. KEY:
 * 128 secret bits. */
uint64_t limit_source(
    const uint64_t key[2], unsigned service, const struct addr *addr);

/* Has the memory fetched that limit_admit will look at. */
static inline void
limit_prefetch(const struct limit_table *table, uint64_t source)
{
	__builtin_prefetch(&table->buckets[source % LIMIT_BUCKETS], 1);
}

/* Whether SOURCE may be answered at NOW_MS; if so, that counts. Any process. */
bool limit_admit(struct limit_table *table, const struct limit_rate *rate,
    uint64_t source, uint64_t now_ms) __attribute__((warn_unused_result));

/* Whether SOURCE, which was not admitted just now, is to be told: true once in
 * LIMIT_TELL_MS, as long as the table remembers it. Any process. */
bool limit_tell(struct limit_table *table, uint64_t source, uint64_t now_ms)
    __attribute__((warn_unused_result));

/* Takes up to WANTED of the PER_SECOND answers (not 0) that TOTAL may have, of
 * which a tenth of a second's may come at once. Returns how many. Any process.
 */
unsigned limit_take(struct limit_total *total, uint32_t per_second,
    unsigned wanted, uint64_t now_ms) __attribute__((warn_unused_result));

#endif
