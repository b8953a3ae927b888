/*
 * upper.c — the door of the upper room: what you send, in capitals. It is the
 * first server that network programming is taught with, whose clients send no
 * end of line: each chunk is answered as it arrives.
 */
#include "services/upper/upper.h"

#include "services/upper/upper_load.h"
#include "services/upper/upper_text.h"

#include <stdlib.h>

enum {
	/* The longest UDP payload that IPv4 carries: 65535 - 20 - 8. */
	DATAGRAM_MAX = 65507,
	/* A few letters have longer capitals. To an address that may be forged
	 * a reply grows by so many bytes at most, which is little: a frame of
	 * Ethernet has 46 at least. */
	REPLY_GROWTH = 16,
};

enum outcome {
	ANSWERED,      /* a datagram */
	TOO_LONG,      /* silence: the capitals do not fit into a reply */
	SESSION_ENDED, /* a connection that the client ended */
	SESSION_IDLE,  /* a connection that we ended */
};

static const char *const outcomes[] = {
    [ANSWERED] = "answered",
    [TOO_LONG] = "too_long",
    [SESSION_ENDED] = "session_ended",
    [SESSION_IDLE] = "session_idle",
    NULL,
};

struct upper {
	const struct upper_text_table *table; /* NULL: ASCII alone */
};

static void *
upper_start(const struct service_start *start)
{
	struct upper *room = calloc(1, sizeof(*room));

	if (room != NULL && start->part.len >= sizeof(*room->table))
		room->table = (const void *)start->part.data;
	return room;
}

static struct reply
upper_answer(void *state, const struct datagram *question, struct space out)
{
	const struct upper *room = state;

	if (out.cap > question->reply_max)
		out.cap = question->reply_max;
	struct upper_text text =
	    upper_text(room->table, question->bytes, true, out);

	/* Half an answer would be a wrong one. */
	if (text.used < question->bytes.len)
		return (struct reply){.is_silent = true, .outcome = TOO_LONG};
	return (struct reply){.len = text.made, .outcome = ANSWERED};
}

static struct stream_step
upper_input(
    void *state, void *session, const struct stream *stream, struct space out)
{
	const struct upper *room = state;
	bool is_idle = stream->event == STREAM_TIMEOUT;
	bool is_last = is_idle || stream->event == STREAM_EOF;
	struct upper_text text =
	    upper_text(room->table, stream->bytes, is_last, out);
	struct stream_step step = {
	    .verdict = VERDICT_READ,
	    .used = text.used,
	    .made = text.made,
	    .body = {.fd = -1},
	    .timeout_ms = stream->idle_ms,
	    .outcome = OUTCOME_NONE,
	};

	(void)session;
	if (is_idle) {
		step.verdict = VERDICT_CLOSE;
		step.outcome = SESSION_IDLE;
	} else if (is_last && text.used == stream->bytes.len) {
		step.verdict = VERDICT_DONE;
		step.outcome = SESSION_ENDED;
	}
	return step;
}

const struct service upper_service = {
    .name = "upper",
    .role = ROLE_LAB,
    .listen = {{.key = "upper",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_LOOP_GUARD | NEED_RATE_LIMIT | NEED_SHORT_REPLY,
    .outcomes = outcomes,
    .options = upper_load_options,
    .datagram_max = DATAGRAM_MAX,
    .reply_growth = REPLY_GROWTH,
    .step_space = 4096,
    .load = upper_load,
    .start = upper_start,
    .answer = upper_answer,
    .input = upper_input,
};
