/* chat_tally.h — what chat_load counts: whether everybody in a room hears each
 * line of the others once, in its order, and how late. */
#ifndef NETLAB_BENCH_CHAT_TALLY_H
#define NETLAB_BENCH_CHAT_TALLY_H

#include "chat_lines.h"

enum {
	TALLY_BUCKET_NS = 100 * 1000,
	TALLY_BUCKETS = 100 * 1000, /* up to ten seconds */
};

struct chat_tally {
	uint32_t rooms, members; /* of each room */
	uint32_t *heard;         /* by reader and sender's place in the room:
	                            the last number */
	uint64_t said, expected, delivered;
	uint64_t disorder; /* a line behind one that was said later, or twice */
	uint64_t strays;   /* of another room, or one's own */
	uint64_t skipped, errors, notices; /* lines of the server */
	uint64_t closed;                   /* connections, by the server */
	uint64_t blocked;                  /* lines that it did not take */
	uint64_t late_ns;                  /* how far this load fell behind */
	uint64_t last_ns;                  /* when the last line came */
	uint32_t *late; /* histogram of how old lines were when they came */
};

static inline void
chat_tally_init(struct chat_tally *tally, uint32_t clients, uint32_t rooms)
{
	tally->rooms = rooms;
	tally->members = (clients + rooms - 1) / rooms;
	tally->heard =
	    calloc((size_t)clients * tally->members, sizeof(*tally->heard));
	tally->late = calloc(TALLY_BUCKETS, sizeof(*tally->late));
	if (tally->heard == NULL || tally->late == NULL)
		bench_die("tally");
}

/* LINE has come to READER at NOW_NS. */
static inline void
chat_tally_hear(struct chat_tally *tally, uint32_t reader,
    const struct chat_line *line, uint64_t now_ns)
{
	uint32_t place = line->sender / tally->rooms;
	uint64_t bucket = (now_ns - line->said_ns) / TALLY_BUCKET_NS;
	uint32_t *heard =
	    &tally->heard[(size_t)reader * tally->members + place];

	if (line->sender == reader || place >= tally->members ||
	    line->sender % tally->rooms != reader % tally->rooms) {
		tally->strays++;
		return;
	}
	if (line->number <= *heard)
		tally->disorder++;
	*heard = line->number;
	tally->delivered++;
	tally->last_ns = now_ns;
	tally->late[bucket < TALLY_BUCKETS ? bucket : TALLY_BUCKETS - 1]++;
}

/* How late PART of all lines were at the most, in milliseconds. */
static inline double
chat_tally_late_ms(const struct chat_tally *tally, double part)
{
	uint64_t wanted = (uint64_t)(part * (double)tally->delivered);
	uint64_t seen = 0;
	unsigned i = 0;

	while (i < TALLY_BUCKETS - 1 && (seen += tally->late[i]) < wanted)
		i++;
	return (i + 1) * (TALLY_BUCKET_NS / 1e6);
}

static inline void
chat_tally_print(const struct chat_tally *tally, double seconds)
{
	printf("said=%lu expected=%lu delivered=%lu lost=%lu disorder=%lu "
	       "strays=%lu skipped=%lu errors=%lu closed=%lu blocked=%lu "
	       "seconds=%.3f rate=%.0f p50=%.1f p99=%.1f p999=%.1f max=%.1f "
	       "behind=%.1f\n",
	    tally->said, tally->expected, tally->delivered,
	    tally->expected - tally->delivered, tally->disorder, tally->strays,
	    tally->skipped, tally->errors, tally->closed, tally->blocked,
	    seconds, (double)tally->delivered / seconds,
	    chat_tally_late_ms(tally, 0.5), chat_tally_late_ms(tally, 0.99),
	    chat_tally_late_ms(tally, 0.999), chat_tally_late_ms(tally, 1),
	    (double)tally->late_ns / 1e6);
}

#endif
