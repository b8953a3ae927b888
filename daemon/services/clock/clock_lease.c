/* clock_lease.c — which of the workers looks at the clock. */
#include "services/clock/clock_lease.h"

#include <assert.h>

/* The word: 16 bits of the generation, 6 of the slot, 42 of the end in
 * milliseconds, which are 139 years. */
enum {
	SLOT_BITS = 6,
	GENERATION_BITS = 16,
	END_BITS = 42,
};

static const uint64_t end_mask = (UINT64_C(1) << END_BITS) - 1;

uint32_t
clock_lease_name(unsigned generation, unsigned slot)
{
	assert(slot < 1U << SLOT_BITS);
	return (generation & ((1U << GENERATION_BITS) - 1)) << SLOT_BITS | slot;
}

static uint32_t
name_of(uint64_t word)
{
	return (uint32_t)(word >> END_BITS);
}

static uint64_t
end_of(uint64_t word)
{
	return word & end_mask;
}

/* Generations are counted modulo 2^16, so that they may wrap. */
static bool
is_newer(uint32_t name, uint32_t other)
{
	uint16_t ahead = (uint16_t)((name >> SLOT_BITS) - (other >> SLOT_BITS));

	return ahead != 0 && ahead < 1U << (GENERATION_BITS - 1);
}

bool
clock_lease_take(struct clock_lease *lease, uint32_t name, uint64_t now_ms)
{
	uint64_t old = atomic_load_explicit(&lease->word, memory_order_acquire);
	uint64_t end = (now_ms + CLOCK_LEASE_MS) & end_mask;

	if (name_of(old) != name && end_of(old) > (now_ms & end_mask) &&
	    !is_newer(name, name_of(old)))
		return false;
	/* Another may have taken it since the look: then it is that one's. */
	return atomic_compare_exchange_strong_explicit(&lease->word, &old,
	    (uint64_t)name << END_BITS | end, memory_order_acq_rel,
	    memory_order_acquire);
}

uint64_t
clock_lease_left_ms(const struct clock_lease *lease, uint64_t now_ms)
{
	uint64_t end =
	    end_of(atomic_load_explicit(&lease->word, memory_order_acquire));

	now_ms &= end_mask;
	return end > now_ms ? end - now_ms : 0;
}
