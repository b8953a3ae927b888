/* stats.c — counters in memory that all processes share. */
#include "core/stats.h"

#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

struct stats_slot *
stats_map(unsigned slot_count)
{
	assert(slot_count > 0 && slot_count <= STATS_SLOT_MAX);
	void *slots = mmap(NULL, slot_count * sizeof(struct stats_slot),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return slots == MAP_FAILED ? NULL : slots;
}

/* Relaxed: a counter is a number on its own, and the reader is content with
 * what it was a moment ago. */
static void
add(_Atomic uint64_t *sum, const _Atomic uint64_t *counter)
{
	*sum += atomic_load_explicit(counter, memory_order_relaxed);
}

void
stats_sum(const struct stats_slot *slots, unsigned slot_count, unsigned service,
    struct stats_service *out)
{
	assert(service < STATS_SERVICE_MAX);
	memset(out, 0, sizeof(*out));
	for (unsigned i = 0; i < slot_count; i++) {
		const struct stats_service *one = &slots[i].services[service];

		add(&out->received, &one->received);
		add(&out->sent, &one->sent);
		add(&out->send_errors, &one->send_errors);
		add(&out->connections, &one->connections);
		for (size_t k = 0; k < STATS_REFUSAL_MAX; k++)
			add(&out->refusals[k], &one->refusals[k]);
		for (size_t k = 0; k < STATS_OUTCOME_MAX; k++)
			add(&out->outcomes[k], &one->outcomes[k]);
	}
}
