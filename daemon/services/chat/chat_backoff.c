/* chat_backoff.c — how long to wait before the broker is tried again. */
#include "services/chat/chat_backoff.h"

static uint32_t
with_chance(uint32_t wait_ms, uint32_t random)
{
	return wait_ms - random % (wait_ms / 4 + 1);
}

uint32_t
chat_backoff_next(
    struct chat_backoff *backoff, uint64_t lasted_ms, uint32_t random)
{
	if (lasted_ms >= CHAT_BACKOFF_GOOD_MS)
		backoff->brief = 0;
	else if (lasted_ms > 0)
		backoff->brief++;
	if (chat_backoff_is_vain(backoff) && lasted_ms > 0)
		backoff->wait_ms = CHAT_BACKOFF_MOST_MS;
	else if (lasted_ms >= CHAT_BACKOFF_GOOD_MS || backoff->wait_ms == 0)
		backoff->wait_ms = CHAT_BACKOFF_LEAST_MS;
	else if (backoff->wait_ms >= CHAT_BACKOFF_MOST_MS / 2)
		backoff->wait_ms = CHAT_BACKOFF_MOST_MS;
	else
		backoff->wait_ms *= 2;
	return with_chance(backoff->wait_ms, random);
}

bool
chat_backoff_is_vain(const struct chat_backoff *backoff)
{
	return backoff->brief >= CHAT_BACKOFF_BRIEF_MAX;
}
