/* dns.c — the door of the dns room: authoritative DNS over UDP and TCP. */
#include "services/dns/dns.h"

#include "services/dns/dns_answer.h"
#include "services/dns/dns_load.h"
#include "services/dns/dns_stream.h"

#include <stdlib.h>

/* Longer than any question with its options; what exceeds it is no query. */
enum { QUESTION_MAX = 4096 };

static const char *const outcomes[DNS_OUTCOME_COUNT + 1] = {
    [DNS_OUTCOME_NOERROR] = "noerror",
    [DNS_OUTCOME_NODATA] = "nodata",
    [DNS_OUTCOME_NXDOMAIN] = "nxdomain",
    [DNS_OUTCOME_REFERRAL] = "referral",
    [DNS_OUTCOME_TRUNCATED] = "truncated",
    [DNS_OUTCOME_YXDOMAIN] = "yxdomain",
    [DNS_OUTCOME_REFUSED] = "refused",
    [DNS_OUTCOME_SERVFAIL] = "servfail",
    [DNS_OUTCOME_FORMERR] = "formerr",
    [DNS_OUTCOME_NOTIMP] = "notimp",
    [DNS_OUTCOME_NOTAUTH] = "notauth",
    [DNS_OUTCOME_BADVERS] = "badvers",
    [DNS_OUTCOME_SILENT] = "silent",
};

struct dns_state {
	const struct dns_catalog *catalog; /* in the image */
};

static void *
start(const struct service_start *start)
{
	const struct dns_catalog *catalog = dns_catalog_of(start->part);
	if (catalog == NULL)
		return NULL;
	struct dns_state *state = malloc(sizeof(*state));
	if (state != NULL)
		state->catalog = catalog;
	return state;
}

static struct reply
answer(const struct dns_state *state, struct span query,
    enum transport transport, struct space out)
{
	struct dns_answer made =
	    dns_answer(state->catalog, query, transport, out);
	return (struct reply){
	    .len = made.len,
	    .is_silent = made.len == 0,
	    .outcome = made.outcome,
	};
}

static struct reply
answer_datagram(void *state, const struct datagram *question, struct space out)
{
	return answer(state, question->bytes, TRANSPORT_UDP, out);
}

static struct reply
answer_message(void *state, struct span query, struct space out)
{
	return answer(state, query, TRANSPORT_TCP, out);
}

static struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	return dns_stream_step(session, stream, out, answer_message, state);
}

const struct service dns_service = {
    .name = "dns",
    .role = ROLE_DNS,
    .listen = {{.key = "listen",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_PEER_FIRST,
    .outcomes = outcomes,
    .options = dns_load_options,
    .datagram_max = QUESTION_MAX,
    .session_size = sizeof(struct dns_stream),
    .step_space = DNS_STREAM_PREFIX + DNS_TCP_MAX,
    .load = dns_load,
    .start = start,
    .answer = answer_datagram,
    .input = input,
};
