/*
 * time.c — the door of the time room: RFC 868. Whatever a datagram holds, even
 * nothing, gets four bytes; a connection gets them at once and is closed.
 */
#include "services/time/time.h"

#include "services/time/time_wire.h"

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
	return time_wire(now.tv_sec, out);
}

static struct reply
time_answer(void *state, const struct datagram *question, struct space out)
{
	(void)state;
	(void)question;
	return (struct reply){.len = write_now(out), .outcome = ANSWERED};
}

/* CLOSE lingers, so that what a client has sent, which is never read, does not
 * turn into a reset that destroys the answer on its way. */
static struct stream_step
time_input(
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

const struct service time_service = {
    .name = "time",
    .role = ROLE_TIME,
    .listen = {{.key = "time",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_LOOP_GUARD,
    .outcomes = outcomes,
    .datagram_max = DATAGRAM_MAX,
    .step_space = TIME_WIRE_LEN,
    .answer = time_answer,
    .input = time_input,
};
