/* discard.c — the door of the discard room: the Discard Protocol, RFC 863.
 * Nothing is answered, hence nothing can loop or be amplified. */
#include "services/discard/discard.h"

enum outcome {
	OUTCOME_DISCARDED,     /* a datagram */
	OUTCOME_SESSION_ENDED, /* a connection that the client ended */
	OUTCOME_SESSION_IDLE,  /* a connection that we ended */
};

static const char *const outcomes[] = {
    [OUTCOME_DISCARDED] = "discarded",
    [OUTCOME_SESSION_ENDED] = "session_ended",
    [OUTCOME_SESSION_IDLE] = "session_idle",
    NULL,
};

enum {
	DATAGRAM_MAX = 65507, /* all that UDP can carry: it is not looked at */
};

/* RFC 863, "UDP Based Discard Service": no response is sent. */
static struct reply
answer(void *state, const struct datagram *question, struct space out)
{
	(void)state;
	(void)question;
	(void)out;
	return (struct reply){.is_silent = true, .outcome = OUTCOME_DISCARDED};
}

/* RFC 863, "TCP Based Discard Service": until the calling user ends it. */
static struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	struct stream_step step = {
	    .verdict = VERDICT_READ,
	    .used = stream->bytes.len,
	    .body = {.fd = -1},
	    .timeout_ms = stream->idle_ms,
	    .outcome = OUTCOME_NONE,
	};

	(void)state;
	(void)session;
	(void)out;
	if (stream->event == STREAM_TIMEOUT) {
		step.verdict = VERDICT_CLOSE;
		step.outcome = OUTCOME_SESSION_IDLE;
	} else if (stream->event == STREAM_EOF) {
		step.verdict = VERDICT_DONE;
		step.outcome = OUTCOME_SESSION_ENDED;
	}
	return step;
}

const struct service discard_service = {
    .name = "discard",
    .role = ROLE_LAB,
    .listen = {{.key = "discard",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_NO_INPUT,
    .outcomes = outcomes,
    .datagram_max = DATAGRAM_MAX,
    .step_space = 1,
    .answer = answer,
    .input = input,
};
