/* chat_budget.h — how much of a broker is read, so that people here do not wait
 * for those elsewhere: what is beyond that waits at the broker. Pure. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_BUDGET_H
#define NETLAB_SERVICES_CHAT_CHAT_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CHAT_BUDGET_PER_SECOND = 2 << 20, /* bytes; also the most at once */
	CHAT_BUDGET_PACKET = 100, /* bytes that each is taken for at least */
};

struct chat_budget {
	uint64_t filled_ms; /* when LEFT was right */
	int64_t left;       /* bytes; below 0 for a packet that was longer */
};

/* What time has added until NOW_MS: what was not read for a while may be read
 * together, for a second at most. */
void chat_budget_fill(struct chat_budget *budget, uint64_t now_ms);

/* A packet with LEN bytes of payload has been read. */
void chat_budget_spend(struct chat_budget *budget, size_t len);

/* Whether more may be read. */
bool chat_budget_is_left(const struct chat_budget *budget);

#endif
