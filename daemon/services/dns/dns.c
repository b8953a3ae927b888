/* dns.c — the door of the dns room: authoritative DNS over UDP and TCP. */
#include "services/dns/dns.h"

#include "services/dns/dns_ahead.h"
#include "services/dns/dns_answer.h"
#include "services/dns/dns_file_wire.h"
#include "services/dns/dns_load.h"
#include "services/dns/dns_load_dump.h"
#include "services/dns/dns_stream.h"

#include <stdlib.h>
#include <time.h>

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
    [DNS_OUTCOME_COOKIE] = "cookie",
    [DNS_OUTCOME_BADCOOKIE] = "badcookie",
    [DNS_OUTCOME_SILENT] = "silent",
};

struct dns_state {
	struct dns_context context;
	uint64_t now_ms; /* of the context's clock */
	bool is_wire_logged;
	struct dns_file_wire wire;
	struct dns_ahead ahead;
};

static void *
start(const struct service_start *start)
{
	const struct dns_catalog *catalog = dns_catalog_of(start->part);
	struct dns_state *state = calloc(1, sizeof(*state));

	if (catalog == NULL || state == NULL) {
		free(state);
		return NULL;
	}
	state->context.catalog = catalog;
	state->is_wire_logged = catalog->settings.is_wire_logged;
	state->ahead.catalog = catalog;
	state->ahead.is_fetching = start->part.len >= DNS_AHEAD_FETCH_MIN;
	state->context.digest = digest_open();
	if (state->context.digest == NULL) {
		free(state);
		return NULL;
	}
	return state;
}

/* The wall clock is read once in a batch of datagrams. */
static void
look_at_clock(struct dns_state *state, uint64_t now_ms)
{
	struct timespec now;

	if (now_ms == state->now_ms)
		return;
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	state->context.now = (uint32_t)now.tv_sec;
	state->now_ms = now_ms;
}

static void
log_wire(struct dns_state *state, struct span query, struct span made)
{
	const struct dns_file_wire_exchange exchange = {
	    .peer = state->context.peer,
	    .transport = state->context.transport,
	    .request = query,
	    .response = made,
	    .now_ms = state->now_ms,
	};

	dns_file_wire_add(&state->wire, &exchange);
}

/* What the worker is told: QUERY's answer was MADE in OUT. */
static struct reply
reply_of(struct dns_state *state, struct span query, struct dns_answer made,
    const uint8_t *out)
{
	if (state->is_wire_logged)
		log_wire(state, query, (struct span){out, made.len});
	return (struct reply){
	    .len = made.len,
	    .is_silent = made.len == 0,
	    .outcome = made.outcome,
	};
}

static void
read_ahead(void *state, const struct span *datagrams, unsigned count)
{
	struct dns_state *dns = state;

	dns_ahead_read(&dns->ahead, datagrams, count);
}

static struct reply
answer_datagram(void *state, const struct datagram *question, struct space out)
{
	struct dns_state *dns = state;
	const struct dns_ahead_query *query =
	    &dns->ahead.queries[question->number];

	look_at_clock(dns, question->now_ms);
	dns->context.peer = question->peer;
	dns->context.transport = TRANSPORT_UDP;
	struct dns_answer made = dns_answer_message(
	    &dns->context, &query->message, query->kind, out);
	return reply_of(dns, question->bytes, made, out.data);
}

static struct reply
answer_message(void *state, struct span query, struct space out)
{
	struct dns_state *dns = state;

	struct dns_answer made = dns_answer(&dns->context, query, out);
	return reply_of(dns, query, made, out.data);
}

static struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	struct dns_state *dns = state;

	look_at_clock(dns, stream->now_ms);
	dns->context.peer = stream->peer;
	dns->context.transport = TRANSPORT_TCP;
	const struct dns_stream_server server = {
	    .answer = answer_message,
	    .state = dns,
	    .idle_ms = dns->context.catalog->settings.tcp_timeout_ms,
	};

	return dns_stream_step(session, stream, out, &server);
}

static void
flush(void *state)
{
	struct dns_state *dns = state;

	dns_file_wire_flush(&dns->wire);
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
    .dump = dns_load_dump,
    .start = start,
    .read_ahead = read_ahead,
    .answer = answer_datagram,
    .input = input,
    .flush = flush,
};
