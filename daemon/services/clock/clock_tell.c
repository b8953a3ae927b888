/* clock_tell.c — what the log is told of the clock. */
#include "services/clock/clock_tell.h"

#include <stdio.h>

static bool
is_told(const struct clock_told *told, enum clock_source_kind kind,
    const struct sync_state *state)
{
	return told->is_anything && told->kind == kind &&
	       told->leap == state->leap && told->stratum == state->stratum;
}

/* The first answer of a mirror that has just been asked may be on its way. */
static bool
is_early(const struct clock_memory *memory)
{
	const struct clock_mirror *mirror = &memory->source.mirror;

	return memory->mirror.len != 0 && mirror->answered.boot_ns == 0 &&
	       mirror->silent == 0;
}

/* Takes one of the lines that may still be said. */
static bool
may_tell(struct clock_told *told, uint64_t boot_ns)
{
	const uint64_t regain_ns = CLOCK_TELL_REGAIN * CLOCK_MOMENT_SECOND_NS;

	if (told->spent == 0)
		told->boot_ns = boot_ns;
	for (; told->spent > 0 && boot_ns - told->boot_ns >= regain_ns;
	     told->spent--)
		told->boot_ns += regain_ns;
	if (told->spent >= CLOCK_TELL_BURST)
		return false;
	told->spent++;
	return true;
}

static void
describe(const struct clock_memory *memory, const struct sync_state *state,
    char line[CLOCK_TELL_MAX])
{
	static const char *const leaps[] = {
	    [SYNC_LEAP_NONE] = "",
	    [SYNC_LEAP_INSERT] = ", a leap second is to be inserted",
	    [SYNC_LEAP_DELETE] = ", a leap second is to be deleted",
	    [SYNC_LEAP_UNKNOWN] = "",
	};
	char mirror[ADDR_TEXT_MAX] = "";

	switch (memory->source.kind) {
	case CLOCK_SOURCE_NONE:
		(void)snprintf(line, CLOCK_TELL_MAX,
		    "the clock is not synchronised: so clients are told");
		return;
	case CLOCK_SOURCE_MIRROR:
		(void)snprintf(line, CLOCK_TELL_MAX,
		    "the clock is synchronised: stratum %u, by %s%s",
		    state->stratum, addr_format(&memory->mirror, mirror),
		    leaps[state->leap]);
		return;
	case CLOCK_SOURCE_KERNEL:
		(void)snprintf(line, CLOCK_TELL_MAX,
		    "the clock is synchronised: stratum %u, by the kernel's "
		    "word%s",
		    state->stratum, leaps[state->leap]);
		return;
	case CLOCK_SOURCE_LOCAL:
		(void)snprintf(line, CLOCK_TELL_MAX,
		    "the clock is not synchronised: clients are told stratum "
		    "%u, as declared%s",
		    state->stratum, leaps[state->leap]);
		return;
	}
}

bool
clock_tell(struct clock_memory *memory, const struct sync_state *state,
    char line[CLOCK_TELL_MAX])
{
	struct clock_told *told = &memory->told;
	enum clock_source_kind kind = memory->source.kind;

	if (is_told(told, kind, state) || is_early(memory) ||
	    !may_tell(told, memory->source.read.boot_ns))
		return false;
	describe(memory, state, line);
	told->is_anything = true;
	told->kind = kind;
	told->leap = state->leap;
	told->stratum = state->stratum;
	return true;
}
