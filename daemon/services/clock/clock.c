/*
 * clock.c — the door of the clock room: how good this host's clock is, for all
 * services that answer with the time. netlabd disciplines nothing: whoever does
 * (chrony, ntpd, timesyncd) leaves its verdict in the kernel, or says it when
 * it is asked by NTP.
 *
 * One worker at a time looks (clock_lease.h) and tells the others by the page
 * of core/sync.h. Each has one descriptor that the worker watches: an epoll set
 * of a timer, and of the socket to the mirror.
 */
#include "services/clock/clock.h"

#include "core/log.h"
#include "services/clock/clock_load.h"
#include "services/clock/clock_settings.h"
#include "services/clock/clock_share.h"
#include "services/clock/clock_sys.h"
#include "services/clock/clock_tell.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
	LOOK_MS = 1000, /* from look to look */
	/* Datagrams of the mirror that are read in a turn: one is due. */
	ANSWERS_MAX = 8,
};

struct clock {
	const struct clock_settings *settings;
	struct clock_share *share;
	struct sync_page *page;
	uint32_t name; /* in the lease */
	int epoll;     /* of the next two */
	int timer;
	int mirror; /* the socket, or -1 */
	int facts;  /* clock_sys_open_facts */
};

/* What was remembered, for the settings that are now. */
static struct clock_memory
recall(const struct clock *clock)
{
	struct clock_memory memory = clock_share_recall(clock->share);

	if (memory.mirror.len != clock->settings->mirror.len ||
	    (memory.mirror.len != 0 &&
	        !addr_is_equal(&memory.mirror, &clock->settings->mirror))) {
		memory.source.mirror = (struct clock_mirror){0};
		memory.mirror = clock->settings->mirror;
		memory.told.is_anything = false;
	}
	if (memory.source.precision == 0)
		memory.source.precision =
		    clock_kernel_precision(clock_sys_step_ns());
	return memory;
}

/* Asks the mirror, when it is time. What cannot be sent, because nobody is
 * there, is a question without an answer. */
static void
ask_mirror(const struct clock *clock, struct clock_mirror *mirror)
{
	uint8_t packet[CLOCK_MIRROR_LEN];
	uint64_t random;
	struct clock_moment now = clock_sys_now();

	if (clock->mirror == -1 || !clock_mirror_is_due(mirror, &now) ||
	    !clock_sys_random(&random))
		return;
	clock_mirror_ask(mirror, random, &now, packet);
	(void)send(clock->mirror, packet, sizeof(packet), 0);
}

/* Whether there was an answer to our question among what has come. One byte
 * more is read than an answer has, so that a longer one is seen to be. */
static bool
hear_mirror(const struct clock *clock, struct clock_source *source)
{
	uint8_t packet[CLOCK_MIRROR_LEN + 1];
	bool is_answered = false;

	for (unsigned i = 0; clock->mirror != -1 && i < ANSWERS_MAX; i++) {
		ssize_t len = recv(clock->mirror, packet, sizeof(packet), 0);
		struct clock_moment now = clock_sys_now();

		if (len == -1 && errno != ECONNREFUSED)
			break;
		is_answered |=
		    len > 0 && clock_mirror_take(&source->mirror,
		                   (struct span){packet, (size_t)len}, &now,
		                   source->precision) != CLOCK_MIRROR_REFUSED;
	}
	return is_answered;
}

/* EPERM: a sandbox such as systemd's ProtectClock=. */
static void
tell(struct clock_memory *memory, const struct sync_state *state,
    const struct clock_kernel_facts *facts, int error)
{
	char line[CLOCK_TELL_MAX];

	if (!facts->is_known && !memory->told.is_kernel_dumb &&
	    memory->source.kind != CLOCK_SOURCE_MIRROR) {
		log_warn("no clock state (adjtimex: %s): taken as "
		         "unsynchronised",
		    strerror(error));
		memory->told.is_kernel_dumb = true;
	}
	if (clock_tell(memory, state, line))
		log_notice("%s", line);
}

/* Whether this worker is the one that looks. */
static bool
is_looking(const struct clock *clock)
{
	return clock_lease_take(
	    &clock->share->lease, clock->name, clock_sys_now_ms());
}

