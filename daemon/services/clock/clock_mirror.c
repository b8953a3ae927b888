/* clock_mirror.c — a server of this host is asked what it knows of the clock.
 */
#include "services/clock/clock_mirror.h"

#include "core/bytes.h"
#include "core/era.h"

#include <string.h>

enum {
	VERSION = 4,
	SILENT_MAX = 3, /* questions, until what was said may be dropped */
};

/* The bound beyond which a mirror that is silent is dropped. */
static const uint64_t distance_kept_ns = CLOCK_MOMENT_SECOND_NS;

/* MAXDISP: the kernel, too, calls a clock with this bound unsynchronised. */
static const uint64_t distance_max_ns = 16 * CLOCK_MOMENT_SECOND_NS;

/* The reference id of [::1]: the first bytes of its MD5 (RFC 5905 §7.3). */
static const uint32_t refid_loopback6 = 0xcf404dc8;

bool
clock_mirror_is_due(
    const struct clock_mirror *mirror, const struct clock_moment *now)
{
	uint64_t interval = mirror->interval == 0 ? 1 : mirror->interval;
	/* A timer that fires each second may be read early by a hair. */
	uint64_t slack = CLOCK_MOMENT_SECOND_NS / 20;

	return mirror->asked.boot_ns == 0 ||
	       clock_moment_since(&mirror->asked, now) + slack >=
	           interval * CLOCK_MOMENT_SECOND_NS;
}

void
clock_mirror_ask(struct clock_mirror *mirror, uint64_t random,
    const struct clock_moment *now, uint8_t packet[CLOCK_MIRROR_LEN])
{
	if (mirror->origin != 0)
		mirror->silent++;
	mirror->origin = random == 0 ? 1 : random;
	mirror->asked = *now;
	memset(packet, 0, CLOCK_MIRROR_LEN);
	packet[NTP_HEADER_FLAGS] = VERSION << 3 | NTP_HEADER_CLIENT;
	bytes_put64be(packet + NTP_HEADER_TRANSMIT, mirror->origin);
}

/* The size of a difference of stamps in nanoseconds, rounded up: 68 years at
 * most, whatever eras the two are of. */
static uint64_t
size_ns(int64_t difference)
{
	uint64_t size =
	    difference < 0 ? -(uint64_t)difference : (uint64_t)difference;

	return (size >> 32) * CLOCK_MOMENT_SECOND_NS +
	       ((size & UINT32_MAX) * CLOCK_MOMENT_SECOND_NS >> 32) + 1;
}

/* The 16.16 bits of RFC 5905 §6. */
static uint64_t
short_ns(const uint8_t *p)
{
	return bytes_get32be(p) * CLOCK_MOMENT_SECOND_NS >> 16;
}

/* When the mirror's clock was last corrected, by ours: never ahead of it. */
static uint64_t
reference_ns(uint64_t reference, uint64_t now_ns)
{
	int64_t age = (int64_t)(era_stamp(now_ns) - reference);
	uint64_t age_ns = size_ns(age);

	if (age <= 0)
		return now_ns;
	return now_ns > age_ns ? now_ns - age_ns : 1;
}

/*
 * What our exchange with the mirror adds to its error bound: how far its clock
 * seems to be from ours, and how little can be known of that. The time that
 * passed is taken by a clock that nobody sets.
 */
static uint64_t
exchange_ns(const struct clock_mirror *mirror, const uint8_t *packet,
    const struct clock_moment *now, int8_t precision)
{
	uint64_t receive = bytes_get64be(packet + NTP_HEADER_RECEIVE);
	uint64_t transmit = bytes_get64be(packet + NTP_HEADER_TRANSMIT);
	int64_t there = (int64_t)(receive - era_stamp(mirror->asked.real_ns));
	int64_t back = (int64_t)(transmit - era_stamp(now->real_ns));
	int64_t busy = (int64_t)(transmit - receive);
	uint64_t busy_ns = busy > 0 ? size_ns(busy) : 0;
	uint64_t delay_ns = clock_moment_since(&mirror->asked, now);

	delay_ns = delay_ns > busy_ns ? delay_ns - busy_ns : 0;
	return size_ns(there / 2 + back / 2) + delay_ns / 2 +
	       (CLOCK_MOMENT_SECOND_NS >> -precision) + 1;
}

/* A well-formed answer's header, of a server that is synchronised or not. */
static struct sync_state
state_of(const struct clock_mirror *mirror, const uint8_t *packet,
    const struct clock_moment *now, int8_t precision)
{
	struct sync_state state = {
	    .leap = (enum sync_leap)(packet[NTP_HEADER_FLAGS] >> 6),
	    .stratum = packet[NTP_HEADER_STRATUM],
	    .refid = bytes_get32be(packet + NTP_HEADER_REFID),
	    .root_delay_ns = short_ns(packet + NTP_HEADER_ROOT_DELAY),
	    .root_dispersion_ns =
	        short_ns(packet + NTP_HEADER_ROOT_DISPERSION) +
	        exchange_ns(mirror, packet, now, precision),
	    .reference_ns = reference_ns(
	        bytes_get64be(packet + NTP_HEADER_REFERENCE), now->real_ns),
	};

	if (state.leap == SYNC_LEAP_UNKNOWN ||
	    state.stratum > NTP_HEADER_STRATUM_MAX ||
	    sync_distance(&state) >= distance_max_ns)
		state.stratum = 0;
	return state;
}

