/*
 * time.c — the door of the time room: RFC 868. Whatever a datagram holds, even
 * nothing, gets four bytes; a connection gets them at once and is closed.
 */
#include "services/time/time.h"

#include "core/era.h"
#include "services/time/time_wire.h"

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
	DATAGRAM_MAX = 65507, /* all that UDP can carry: it is not looked at */
};

/* The room's part of the image. */
struct time_part {
	bool is_sync_required;
};

struct time {
	struct sync_reader sync;
	bool is_sync_required;
};

static void
time_load(struct service_load *load)
{
	size_t at = image_writer_reserve(
	    load->image, sizeof(struct time_part), _Alignof(struct time_part));

	if (at == SIZE_MAX) {
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "out of memory");
		return;
	}
	struct time_part *part = image_writer_at(load->image, at);

	part->is_sync_required = cfg_getbool(load->section, "require_sync");
}

static void *
time_start(const struct service_start *start)
{
	const struct time_part *part = (const void *)start->part.data;
	struct time *room = calloc(1, sizeof(*room));

	if (room == NULL || start->part.len < sizeof(*part)) {
		free(room);
		return NULL;
	}
	room->sync = sync_reader_init(start->sync);
	room->is_sync_required = part->is_sync_required;
	return room;
}

static struct reply
time_answer(void *state, const struct datagram *question, struct space out)
{
	struct time *room = state;
	struct timespec now;

	if (room->is_sync_required &&
	    sync_look(&room->sync, question->now_ms)->stratum == 0)
		return (struct reply){
		    .is_silent = true, .outcome = UNSYNCHRONISED};
	clock_gettime(CLOCK_REALTIME, &now);
	if (era_is_answer(question->bytes, now.tv_sec))
		return (struct reply){.is_silent = true, .outcome = OWN_FORMAT};
	return (struct reply){
	    .len = time_wire(now.tv_sec, out), .outcome = ANSWERED};
}

static cfg_opt_t options[] = {
    CFG_BOOL("require_sync", cfg_false, CFGF_NONE),
    CFG_END(),
};

const struct service time_service = {
    .name = "time",
    .role = ROLE_TIME,
    .listen = {{.key = "time",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_LOOP_GUARD | NEED_RATE_LIMIT | NEED_WHOLE_REPLY,
    .outcomes = outcomes,
    .options = options,
    .datagram_max = DATAGRAM_MAX,
    .load = time_load,
    .start = time_start,
    .answer = time_answer,
};
