/* chat_flood.c — how fast a person may talk. */
#include "services/chat/chat_flood.h"

enum { LINE = 1000 }; /* what a line costs: PER_SECOND is paid a millisecond */

/* What time has paid of the debt. */
static void
pay(struct chat_flood *flood, uint32_t per_second, uint64_t now_ms)
{
	uint64_t passed = now_ms > flood->seen_ms ? now_ms - flood->seen_ms : 0;

	/* By division: the product of a long time would not fit. */
	if (passed > flood->debt / per_second)
		flood->debt = 0;
	else
		flood->debt -= (uint32_t)passed * per_second;
	flood->seen_ms = now_ms;
	if (flood->debt == 0)
		flood->over = 0;
}

enum chat_flood_verdict
chat_flood_line(struct chat_flood *flood, const struct chat_flood_rate *rate,
    uint64_t now_ms)
{
	if (rate->per_second == 0)
		return CHAT_FLOOD_PASS;
	pay(flood, rate->per_second, now_ms);
	if (flood->debt <= (rate->burst - 1) * LINE) {
		flood->debt += LINE;
		return CHAT_FLOOD_PASS;
	}
	flood->over++;
	if (flood->over == 1)
		return CHAT_FLOOD_WARN;
	return flood->over < CHAT_FLOOD_OVER_MAX ? CHAT_FLOOD_DROP
	                                         : CHAT_FLOOD_KICK;
}

uint64_t
chat_flood_wait_ms(const struct chat_flood *flood,
    const struct chat_flood_rate *rate, uint64_t now_ms)
{
	struct chat_flood paid = *flood;
	uint32_t most = (rate->burst - 1) * LINE;

	if (rate->per_second == 0)
		return 0;
	pay(&paid, rate->per_second, now_ms);
	if (paid.debt <= most)
		return 0;
	return (paid.debt - most + rate->per_second - 1) / rate->per_second;
}
