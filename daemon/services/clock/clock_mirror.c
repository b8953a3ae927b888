/* clock_mirror.c — a server of this host is asked what it knows of the clock.
 */
#include "services/clock/clock_mirror.h"

#include "core/bytes.h"

#include <string.h>

/* Offsets in the header, RFC 5905 Figure 8. */
enum {
	AT_FLAGS = 0,
	AT_STRATUM = 1,
	AT_ROOT_DELAY = 4,
	AT_ROOT_DISPERSION = 8,
	AT_REFID = 12,
	AT_REFERENCE = 16,
	AT_ORIGIN = 24,
	AT_RECEIVE = 32,
	AT_TRANSMIT = 40,
};

enum {
	MODE_CLIENT = 3,
	MODE_SERVER = 4,
	VERSION = 4,
	STRATUM_MAX = 15, /* 16 is unsynchronised, RFC 5905 Figure 11 */
	SILENT_MAX = 3,   /* questions, until what was said may be dropped */
};

/* Kiss codes that ask a client to go, or to come less often. */
static const uint32_t kiss_rate = 0x52415445; /* "RATE" */
static const uint32_t kiss_deny = 0x44454e59; /* "DENY" */
static const uint32_t kiss_rstr = 0x52535452; /* "RSTR" */

/* The bound beyond which a mirror that is silent is dropped. */
static const uint64_t distance_kept_ns = CLOCK_MOMENT_SECOND_NS;

/* MAXDISP: the kernel, too, calls a clock with this bound unsynchronised. */
static const uint64_t distance_max_ns = 16 * CLOCK_MOMENT_SECOND_NS;

static const uint64_t unix_to_ntp = 2208988800; /* 1900 to 1970, seconds */

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
	packet[AT_FLAGS] = VERSION << 3 | MODE_CLIENT;
	bytes_put64be(packet + AT_TRANSMIT, mirror->origin);
}

/* NTP's 32.32 bits of a second, in which nanoseconds are lost but not gained:
 * of the moment UNIX_NS, modulo an era. */
static uint64_t
stamp_of(uint64_t unix_ns)
{
	uint64_t seconds = unix_ns / CLOCK_MOMENT_SECOND_NS + unix_to_ntp;

	return seconds << 32 | (unix_ns % CLOCK_MOMENT_SECOND_NS << 32) /
	                           CLOCK_MOMENT_SECOND_NS;
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
	int64_t age = (int64_t)(stamp_of(now_ns) - reference);
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
	uint64_t receive = bytes_get64be(packet + AT_RECEIVE);
	uint64_t transmit = bytes_get64be(packet + AT_TRANSMIT);
	int64_t there = (int64_t)(receive - stamp_of(mirror->asked.real_ns));
	int64_t back = (int64_t)(transmit - stamp_of(now->real_ns));
	int64_t busy = (int64_t)(transmit - receive);
	uint64_t busy_ns = busy > 0 ? size_ns(busy) : 0;
	uint64_t delay_ns = clock_moment_since(&mirror->asked, now);

	delay_ns = delay_ns > busy_ns ? delay_ns - busy_ns : 0;
	return size_ns(there / 2 + back / 2) + delay_ns / 2 +
	       (CLOCK_MOMENT_SECOND_NS >> -precision) + 1;
}

static uint64_t
distance_ns(const struct sync_state *state)
{
	return state->root_delay_ns / 2 + state->root_dispersion_ns;
}

/* A well-formed answer's header, of a server that is synchronised or not. */
static struct sync_state
state_of(const struct clock_mirror *mirror, const uint8_t *packet,
    const struct clock_moment *now, int8_t precision)
{
	struct sync_state state = {
	    .leap = (enum sync_leap)(packet[AT_FLAGS] >> 6),
	    .stratum = packet[AT_STRATUM],
	    .refid = bytes_get32be(packet + AT_REFID),
	    .root_delay_ns = short_ns(packet + AT_ROOT_DELAY),
	    .root_dispersion_ns = short_ns(packet + AT_ROOT_DISPERSION) +
	                          exchange_ns(mirror, packet, now, precision),
	    .reference_ns = reference_ns(
	        bytes_get64be(packet + AT_REFERENCE), now->real_ns),
	};

	if (state.leap == SYNC_LEAP_UNKNOWN || state.stratum > STRATUM_MAX ||
	    distance_ns(&state) >= distance_max_ns)
		state.stratum = 0;
	return state;
}

static bool
is_kiss(const uint8_t *packet)
{
	uint32_t code = bytes_get32be(packet + AT_REFID);

	return packet[AT_STRATUM] == 0 &&
	       (code == kiss_rate || code == kiss_deny || code == kiss_rstr);
}

static bool
is_answer(const struct clock_mirror *mirror, struct span bytes)
{
	return bytes.len == CLOCK_MIRROR_LEN && mirror->origin != 0 &&
	       (bytes.data[AT_FLAGS] & 0x3f) == (VERSION << 3 | MODE_SERVER) &&
	       bytes_get64be(bytes.data + AT_ORIGIN) == mirror->origin;
}

/* A server that says the time but not when, or by what, it knows it. */
static bool
is_nonsense(const uint8_t *packet)
{
	bool is_synchronised = packet[AT_FLAGS] >> 6 != SYNC_LEAP_UNKNOWN &&
	                       packet[AT_STRATUM] != 0 &&
	                       packet[AT_STRATUM] <= STRATUM_MAX;

	return bytes_get64be(packet + AT_RECEIVE) == 0 ||
	       bytes_get64be(packet + AT_TRANSMIT) == 0 ||
	       (is_synchronised && bytes_get64be(packet + AT_REFERENCE) == 0);
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
	    clock_moment_growth(clock_moment_since(&mirror->answered, now));
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
	    (state->stratum == 0 || distance_ns(state) > distance_kept_ns)) {
		mirror->answered = (struct clock_moment){0};
		return CLOCK_MIRROR_SILENT;
	}
	if (state->stratum == 0 || distance_ns(state) >= distance_max_ns)
		return CLOCK_MIRROR_UNSYNCHRONISED;
	claim_less(settings, state);
	return CLOCK_MIRROR_SYNCHRONISED;
}

void
clock_mirror_step(struct clock_mirror *mirror, int64_t step_ns)
{
	mirror->state.reference_ns += (uint64_t)step_ns;
}
