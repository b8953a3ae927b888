/*
 * sync.h — how far this host's clock can be believed: found out by one process
 * at a time, read by all others without a lock. Who answers with the time
 * (ntp, time, daytime) reads it; the clock room (services/clock/) writes it.
 */
#ifndef NETLAB_CORE_SYNC_H
#define NETLAB_CORE_SYNC_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Leap indicator, RFC 5905 Figure 9. */
enum sync_leap {
	SYNC_LEAP_NONE,
	SYNC_LEAP_INSERT,  /* the day's last minute has 61 seconds */
	SYNC_LEAP_DELETE,  /* … has 59 */
	SYNC_LEAP_UNKNOWN, /* not synchronised */
};

/* The system variables of RFC 5905 §11.1. Times are nanoseconds since 1970
 * (UTC, as CLOCK_REALTIME counts). */
struct sync_state {
	enum sync_leap leap;
	uint8_t stratum;  /* 0: not synchronised; then LEAP is UNKNOWN */
	int8_t precision; /* log2 seconds */
	uint32_t refid;
	uint64_t root_delay_ns;
	uint64_t root_dispersion_ns; /* as of READ_NS; grows from there */
	uint64_t read_ns;            /* when this was found out */
	uint64_t reference_ns;       /* clock last corrected; 0: never */
};

enum {
	/* A state that nobody has renewed for so long is worth nothing. It is
	 * renewed once a second. */
	SYNC_STALE_MS = 4000,
	SYNC_WORDS = 8,
};

/*
 * In memory that is shared over the fork. All zeros: nothing is known. Readers
 * go by a sum over the words, not by an odd number while they are written: a
 * writer may be killed at any point, or sleep there until another has taken
 * its place, and neither may blind a reader nor mix two states for it.
 */
struct sync_page {
	_Alignas(64) _Atomic uint64_t sequence; /* of the writings; 0: none */
	_Atomic uint64_t words[SYNC_WORDS];     /* the last: a sum of the rest
	                                         */
};

/* One process's view of a page. */
struct sync_reader {
	const struct sync_page *page;
	uint64_t sequence;   /* of the copy; 0: none yet */
	uint64_t written_ms; /* CLOCK_MONOTONIC */
	struct sync_state state;
};

/* A reader of PAGE, which outlives it; NULL: a page of which nothing is ever
 * known. */
struct sync_reader sync_reader_init(const struct sync_page *page);

/*
 * Makes STATE, found out at NOW_MS (CLOCK_MONOTONIC), what all readers see. For
 * one process at a time; one that is killed in the middle of it, or that writes
 * beside another, leaves readers with what they had, and the next call mends
 * the page.
 */
void sync_publish(
    struct sync_page *page, const struct sync_state *state, uint64_t now_ms);

/* Copies a page that has changed; a reader that is disturbed a few times over
 * keeps what it had. For sync_look alone. */
void sync_renew(struct sync_reader *reader);

/* What an error bound grows by in PASSED_NS: PHI, 15 µs a second (RFC 5905
 * §7.2). 2^-16 is 15.3 µs, and a shift. */
static inline uint64_t
sync_growth(uint64_t passed_ns)
{
	return passed_ns >> 16;
}

/* How far the clock of STATE is off at the most, in nanoseconds: the root
 * distance of RFC 5905 A.5.5.2. */
static inline uint64_t
sync_distance(const struct sync_state *state)
{
	return state->root_delay_ns / 2 + state->root_dispersion_ns;
}

/* What is told of a clock that nothing is known of: leap 3, stratum 0. */
struct sync_state sync_unknown(int8_t precision);

/*
 * The state as of NOW_MS (CLOCK_MONOTONIC), borrowed until the next call: an
 * unsynchronised one when none was published within SYNC_STALE_MS.
 */
static inline const struct sync_state *
sync_look(struct sync_reader *reader, uint64_t now_ms)
{
	if (reader->page != NULL &&
	    atomic_load_explicit(&reader->page->sequence,
	        memory_order_relaxed) != reader->sequence)
		sync_renew(reader);
	if (reader->state.stratum != 0 && now_ms > reader->written_ms &&
	    now_ms - reader->written_ms > SYNC_STALE_MS)
		reader->state = sync_unknown(reader->state.precision);
	return &reader->state;
}

#endif
