/* bench_totals.h — what udp_load counts, and how it is printed. */
#ifndef NETLAB_BENCH_TOTALS_H
#define NETLAB_BENCH_TOTALS_H

#include <stdint.h>
#include <stdio.h>

struct totals {
	uint64_t sent, answered, lost;
	uint64_t strays; /* answers that nobody waits for: late, twice */
	uint64_t bad;    /* no answer at all, or not the right one */
	uint64_t bytes;
	uint64_t empty;       /* DNS: NOERROR without an answer record */
	uint64_t rcodes[16];  /* DNS */
	uint64_t leaps[4];    /* NTP: by leap indicator */
	uint64_t interleaved; /* NTP */
};

static inline void
totals_count_dns(struct totals *totals, const uint8_t *bytes)
{
	unsigned rcode = bytes[3] & 15;

	totals->rcodes[rcode]++;
	if (rcode == 0 && bytes[6] == 0 && bytes[7] == 0)
		totals->empty++;
}

static inline void
totals_count_ntp(struct totals *totals, const uint8_t *bytes)
{
	totals->leaps[bytes[0] >> 6]++;
}

static inline void
totals_print(const struct totals *totals, double seconds)
{
	printf("sent=%lu answered=%lu lost=%lu strays=%lu bad=%lu "
	       "seconds=%.6f rate=%.0f bytes=%lu empty=%lu interleaved=%lu",
	    totals->sent, totals->answered, totals->lost, totals->strays,
	    totals->bad, seconds, (double)totals->answered / seconds,
	    totals->bytes, totals->empty, totals->interleaved);
	for (unsigned i = 0; i < 16; i++)
		if (totals->rcodes[i] > 0)
			printf(" rcode%u=%lu", i, totals->rcodes[i]);
	for (unsigned i = 0; i < 4; i++)
		if (totals->leaps[i] > 0)
			printf(" leap%u=%lu", i, totals->leaps[i]);
	printf("\n");
}

#endif
