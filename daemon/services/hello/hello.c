/* hello.c — the door of the hello room: who connects is greeted by his address,
 * and the connection is closed. A datagram gets the same. */
#include "services/hello/hello.h"

#include "services/hello/hello_text.h"

enum outcome {
	OUTCOME_ANSWERED,
	OUTCOME_OWN_FORMAT, /* silence to what another server answers */
};

static const char *const outcomes[] = {
    [OUTCOME_ANSWERED] = "answered",
    [OUTCOME_OWN_FORMAT] = "own_format",
    NULL,
};

enum {
	DATAGRAM_MAX = 65507, /* all that UDP can carry: it is hardly looked
	                         at */
};

static struct reply
answer(void *state, const struct datagram *question, struct space out)
{
	(void)state;
	if (hello_text_is_answer(question->bytes))
		return (struct reply){
		    .is_silent = true, .outcome = OUTCOME_OWN_FORMAT};
	return (struct reply){
	    .len = hello_text(question->peer, out),
	    .outcome = OUTCOME_ANSWERED,
	};
}

const struct service hello_service = {
    .name = "hello",
    .role = ROLE_LAB,
    .listen = {{.key = "hello",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs =
        NEED_LOOP_GUARD | NEED_RATE_LIMIT | NEED_SHORT_REPLY | NEED_WHOLE_REPLY,
    .outcomes = outcomes,
    .datagram_max = DATAGRAM_MAX,
    .answer = answer,
};
