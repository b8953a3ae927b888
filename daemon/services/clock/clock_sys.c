/* clock_sys.c — what the clock room asks the kernel. */
#include "services/clock/clock_sys.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

enum {
	PRECISION_SAMPLES = 1000,
	TEST_TEXT_MAX = 128,
};

static uint64_t
read_clock_ns(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (uint64_t)now.tv_sec * CLOCK_MOMENT_SECOND_NS +
	       (uint64_t)now.tv_nsec;
}

/* CLOCK_BOOTTIME: error bounds grow while the machine sleeps, too. */
struct clock_moment
clock_sys_now(void)
{
	return (struct clock_moment){
	    .real_ns = read_clock_ns(CLOCK_REALTIME),
	    .boot_ns = read_clock_ns(CLOCK_BOOTTIME),
	};
}

uint64_t
clock_sys_now_ms(void)
{
	return read_clock_ns(CLOCK_MONOTONIC_COARSE) / 1000000;
}

/* The kernel's own timex.precision is a constant microsecond, whatever the
 * clock. */
uint64_t
clock_sys_step_ns(void)
{
	uint64_t smallest = CLOCK_MOMENT_SECOND_NS;
	uint64_t last = read_clock_ns(CLOCK_REALTIME);

	for (unsigned i = 0; i < PRECISION_SAMPLES; i++) {
		uint64_t now = read_clock_ns(CLOCK_REALTIME);

		/* Backwards is a step of the clock by somebody. */
		if (now > last && now - last < smallest)
			smallest = now - last;
		last = now;
	}
	return smallest;
}

bool
clock_sys_open_facts(int *fd)
{
	const char *file = getenv("NETLABD_TEST_TIMEX");

	*fd = file == NULL ? -1 : open(file, O_RDONLY | O_CLOEXEC);
	return file == NULL || *fd != -1;
}

static struct clock_kernel_facts
read_test_file(int fd)
{
	char text[TEST_TEXT_MAX];
	struct clock_kernel_facts facts = {0};
	ssize_t len = pread(fd, text, sizeof(text) - 1, 0);

	if (len == -1)
		return facts;
	text[len] = '\0';
	errno = ENODATA;
	facts.is_known =
	    sscanf(text, "%u %" SCNd64 " %" SCNd64 " %d", &facts.status,
	        &facts.maxerror_us, &facts.esterror_us, &facts.state) == 4;
	return facts;
}

struct clock_kernel_facts
clock_sys_read_facts(int fd)
{
	struct timex timex = {.modes = 0};

	if (fd != -1)
		return read_test_file(fd);
	int state = adjtimex(&timex);

	if (state == -1)
		return (struct clock_kernel_facts){.is_known = false};
	return (struct clock_kernel_facts){
	    .is_known = true,
	    .status = (unsigned)timex.status,
	    .state = state,
	    .maxerror_us = timex.maxerror,
	    .esterror_us = timex.esterror,
	};
}

int
clock_sys_connect(const struct addr *addr)
{
	int fd = socket(
	    addr->any.sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd == -1 || connect(fd, &addr->any, addr->len) == 0)
		return fd;
	int error = errno;

	close(fd);
	errno = error;
	return -1;
}

int
clock_sys_timer(void)
{
	return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
}

void
clock_sys_arm(int timer, uint64_t ms)
{
	/* A time of 0 would stop it. */
	const struct itimerspec once = {
	    .it_value.tv_sec = (time_t)(ms / 1000),
	    .it_value.tv_nsec = (long)(ms % 1000) * 1000000 + 1,
	};

	timerfd_settime(timer, 0, &once, NULL);
}

bool
clock_sys_random(uint64_t *bits)
{
	return getrandom(bits, sizeof(*bits), GRND_NONBLOCK) ==
	       (ssize_t)sizeof(*bits);
}
