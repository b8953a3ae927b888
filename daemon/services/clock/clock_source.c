/* clock_source.c — whose word is told to clients. */
#include "services/clock/clock_source.h"

/* A declared local clock corrects itself, so to say, at each multiple of
 * this: the growth of its dispersion starts again. As often as a reference
 * clock is polled. */
static const uint64_t local_interval_ns = 64 * CLOCK_MOMENT_SECOND_NS;

static struct sync_state
read_local(const struct clock_settings *settings,
    const struct clock_kernel_facts *facts, const struct clock_moment *now)
{
	enum sync_leap leap = clock_kernel_leap(facts);
	uint64_t age_ns = now->real_ns % local_interval_ns;

	if (settings->local_stratum == 0 || leap == SYNC_LEAP_UNKNOWN)
		return sync_unknown(0);
	return (struct sync_state){
	    .leap = leap,
	    .stratum = settings->local_stratum,
	    .refid = settings->local_stratum == 1 ? settings->refid
	                                          : CLOCK_KERNEL_REFID_LOCAL,
	    .root_dispersion_ns =
	        settings->dispersion_min_ns + sync_growth(age_ns),
	    .read_ns = now->real_ns,
	    .reference_ns = now->real_ns > age_ns ? now->real_ns - age_ns : 1,
	};
}

static struct sync_state
choose(struct clock_source *source, const struct clock_settings *settings,
    const struct clock_kernel_facts *facts, const struct clock_moment *now)
{
	struct sync_state state;
	/* The kernel is read also while a mirror speaks, so that what it has
	 * to remember is there when the mirror falls silent. */
	struct sync_state kernel =
	    clock_kernel_read(&source->kernel, settings, facts, now);
	enum clock_mirror_word word =
	    clock_mirror_say(&source->mirror, settings, now, &state);

	source->kind = CLOCK_SOURCE_MIRROR;
	if (word == CLOCK_MIRROR_SYNCHRONISED)
		return state;
	/* A mirror that is not synchronised knows more of the clock that it
	 * keeps than the kernel, which may be the last to learn of it. */
	source->kind = CLOCK_SOURCE_KERNEL;
	if (word == CLOCK_MIRROR_SILENT && kernel.stratum != 0)
		return kernel;
	state = read_local(settings, facts, now);
	source->kind =
	    state.stratum == 0 ? CLOCK_SOURCE_NONE : CLOCK_SOURCE_LOCAL;
	return state;
}

struct sync_state
clock_source_read(struct clock_source *source,
    const struct clock_settings *settings,
    const struct clock_kernel_facts *facts, const struct clock_moment *now)
{
	if (source->read.boot_ns != 0)
		clock_mirror_step(
		    &source->mirror, clock_moment_step(&source->read, now));
	struct sync_state state = choose(source, settings, facts, now);

	source->read = *now;
	state.precision = source->precision;
	return state;
}
