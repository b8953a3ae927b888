/*
 * chat_flood.h — how fast a person may talk: some lines at once, then so many a
 * second. What is beyond that nobody hears, and who goes on regardless is
 * thrown out. Pure.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_FLOOD_H
#define NETLAB_SERVICES_CHAT_CHAT_FLOOD_H

#include <stdint.h>

/* The line beyond the rate, since the last pause, that is one too many. */
enum { CHAT_FLOOD_OVER_MAX = 20 };

struct chat_flood_rate {
	uint32_t per_second; /* lines; 0: as many as one likes */
	uint32_t burst;      /* lines at once: 1 at least */
};

/* Of one person; all zeros: has said nothing yet. */
struct chat_flood {
	uint64_t seen_ms; /* when DEBT was right */
	uint32_t debt;    /* thousandths of lines that are not paid by time */
	uint32_t over;    /* lines beyond the rate since DEBT was last none */
};

enum chat_flood_verdict {
	CHAT_FLOOD_PASS,
	CHAT_FLOOD_WARN, /* the first that is dropped: the person is told */
	CHAT_FLOOD_DROP,
	CHAT_FLOOD_KICK, /* the person has to go */
};

/*
 * What becomes of a line that is said at NOW_MS: a token bucket, of which only
 * lines that pass take something. OVER is forgotten once the bucket is full
 * again: after a pause of burst / per_second seconds. BURST ≤ 1,000,000 and
 * PER_SECOND ≤ 1,000,000.
 */
enum chat_flood_verdict chat_flood_line(struct chat_flood *flood,
    const struct chat_flood_rate *rate, uint64_t now_ms);

/* How long after NOW_MS a line would pass; 0: it would now. */
uint64_t chat_flood_wait_ms(const struct chat_flood *flood,
    const struct chat_flood_rate *rate, uint64_t now_ms);

#endif
