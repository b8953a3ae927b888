/*
 * clock_mirror.h — an NTP server of this host (chronyd, ntpd …), asked once a
 * second what it knows of the clock that it keeps: the clock that we tell, too.
 * So its stratum, reference id and bounds are ours, as they are. What comes
 * from it is not trusted to be well-formed. Pure.
 */
#ifndef NETLAB_SERVICES_CLOCK_MIRROR_H
#define NETLAB_SERVICES_CLOCK_MIRROR_H

#include "core/ntp_header.h"
#include "core/span.h"
#include "core/sync.h"
#include "services/clock/clock_moment.h"
#include "services/clock/clock_settings.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CLOCK_MIRROR_LEN = NTP_HEADER_LEN, /* of a question, and of an answer */
	CLOCK_MIRROR_INTERVAL_MAX = 64     /* seconds, for one that backs off */
};

/* What is known of it. All zeros: nothing, and it may be asked at once. */
struct clock_mirror {
	uint64_t origin; /* what its answer has to say; 0: none is awaited */
	struct clock_moment asked;
	struct clock_moment answered; /* boot_ns 0: it never did */
	struct sync_state state; /* as of then; stratum 0: not synchronised */
	unsigned silent;         /* questions in a row without an answer */
	unsigned interval;       /* seconds between two questions; 0: 1 */
};

/* What the mirror says. */
enum clock_mirror_word {
	CLOCK_MIRROR_SILENT, /* nothing, or nothing that still holds */
	CLOCK_MIRROR_UNSYNCHRONISED,
	CLOCK_MIRROR_SYNCHRONISED,
};

/* What a datagram was. */
enum clock_mirror_answer {
	CLOCK_MIRROR_TAKEN,
	CLOCK_MIRROR_KISSED,  /* asked to ask less (RFC 5905 §7.4) */
	CLOCK_MIRROR_REFUSED, /* no answer to our question, or nonsense */
};

/* Whether NOW is the time for the next question. */
bool clock_mirror_is_due(
    const struct clock_mirror *mirror, const struct clock_moment *now);

/*
 * Writes a question that leaves NOW to PACKET. It says nothing of us but
 * RANDOM, in place of a transmit time stamp: an answer has to repeat it.
 */
void clock_mirror_ask(struct clock_mirror *mirror, uint64_t random,
    const struct clock_moment *now, uint8_t packet[CLOCK_MIRROR_LEN]);

/* Takes BYTES, a whole datagram that arrived NOW; PRECISION is our clock's
 * (log2 seconds, -31 to -6). One that is refused changes nothing that is
 * known. */
enum clock_mirror_answer clock_mirror_take(struct clock_mirror *mirror,
    struct span bytes, const struct clock_moment *now, int8_t precision);

/*
 * What it says as of NOW. SYNCHRONISED: what to tell clients is in STATE, but
 * for the precision, which is the caller's to set. An answer holds until three
 * questions in a row have had none and its error bound is above a second; one
 * that is not synchronised, until the former.
 */
enum clock_mirror_word clock_mirror_say(struct clock_mirror *mirror,
    const struct clock_settings *settings, const struct clock_moment *now,
    struct sync_state *state);

/* Whether three questions in a row, the last ones, had no answer. */
bool clock_mirror_is_silent(const struct clock_mirror *mirror);

/* Somebody has set the clock by STEP_NS: what was, has another name. */
void clock_mirror_step(struct clock_mirror *mirror, int64_t step_ns);

#endif
