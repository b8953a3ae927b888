/* chargen.c — the door of the chargen room: the Character Generator Protocol,
 * RFC 864. */
#include "services/chargen/chargen.h"

#include "core/siphash.h"
#include "services/chargen/chargen_load.h"
#include "services/chargen/chargen_stream.h"
#include "services/chargen/chargen_text.h"

#include <stdlib.h>

enum outcome {
	OUTCOME_ANSWERED,      /* a datagram */
	OUTCOME_OWN_FORMAT,    /* silence to what another server answers */
	OUTCOME_SESSION_ENDED, /* a connection that got all it may have */
};

static const char *const outcomes[] = {
    [OUTCOME_ANSWERED] = "answered",
    [OUTCOME_OWN_FORMAT] = "own_format",
    [OUTCOME_SESSION_ENDED] = "session_ended",
    NULL,
};

enum {
	DATAGRAM_MAX = 65507, /* all that UDP can carry: it is not looked at */
	REPLY_MAX = 512,      /* RFC 864, "UDP Based …" */
};

struct chargen {
	const struct chargen_stream_limits *limits;
	const uint64_t *key;
	uint64_t answered; /* what the lengths of replies are drawn by */
	unsigned slot;
};

static void *
start(const struct service_start *start)
{
	struct chargen *room = calloc(1, sizeof(*room));

	if (room == NULL || start->part.len < sizeof(*room->limits)) {
		free(room);
		return NULL;
	}
	room->limits = (const void *)start->part.data;
	room->key = start->key;
	room->slot = start->slot;
	return room;
}

/* RFC 864, "UDP Based Character Generator Service": a random number of
 * characters, from 0 to 512. */
static struct reply
answer(void *state, const struct datagram *question, struct space out)
{
	struct chargen *room = state;
	uint64_t drawn = siphash_15(room->key, room->answered, room->slot);
	size_t len = drawn % (REPLY_MAX + 1);

	if (chargen_text_is_answer(question->bytes))
		return (struct reply){
		    .is_silent = true, .outcome = OUTCOME_OWN_FORMAT};
	if (len > question->reply_max)
		len = question->reply_max;
	chargen_text((uint32_t)room->answered++, (struct space){out.data, len});
	return (struct reply){.len = len, .outcome = OUTCOME_ANSWERED};
}

static struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	const struct chargen *room = state;
	struct stream_step step =
	    chargen_stream_step(session, room->limits, stream, out);

	if (step.verdict == VERDICT_CLOSE)
		step.outcome = OUTCOME_SESSION_ENDED;
	return step;
}

const struct service chargen_service = {
    .name = "chargen",
    .role = ROLE_LAB,
    .listen = {{.key = "chargen",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs =
        NEED_LOOP_GUARD | NEED_RATE_LIMIT | NEED_SHORT_REPLY | NEED_NO_INPUT,
    .outcomes = outcomes,
    .options = chargen_load_options,
    .datagram_max = DATAGRAM_MAX,
    .session_size = sizeof(struct chargen_stream),
    .step_space = CHARGEN_STREAM_STEP,
    .load = chargen_load,
    .start = start,
    .answer = answer,
    .input = input,
};
