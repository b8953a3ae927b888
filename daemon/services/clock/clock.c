/*
 * clock.c — the door of the clock room: how good this host's clock is, for all
 * services that answer with the time. netlabd disciplines nothing: whoever does
 * (chrony, ntpd, timesyncd) leaves its verdict in the kernel.
 *
 * Tests set NETLABD_TEST_TIMEX to a file of four numbers, "STATUS MAXERROR
 * ESTERROR STATE" as in adjtimex(2), which then stands in for the kernel. It
 * is opened when a worker starts and read again at each look at the clock.
 */
#include "services/clock/clock.h"

#include "core/log.h"
#include "services/clock/clock_kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

enum {
	PRECISION_SAMPLES = 1000,
	TEST_TEXT_MAX = 128,
};

static const uint64_t second_ns = 1000000000;

/* The room's part of the image. */
struct clock_part {
	uint32_t local_stratum; /* 0: none declared */
};

struct clock {
	struct clock_kernel kernel;
	struct sync_page *page;
	int timer;        /* fires once a second */
	int test_fd;      /* of NETLABD_TEST_TIMEX, or -1 */
	bool was_unknown; /* logged already */
};

static uint64_t
read_clock_ns(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (uint64_t)now.tv_sec * second_ns + (uint64_t)now.tv_nsec;
}

/* The smallest step between two readings. The kernel's own timex.precision is
 * a constant microsecond, whatever the clock. */
static uint64_t
smallest_step_ns(void)
{
	uint64_t smallest = second_ns;
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

static struct clock_kernel_facts
read_test_file(int fd)
{
	char text[TEST_TEXT_MAX];
	struct clock_kernel_facts facts = {0};
	ssize_t len = pread(fd, text, sizeof(text) - 1, 0);

	if (len == -1)
		return facts;
	text[len] = '\0';
	facts.is_known =
	    sscanf(text, "%u %" SCNd64 " %" SCNd64 " %d", &facts.status,
	        &facts.maxerror_us, &facts.esterror_us, &facts.state) == 4;
	return facts;
}

static struct clock_kernel_facts
read_kernel(void)
{
	struct timex timex = {.modes = 0};
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

static void
refresh(struct clock *clock)
{
	struct clock_kernel_facts facts = clock->test_fd == -1
	                                      ? read_kernel()
	                                      : read_test_file(clock->test_fd);

	/* EPERM: a sandbox such as systemd's ProtectClock=. */
	if (!facts.is_known && !clock->was_unknown)
		log_warn("no clock state (adjtimex: %s): taken as "
		         "unsynchronised",
		    strerror(errno));
	clock->was_unknown = clock->was_unknown || !facts.is_known;
	struct sync_state state = clock_kernel_read(
	    &clock->kernel, &facts, read_clock_ns(CLOCK_REALTIME));

	sync_publish(clock->page, &state,
	    read_clock_ns(CLOCK_MONOTONIC_COARSE) / 1000000);
}

static void
clock_load(struct service_load *load)
{
	unsigned line =
	    conf_line(load->conf, load->section, "local_stratum", 0);
	long stratum = 0;

	if (line != 0) {
		stratum = cfg_getint(load->section, "local_stratum");
		if (stratum < 1 || stratum > 15)
			conf_error(conf_report(load->conf),
			    conf_file(load->conf), line,
			    "'local_stratum' is from 1 to 15, not %ld",
			    stratum);
	}
	size_t at = image_writer_reserve(load->image, sizeof(struct clock_part),
	    _Alignof(struct clock_part));

	if (at == SIZE_MAX) {
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "out of memory");
		return;
	}
	struct clock_part *part = image_writer_at(load->image, at);

	part->local_stratum = (uint32_t)stratum;
}

static bool
start_timer(struct clock *clock)
{
	const struct itimerspec every_second = {
	    .it_interval.tv_sec = 1,
	    .it_value.tv_sec = 1,
	};

	clock->timer =
	    timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	return clock->timer != -1 &&
	       timerfd_settime(clock->timer, 0, &every_second, NULL) == 0;
}

static void *
clock_start(const struct service_start *start)
{
	const struct clock_part *part = (const void *)start->part.data;
	const char *test_file = getenv("NETLABD_TEST_TIMEX");
	struct clock *clock = calloc(1, sizeof(*clock));

	if (clock == NULL || start->part.len < sizeof(*part)) {
		free(clock);
		return NULL;
	}
	clock->kernel = clock_kernel_init(
	    part->local_stratum, clock_kernel_precision(smallest_step_ns()));
	clock->page = start->sync;
	clock->test_fd =
	    test_file == NULL ? -1 : open(test_file, O_RDONLY | O_CLOEXEC);
	if ((test_file != NULL && clock->test_fd == -1) ||
	    !start_timer(clock)) {
		log_error("clock: %s", strerror(errno));
		free(clock);
		return NULL;
	}
	refresh(clock);
	return clock;
}

static int
clock_watch(void *state)
{
	const struct clock *clock = state;

	return clock->timer;
}

static void
clock_watched(void *state)
{
	struct clock *clock = state;
	uint64_t ticks;

	if (read(clock->timer, &ticks, sizeof(ticks)) == sizeof(ticks))
		refresh(clock);
}

static cfg_opt_t options[] = {
    CFG_INT("local_stratum", 0, CFGF_NODEFAULT),
    CFG_END(),
};

const struct service clock_service = {
    .name = "clock",
    .role = ROLE_TIME,
    .options = options,
    .load = clock_load,
    .start = clock_start,
    .watch = clock_watch,
    .watched = clock_watched,
};
