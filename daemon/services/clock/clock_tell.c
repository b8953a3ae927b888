/* clock_tell.c — what the log is told of the clock. */
#include "services/clock/clock_tell.h"

#include <assert.h>
#include <stdio.h>

/* Whether there is a mirror, which does not answer. */
static bool
is_mirror_silent(const struct clock_memory *memory)
{
	return memory->mirror.len != 0 &&
	       clock_mirror_is_silent(&memory->source.mirror);
}

static bool
is_told(const struct clock_memory *memory, const struct sync_state *state)
{
	const struct clock_told *told = &memory->told;

	return told->is_anything && told->kind == memory->source.kind &&
	       told->leap == state->leap && told->stratum == state->stratum &&
	       told->is_mirror_silent == is_mirror_silent(memory);
}

/* The first answer of a mirror that has just been asked may be on its way. */
static bool
is_early(const struct clock_memory *memory)
{
	return memory->mirror.len != 0 &&
	       memory->source.mirror.answered.boot_ns == 0 &&
	       !is_mirror_silent(memory);
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

/* What is said of the clock; returns its length. */
static size_t
describe(const struct clock_memory *memory, const struct sync_state *state,
    const char *mirror, char line[CLOCK_TELL_MAX])
{
	static const char *const leaps[] = {
	    [SYNC_LEAP_NONE] = "",
	    [SYNC_LEAP_INSERT] = ", a leap second is to be inserted",
	    [SYNC_LEAP_DELETE] = ", a leap second is to be deleted",
	    [SYNC_LEAP_UNKNOWN] = "",
	};
	int len = 0;

	switch (memory->source.kind) {
	case CLOCK_SOURCE_NONE:
		len = snprintf(line, CLOCK_TELL_MAX,
		    "the clock is not synchronised: so clients are told");
		break;
	case CLOCK_SOURCE_MIRROR:
		len = snprintf(line, CLOCK_TELL_MAX,
		    "the clock is synchronised: stratum %u, by %s%s",
		    state->stratum, mirror, leaps[state->leap]);
		break;
	case CLOCK_SOURCE_KERNEL:
		len = snprintf(line, CLOCK_TELL_MAX,
		    "the clock is synchronised: stratum %u, by the kernel's "
		    "word%s",
		    state->stratum, leaps[state->leap]);
		break;
	case CLOCK_SOURCE_LOCAL:
		len = snprintf(line, CLOCK_TELL_MAX,
		    "the clock is not synchronised: clients are told stratum "
		    "%u, as declared%s",
		    state->stratum, leaps[state->leap]);
		break;
	}
	assert(len > 0 && len < CLOCK_TELL_MAX);
	return (size_t)len;
}

static void
write_line(const struct clock_memory *memory, const struct sync_state *state,
    char line[CLOCK_TELL_MAX])
{
	char mirror[ADDR_TEXT_MAX] = "";

	if (memory->mirror.len != 0)
		addr_format(&memory->mirror, mirror);
	size_t len = describe(memory, state, mirror, line);

	if (is_mirror_silent(memory))
		(void)snprintf(line + len, CLOCK_TELL_MAX - len,
		    "; %s does not answer", mirror);
}

bool
clock_tell(struct clock_memory *memory, const struct sync_state *state,
    char line[CLOCK_TELL_MAX])
{
	struct clock_told *told = &memory->told;

	if (is_told(memory, state) || is_early(memory) ||
	    !may_tell(told, memory->source.read.boot_ns))
		return false;
	write_line(memory, state, line);
	told->is_anything = true;
	told->is_mirror_silent = is_mirror_silent(memory);
	told->kind = memory->source.kind;
	told->leap = state->leap;
	told->stratum = state->stratum;
	return true;
}
