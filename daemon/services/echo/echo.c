/*
 * echo.c — the Echo Protocol (RFC 862), and the room to copy for a new one: a
 * door without pure files behind it, because nothing is there to parse.
 * daemon/README.md walks through it.
 */
#include "services/echo/echo.h"

#include <string.h>

enum {
	/* The longest UDP payload that IPv4 carries: 65535 - 20 - 8. */
	DATAGRAM_MAX = 65507,
};

enum outcome {
	OUTCOME_ECHOED,        /* a datagram, sent back */
	OUTCOME_SESSION_ENDED, /* a connection that the client ended */
	OUTCOME_SESSION_IDLE,  /* a connection that we ended */
};

static const char *const outcomes[] = {
    [OUTCOME_ECHOED] = "echoed",
    [OUTCOME_SESSION_ENDED] = "session_ended",
    [OUTCOME_SESSION_IDLE] = "session_idle",
    NULL,
};

/* RFC 862, "UDP Based Echo Service": the data goes back in an answer, an
 * empty datagram as an empty one. */
static struct reply
answer(void *state, const struct datagram *question, struct space out)
{
	size_t len = question->bytes.len;

	(void)state;
	if (len > out.cap)
		len = out.cap; /* the worker has refused longer ones already */
	if (len > 0)
		memcpy(out.data, question->bytes.data, len);
	return (struct reply){.len = len, .outcome = OUTCOME_ECHOED};
}

/* RFC 862, "TCP Based Echo Service": until the calling user ends it. */
static struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	struct stream_step step = {
	    .verdict = VERDICT_READ,
	    .body = {.fd = -1},
	    .timeout_ms = stream->idle_ms,
	    .outcome = OUTCOME_NONE,
	};
	size_t len = stream->bytes.len;

	(void)state;
	(void)session;
	if (stream->event == STREAM_TIMEOUT) {
		step.verdict = VERDICT_CLOSE;
		step.outcome = OUTCOME_SESSION_IDLE;
		return step;
	}
	if (len > out.cap)
		len = out.cap;
	if (len > 0)
		memcpy(out.data, stream->bytes.data, len);
	step.used = step.made = len;
	/* The client has shut down its side and has all of its bytes back. */
	if (stream->event == STREAM_EOF && len == stream->bytes.len) {
		step.verdict = VERDICT_DONE;
		step.outcome = OUTCOME_SESSION_ENDED;
	}
	return step;
}

const struct service echo_service = {
    .name = "echo",
    .role = ROLE_LAB,
    .listen = {{.key = "echo",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_LOOP_GUARD | NEED_RATE_LIMIT,
    .outcomes = outcomes,
    .datagram_max = DATAGRAM_MAX,
    .step_space = 4096,
    .answer = answer,
    .input = input,
};
