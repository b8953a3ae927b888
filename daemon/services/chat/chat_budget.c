/* chat_budget.c — how much of a broker is read. */
#include "services/chat/chat_budget.h"

void
chat_budget_fill(struct chat_budget *budget, uint64_t now_ms)
{
	uint64_t passed_ms = now_ms - budget->filled_ms;

	budget->filled_ms = now_ms;
	budget->left += (int64_t)passed_ms * (CHAT_BUDGET_PER_SECOND / 1000);
	if (budget->left > CHAT_BUDGET_PER_SECOND)
		budget->left = CHAT_BUDGET_PER_SECOND;
}

void
chat_budget_spend(struct chat_budget *budget, size_t len)
{
	budget->left -= CHAT_BUDGET_PACKET + (int64_t)len;
}

bool
chat_budget_is_left(const struct chat_budget *budget)
{
	return budget->left > 0;
}
