/* worker_limit.c — who gets how many answers. */
#include "worker/worker_limit.h"

#include "core/siphash.h"
#include "worker/outcome.h"
#include "worker/worker_guard.h"

#include <sys/random.h>

enum access {
	ACCESS_UNLISTED,
	ACCESS_ALLOWED,
	ACCESS_DENIED,
};

enum { IS_EXEMPT = 1 };

enum {
	/* Taken from the shared total at a time, at most: what a worker that
	 * has gone may leave unused. */
	GRANT_MAX = 32,
	/* A smaller total is taken in smaller parts. */
	GRANTS_PER_SECOND = 1000,
};

/* A list holds no more than a table: nothing is left out. */
_Static_assert(2 * (int)SETTINGS_PREFIX_MAX <= (int)PREFIX_TABLE_MAX,
    "both lists of addresses fit in one table");

static bool
add_all(struct prefix_table *table, const struct settings_prefixes *prefixes,
    uint8_t value)
{
	for (uint32_t i = 0; i < prefixes->count; i++)
		if (!prefix_table_add(table, &prefixes->list[i], value))
			return false;
	return true;
}

bool
worker_limit_init(struct worker_limit *limit,
    const struct settings_limit *settings, struct shared *shared)
{
	*limit = (struct worker_limit){
	    .settings = settings,
	    .shared = shared,
	    .rate = {.interval_ms = settings->interval_ms,
	        .span_ms = settings->interval_ms * settings->burst},
	};
	/* Of the same prefix in both lists, the first counts: denied. */
	return getrandom(limit->dice_key, sizeof(limit->dice_key), 0) ==
	           (ssize_t)sizeof(limit->dice_key) &&
	       add_all(&limit->exempt, &settings->exempt, IS_EXEMPT) &&
	       add_all(&limit->access, &settings->deny, ACCESS_DENIED) &&
	       add_all(&limit->access, &settings->allow, ACCESS_ALLOWED);
}

unsigned
worker_limit_parts(
    const struct worker_limit *limit, const struct service *service)
{
	const struct settings_limit *settings = limit->settings;
	bool is_limited = (service->needs & NEED_RATE_LIMIT) != 0;
	bool is_short = (service->needs & NEED_SHORT_REPLY) != 0;
	unsigned parts = 0;

	if (is_limited || (service->needs & NEED_LOOP_GUARD) != 0)
		parts |= WORKER_LIMIT_SENDER;
	if (limit->access.count4 + limit->access.count6 > 0)
		parts |= WORKER_LIMIT_ACCESS;
	if (is_limited && settings->interval_ms > 0)
		parts |= WORKER_LIMIT_RATE;
	if (is_limited && settings->total > 0)
		parts |= WORKER_LIMIT_TOTAL;
	if (is_short && settings->amplification != SETTINGS_AMPLIFICATION_ANY)
		parts |= WORKER_LIMIT_SHORT;
	return parts;
}

bool
worker_limit_allows(const struct worker_limit *limit, const struct addr *addr)
{
	uint8_t access = prefix_table_find(&limit->access, addr);

	if (access == ACCESS_UNLISTED)
		return limit->settings->allow.count == 0;
	return access == ACCESS_ALLOWED;
}

void
worker_limit_ahead(struct worker_limit *limit, unsigned index,
    const struct addr *peers, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (prefix_table_find(&limit->exempt, &peers[i]) != 0) {
			limit->sources[i] = 0;
			continue;
		}
		limit->sources[i] =
		    limit_source(limit->shared->key, index, &peers[i]);
		limit_prefetch(&limit->shared->sources, limit->sources[i]);
	}
}

/* One in LEAK of those beyond their rate is answered still: nobody can make a
 * server silent to somebody else by asking in his name. */
static bool
leaks(struct worker_limit *limit)
{
	uint32_t leak = limit->settings->leak;

	if (leak == 0)
		return false;
	uint32_t throw =
	    (uint32_t)siphash_15(limit->dice_key, limit->dice_thrown++, 0);

	return throw % leak == 0;
}

unsigned
worker_limit_admit(struct worker_limit *limit, unsigned parts,
    const struct addr *peer, unsigned number, uint64_t now_ms)
{
	uint64_t source = limit->sources[number];

	if ((parts & WORKER_LIMIT_SENDER) != 0 && !worker_guard_is_sender(peer))
		return OUTCOME_GUARD_SENDER;
	if ((parts & WORKER_LIMIT_ACCESS) != 0 &&
	    !worker_limit_allows(limit, peer))
		return OUTCOME_GUARD_DENIED;
	if ((parts & WORKER_LIMIT_RATE) != 0 && source != 0 &&
	    !limit_admit(
	        &limit->shared->sources, &limit->rate, source, now_ms) &&
	    !leaks(limit))
		return OUTCOME_GUARD_RATE;
	return OUTCOME_NONE;
}

bool
worker_limit_tells(struct worker_limit *limit, unsigned number, uint64_t now_ms)
{
	return limit_tell(
	    &limit->shared->sources, limit->sources[number], now_ms);
}

size_t
worker_limit_reply_max(struct worker_limit *limit,
    const struct service *service, const struct datagram *question)
{
	size_t len = question->bytes.len + service->reply_growth;

	if (limit->settings->amplification == SETTINGS_AMPLIFICATION_LOCAL &&
	    worker_net_has(&limit->net, question->peer, question->now_ms))
		return question->reply_max;
	return len < question->reply_max ? len : question->reply_max;
}

bool
worker_limit_take(struct worker_limit *limit, unsigned index, uint64_t now_ms)
{
	uint32_t total = limit->settings->total;
	unsigned *granted = &limit->granted[index];

	if (*granted == 0) {
		unsigned wanted = total / GRANTS_PER_SECOND;

		if (wanted == 0)
			wanted = 1;
		*granted = limit_take(&limit->shared->totals[index], total,
		    wanted < GRANT_MAX ? wanted : GRANT_MAX, now_ms);
	}
	if (*granted == 0)
		return false;
	--*granted;
	return true;
}
