/* chargen_stream.c — how much of the text leaves when. */
#include "services/chargen/chargen_stream.h"

#include "services/chargen/chargen_text.h"

#include <assert.h>

enum {
	/* Steps of one second, so that a low rate flows rather than gushes. */
	STEPS_PER_SECOND = 8,
	/* What a connection could have had in so long it may have at once: a
	 * worker's deadlines come late by an eighth of a second. */
	SLACK_US = 250000,
};

static const uint64_t second_us = 1000000;

/* Whole lines that the limits allow now; 0: no more. */
static size_t
lines_of(const struct chargen_stream *session,
    const struct chargen_stream_limits *limits)
{
	size_t lines = CHARGEN_STREAM_STEP / CHARGEN_TEXT_LINE;
	uint64_t paced =
	    limits->rate / STEPS_PER_SECOND / CHARGEN_TEXT_LINE + 1;
	uint64_t left = (limits->total - session->sent) / CHARGEN_TEXT_LINE;

	if (limits->rate != 0 && paced < lines)
		lines = (size_t)paced;
	if (limits->total != 0 && left < lines)
		lines = (size_t)left;
	return lines;
}

/* Microseconds until the rate allows more. */
static uint64_t
early_us(struct chargen_stream *session,
    const struct chargen_stream_limits *limits, uint64_t now_us)
{
	if (limits->rate == 0)
		return 0;
	if (session->due_us + SLACK_US < now_us)
		session->due_us = now_us - SLACK_US;
	return session->due_us > now_us ? session->due_us - now_us : 0;
}

struct stream_step
chargen_stream_step(struct chargen_stream *session,
    const struct chargen_stream_limits *limits, const struct stream *stream,
    struct space out)
{
	struct stream_step step = {
	    .verdict = VERDICT_WRITE,
	    .used = stream->bytes.len, /* RFC 864: it is thrown away */
	    .body = {.fd = -1},
	    .timeout_ms = stream->idle_ms,
	    .outcome = OUTCOME_NONE,
	};
	size_t lines = stream->is_draining ? 0 : lines_of(session, limits);
	uint64_t wait_us = early_us(session, limits, stream->now_ms * 1000);

	assert(out.cap >= CHARGEN_STREAM_STEP);
	if (lines == 0) {
		step.verdict = VERDICT_CLOSE;
	} else if (wait_us > 0) {
		step.verdict = VERDICT_WAIT;
		step.timeout_ms = (uint32_t)(wait_us / 1000 + 1);
	} else {
		step.made = lines * CHARGEN_TEXT_LINE;
		chargen_text(
		    session->line, (struct space){out.data, step.made});
		session->line =
		    (uint32_t)((session->line + lines) % CHARGEN_TEXT_LINES);
		session->sent += step.made;
		if (limits->rate != 0)
			session->due_us += step.made * second_us / limits->rate;
	}
	return step;
}
