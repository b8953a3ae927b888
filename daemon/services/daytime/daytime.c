/*
 * daytime.c — the door of the daytime room: RFC 867. Whatever a datagram holds,
 * even nothing, gets one line; a connection gets it at once and is closed.
 */
#include "services/daytime/daytime.h"

#include "services/daytime/daytime_line.h"

#include <time.h>

enum { ANSWERED };

static const char *const outcomes[] = {[ANSWERED] = "answered", NULL};

enum {
	DATAGRAM_MAX = 65507, /* all that UDP can carry: it is not looked at */
};

static size_t
write_now(struct space out)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return daytime_line(now.tv_sec, out);
}

static struct reply
daytime_answer(void *state, const struct datagram *question, struct space out)
{
	(void)state;
	(void)question;
	return (struct reply){.len = write_now(out), .outcome = ANSWERED};
}

/* CLOSE lingers, so that what a client has sent, which is never read, does not
 * turn into a reset that destroys the answer on its way. */
static struct stream_step
daytime_input(
    void *state, void *session, const struct stream *stream, struct space out)
{
	(void)state;
	(void)session;
	if (stream->event != STREAM_OPEN)
		return (struct stream_step){
		    .verdict = VERDICT_CLOSE,
		    .used = stream->bytes.len,
		    .body.fd = -1,
		    .outcome = OUTCOME_NONE,
		};
	return (struct stream_step){
	    .verdict = VERDICT_CLOSE,
	    .made = write_now(out),
	    .body.fd = -1,
	    .outcome = ANSWERED,
	};
}

const struct service daytime_service = {
    .name = "daytime",
    .role = ROLE_TIME,
    .listen = {{.key = "daytime",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_LOOP_GUARD,
    .outcomes = outcomes,
    .datagram_max = DATAGRAM_MAX,
    .step_space = DAYTIME_LINE_LEN,
    .answer = daytime_answer,
    .input = daytime_input,
};