static bool
is_kiss(const uint8_t *packet)
{
	uint32_t code = bytes_get32be(packet + NTP_HEADER_REFID);

	return packet[NTP_HEADER_STRATUM] == 0 &&
	       (code == NTP_HEADER_KISS_RATE || code == NTP_HEADER_KISS_DENY ||
	           code == NTP_HEADER_KISS_RSTR);
}

static bool
is_answer(const struct clock_mirror *mirror, struct span bytes)
{
	return bytes.len == CLOCK_MIRROR_LEN && mirror->origin != 0 &&
	       (bytes.data[NTP_HEADER_FLAGS] & 0x3f) ==
	           (VERSION << 3 | NTP_HEADER_SERVER) &&
	       bytes_get64be(bytes.data + NTP_HEADER_ORIGIN) == mirror->origin;
}

/* A server that says the time but not when, or by what, it knows it. */
static bool
is_nonsense(const uint8_t *packet)
{
	bool is_synchronised =
	    packet[NTP_HEADER_FLAGS] >> 6 != SYNC_LEAP_UNKNOWN &&
	    packet[NTP_HEADER_STRATUM] != 0 &&
	    packet[NTP_HEADER_STRATUM] <= NTP_HEADER_STRATUM_MAX;

	return bytes_get64be(packet + NTP_HEADER_RECEIVE) == 0 ||
	       bytes_get64be(packet + NTP_HEADER_TRANSMIT) == 0 ||
	       (is_synchronised &&
	           bytes_get64be(packet + NTP_HEADER_REFERENCE) == 0);
}

static void
back_off(struct clock_mirror *mirror)
{
	unsigned interval = mirror->interval == 0 ? 2 : mirror->interval * 2;

	mirror->interval = interval > CLOCK_MIRROR_INTERVAL_MAX
	                       ? CLOCK_MIRROR_INTERVAL_MAX
	                       : interval;
	mirror->silent++;
}

enum clock_mirror_answer
clock_mirror_take(struct clock_mirror *mirror, struct span bytes,
    const struct clock_moment *now, int8_t precision)
{
	if (!is_answer(mirror, bytes))
		return CLOCK_MIRROR_REFUSED;
	if (is_kiss(bytes.data)) {
		mirror->origin = 0;
		back_off(mirror);
		return CLOCK_MIRROR_KISSED;
	}
	if (is_nonsense(bytes.data))
		return CLOCK_MIRROR_REFUSED;
	mirror->state = state_of(mirror, bytes.data, now, precision);
	mirror->answered = *now;
	/* Its second copy is none. */
	mirror->origin = 0;
	mirror->silent = 0;
	/* Back to once a second by and by, as often as that is borne. */
	mirror->interval /= 2;
	return CLOCK_MIRROR_TAKEN;
}

/* The state as of NOW: an older one is worth less. */
static struct sync_state
aged(const struct clock_mirror *mirror, const struct clock_moment *now)
{
	struct sync_state state = mirror->state;

	state.root_dispersion_ns +=
	    sync_growth(clock_moment_since(&mirror->answered, now));
	state.read_ns = now->real_ns;
	if (state.reference_ns > now->real_ns)
		state.reference_ns = now->real_ns;
	return state;
}

/* Stratum 1 is a claim that only the configuration makes, and one that names
 * its source. Without it we are what any other host that asks this mirror would
 * be. */
static void
claim_less(const struct clock_settings *settings, struct sync_state *state)
{
	if (state->stratum != 1)
		return;
	if (settings->refid != 0) {
		if (state->refid == 0)
			state->refid = settings->refid;
		return;
	}
	state->stratum = 2;
	state->refid = settings->mirror.any.sa_family == AF_INET
	                   ? ntohl(settings->mirror.in4.sin_addr.s_addr)
	                   : refid_loopback6;
}

bool
clock_mirror_is_silent(const struct clock_mirror *mirror)
{
	return mirror->silent >= SILENT_MAX;
}

enum clock_mirror_word
clock_mirror_say(struct clock_mirror *mirror,
    const struct clock_settings *settings, const struct clock_moment *now,
    struct sync_state *state)
{
	if (mirror->answered.boot_ns == 0)
		return CLOCK_MIRROR_SILENT;
	*state = aged(mirror, now);
	if (clock_mirror_is_silent(mirror) &&
	    (state->stratum == 0 || sync_distance(state) > distance_kept_ns)) {
		mirror->answered = (struct clock_moment){0};
		return CLOCK_MIRROR_SILENT;
	}
	if (state->stratum == 0 || sync_distance(state) >= distance_max_ns)
		return CLOCK_MIRROR_UNSYNCHRONISED;
	claim_less(settings, state);
	return CLOCK_MIRROR_SYNCHRONISED;
}

void
clock_mirror_step(struct clock_mirror *mirror, int64_t step_ns)
{
	mirror->state.reference_ns += (uint64_t)step_ns;
}
