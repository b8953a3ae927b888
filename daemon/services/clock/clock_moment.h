/*
 * clock_moment.h — a moment by two clocks: the one that is told to clients,
 * which somebody may set, and one that only ever counts. Pure.
 */
#ifndef NETLAB_SERVICES_CLOCK_MOMENT_H
#define NETLAB_SERVICES_CLOCK_MOMENT_H

#include <stdint.h>

struct clock_moment {
	uint64_t real_ns; /* CLOCK_REALTIME */
	uint64_t boot_ns; /* CLOCK_BOOTTIME; 0: no moment at all */
};

#define CLOCK_MOMENT_SECOND_NS UINT64_C(1000000000)

/* Nanoseconds from BEFORE to NOW; 0 where they are not in that order. */
static inline uint64_t
clock_moment_since(
    const struct clock_moment *before, const struct clock_moment *now)
{
	return now->boot_ns > before->boot_ns ? now->boot_ns - before->boot_ns
	                                      : 0;
}

/*
 * How far the clock was set, forwards or back, between the two moments; 0:
 * not. A clock that is slewed is not set: chrony's fastest is a twelfth.
 */
static inline int64_t
clock_moment_step(
    const struct clock_moment *before, const struct clock_moment *now)
{
	uint64_t passed = clock_moment_since(before, now);
	int64_t step = (int64_t)(now->real_ns - before->real_ns - passed);
	int64_t slewed = (int64_t)(passed / 8 + CLOCK_MOMENT_SECOND_NS / 10);

	return step > slewed || step < -slewed ? step : 0;
}

#endif
