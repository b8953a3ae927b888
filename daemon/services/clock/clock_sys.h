/*
 * clock_sys.h — what the clock room asks the kernel: the clocks, the clock's
 * state, and the socket to a mirror. Workers.
 */
#ifndef NETLAB_SERVICES_CLOCK_SYS_H
#define NETLAB_SERVICES_CLOCK_SYS_H

#include "core/addr.h"
#include "services/clock/clock_kernel.h"
#include "services/clock/clock_moment.h"

#include <stdbool.h>
#include <stdint.h>

struct clock_moment clock_sys_now(void);

/* CLOCK_MONOTONIC in milliseconds, a few of them late: as the workers take it.
 */
uint64_t clock_sys_now_ms(void);

/* The smallest step between two readings of CLOCK_REALTIME, in nanoseconds,
 * found by a thousand of them. */
uint64_t clock_sys_step_ns(void);

/*
 * Where the kernel's clock state is read from: -1, the kernel itself; or a file
 * that the test at hand names in NETLABD_TEST_TIMEX, of four numbers, "STATUS
 * MAXERROR ESTERROR STATE" as in adjtimex(2). False: it cannot be opened
 * (errno).
 */
bool clock_sys_open_facts(int *fd) __attribute__((warn_unused_result));

/* Reads it; not is_known, with errno, where it would not tell. */
struct clock_kernel_facts clock_sys_read_facts(int fd);

/* A datagram socket that speaks with ADDR alone and never blocks; -1: errno.
 * The caller closes it. */
int clock_sys_connect(const struct addr *addr);

/* A timer that never blocks; -1: errno. The caller closes it. */
int clock_sys_timer(void);

/* Lets TIMER fire in MS milliseconds, or at once for 0, and once only. */
void clock_sys_arm(int timer, uint64_t ms);

/* 64 bits that nobody can foretell; false: there are none. */
bool clock_sys_random(uint64_t *bits) __attribute__((warn_unused_result));

#endif