/*
 * Looks at the clock and tells the others. Whoever was stopped meanwhile has
 * old news: it is told as such, or not at all where another has taken over.
 */
static void
look(const struct clock *clock, struct clock_memory *memory)
{
	uint64_t now_ms = clock_sys_now_ms();
	struct clock_kernel_facts facts = clock_sys_read_facts(clock->facts);
	int error = errno;
	struct clock_moment now = clock_sys_now();
	struct sync_state state =
	    clock_source_read(&memory->source, clock->settings, &facts, &now);

	if (!is_looking(clock))
		return;
	sync_publish(clock->page, &state, now_ms);
	tell(memory, &state, &facts, error);
	clock_share_keep(clock->share, memory);
}

/* Asks and looks, as is due each second; false: another worker does. */
static bool
look_by_timer(const struct clock *clock)
{
	if (!is_looking(clock))
		return false;
	struct clock_memory memory = recall(clock);

	hear_mirror(clock, &memory.source);
	ask_mirror(clock, &memory.source.mirror);
	look(clock, &memory);
	return true;
}

/* Looks again only for what answers a question of ours: the rest is read, and
 * costs no more than that. Of who does not look any more, all is. */
static void
look_by_answer(const struct clock *clock)
{
	struct clock_memory memory = recall(clock);

	if (hear_mirror(clock, &memory.source) && is_looking(clock))
		look(clock, &memory);
}

/* Who looks, does it again in a second; who does not, when nobody else has done
 * it for too long. */
static void
look_and_wait(const struct clock *clock)
{
	uint64_t wait_ms = LOOK_MS;

	if (!look_by_timer(clock))
		wait_ms = clock_lease_left_ms(
		    &clock->share->lease, clock_sys_now_ms());
	clock_sys_arm(clock->timer, wait_ms);
}

static bool
watch_fd(const struct clock *clock, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

	return epoll_ctl(clock->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* Where this machine has no way to the address of the mirror, as without IPv6,
 * the clock has other sources, and the way may come. */
static void
connect_mirror(struct clock *clock)
{
	if (clock->mirror != -1 || clock->settings->mirror.len == 0)
		return;
	clock->mirror = clock_sys_connect(&clock->settings->mirror);
	if (clock->mirror != -1 && !watch_fd(clock, clock->mirror)) {
		close(clock->mirror);
		clock->mirror = -1;
	}
}

static bool
open_all(struct clock *clock)
{
	clock->epoll = epoll_create1(EPOLL_CLOEXEC);
	clock->timer = clock_sys_timer();
	if (clock->epoll == -1 || clock->timer == -1 ||
	    !clock_sys_open_facts(&clock->facts) ||
	    !watch_fd(clock, clock->timer))
		return false;
	connect_mirror(clock);
	if (clock->mirror == -1 && clock->settings->mirror.len != 0)
		log_warn("clock: mirror: %s", strerror(errno));
	return true;
}

static void *
clock_start(const struct service_start *start)
{
	struct clock *clock = calloc(1, sizeof(*clock));

	if (clock == NULL || start->own == NULL ||
	    start->part.len < sizeof(*clock->settings)) {
		free(clock);
		return NULL;
	}
	clock->settings = (const void *)start->part.data;
	clock->mirror = -1;
	clock->share = start->own;
	clock->page = start->sync;
	clock->name = clock_lease_name(start->generation, start->slot);
	if (!open_all(clock)) {
		log_error("clock: %s", strerror(errno));
		free(clock);
		return NULL;
	}
	/* At once: the first request is to find it. */
	look_and_wait(clock);
	return clock;
}

static int
clock_watch(void *state)
{
	const struct clock *clock = state;

	return clock->epoll;
}

static void
clock_watched(void *state)
{
	struct clock *clock = state;
	uint64_t ticks;

	if (read(clock->timer, &ticks, sizeof(ticks)) != sizeof(ticks)) {
		look_by_answer(clock);
		return;
	}
	connect_mirror(clock);
	look_and_wait(clock);
}

const struct service clock_service = {
    .name = "clock",
    .role = ROLE_TIME,
    .options = clock_load_options,
    .shared_size = sizeof(struct clock_share),
    .load = clock_load,
    .start = clock_start,
    .watch = clock_watch,
    .watched = clock_watched,
};
