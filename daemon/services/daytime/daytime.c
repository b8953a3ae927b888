/*
 * daytime.c — the door of the daytime room: RFC 867. Whatever a datagram holds,
 * even nothing, gets one line; a connection gets it at once and is closed.
 */
#include "services/daytime/daytime.h"

#include "core/era.h"
#include "services/daytime/daytime_line.h"
#include "services/daytime/daytime_load.h"

#include <stdlib.h>
#include <time.h>

enum outcome {
	ANSWERED,
	UNSYNCHRONISED, /* silence, as require_sync says */
	OWN_FORMAT,     /* silence to what may be another server's answer */
};

static const char *const outcomes[] = {
    [ANSWERED] = "answered",
    [UNSYNCHRONISED] = "unsynchronised",
    [OWN_FORMAT] = "own_format",
    NULL,
};

enum {
	DATAGRAM_MAX = 65507, /* all that UDP can carry: it is hardly looked
	                         at */
};

struct daytime {
	struct sync_reader sync;
	struct daytime_load_part settings;
};

static void *
daytime_start(const struct service_start *start)
{
	const struct daytime_load_part *part = (const void *)start->part.data;
	struct daytime *room = calloc(1, sizeof(*room));

	if (room == NULL || start->part.len < sizeof(*part)) {
		free(room);
		return NULL;
	}
	room->sync = sync_reader_init(start->sync);
	room->settings = *part;
	tzset(); /* reads the zone's file: localtime_r need not */
	return room;
}

static void
read_zone(time_t seconds, struct daytime_line_facts *facts)
{
	struct tm local;

	if (localtime_r(&seconds, &local) == NULL)
		return;
	facts->offset = (int32_t)local.tm_gmtoff;
	facts->zone = local.tm_zone;
}

/* A line of ours, or the four bytes of a time server. */
static bool
is_answer(struct span bytes, time_t now)
{
	return bytes.len > 0 &&
	       (daytime_line_is_answer(bytes) || era_is_answer(bytes, now));
}

static struct reply
daytime_answer(void *state, const struct datagram *question, struct space out)
{
	struct daytime *room = state;
	struct daytime_line_facts facts = {
	    .zone = "UTC",
	    .sync = sync_look(&room->sync, question->now_ms),
	};
	struct timespec now;

	if (room->settings.is_sync_required && facts.sync->stratum == 0)
		return (struct reply){
		    .is_silent = true, .outcome = UNSYNCHRONISED};
	clock_gettime(CLOCK_REALTIME, &now);
	if (is_answer(question->bytes, now.tv_sec))
		return (struct reply){.is_silent = true, .outcome = OWN_FORMAT};
	facts.unix_seconds = now.tv_sec;
	if (room->settings.is_local)
		read_zone(now.tv_sec, &facts);
	return (struct reply){
	    .len = daytime_line(room->settings.form, &facts, out),
	    .outcome = ANSWERED,
	};
}

const struct service daytime_service = {
    .name = "daytime",
    .role = ROLE_TIME,
    .listen = {{.key = "daytime",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs =
        NEED_LOOP_GUARD | NEED_RATE_LIMIT | NEED_SHORT_REPLY | NEED_WHOLE_REPLY,
    .outcomes = outcomes,
    .options = daytime_load_options,
    .datagram_max = DATAGRAM_MAX,
    .load = daytime_load,
    .start = daytime_start,
    .answer = daytime_answer,
};
