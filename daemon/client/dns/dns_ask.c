/* dns_ask.c — a question goes to a server, and its response comes back. */
#include "client/dns/dns_ask.h"

#include "client/complain.h"
#include "client/dissect/dissect_dns.h"
#include "client/seed.h"
#include "client/verb.h"
#include "core/bytes.h"
#include "services/dns/dns_view.h"

#include <string.h>
#include <time.h>

enum {
	UDP_TRIES = 3,
	COOKIE_INDEX = 1 << 20, /* of seed_number, behind those of all ids */
};

static int64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* --------------------------------------------------------------- the query */

static void
write_query(struct dns_ask *ask)
{
	const struct dns_task *task = ask->task;
	const struct options *options = &task->options;
	struct dns_query query = {
	    .id = (uint16_t)seed_number(options, ask->count++),
	    .qname = task->name,
	    .qtype = task->type,
	    .qclass = task->class,
	    .is_recursion_desired = !options_has(options, OPTIONS_NO_RECURSE),
	    .serial = task->serial,
	    .has_edns = !options_has(options, OPTIONS_NO_EDNS) &&
	                !options_has(options, OPTIONS_LECTURE),
	    .udp_size = options->bufsize != 0 ? options->bufsize : DNS_UDP_MAX,
	    .is_dnssec_ok = options_has(options, OPTIONS_DNSSEC),
	    .asks_nsid = options_has(options, OPTIONS_NSID),
	    .cookie = {ask->cookie, ask->cookie_len},
	};

	ask->query_len = dns_query_write(&query, ask->query + DNS_ASK_LENGTH);
	bytes_put16be(ask->query, (uint16_t)ask->query_len);
}

/* The query as it goes by UDP. */
static struct span
query_of(const struct dns_ask *ask)
{
	return (struct span){ask->query + DNS_ASK_LENGTH, ask->query_len};
}

int
dns_ask_open(
    struct dns_ask *ask, const struct dns_task *task, struct exchange *exchange)
{
	ask->task = task;
	ask->exchange = exchange;
	ask->count = 0;
	ask->reach.fd = -1;
	ask->cookie_len = task->has_no_cookie ? 0 : DNS_COOKIE_CLIENT_SIZE;
	bytes_put64be(ask->cookie, seed_number(&task->options, COOKIE_INDEX));
	return dns_servers_find(&ask->servers, task->server, &task->options);
}

/* ------------------------------------------------------------------ reaching
 */

/* Connects to PLACE: PARTS of them share what is left of the time. */
static int
connect_to(struct dns_ask *ask, const struct reach_place *place,
    enum transport transport, unsigned parts)
{
	struct options options = ask->task->options;
	int64_t left = (ask->deadline_ms - now_ns() / 1000000) / parts;

	options.timeout_ms = left < 0 ? 0 : (int)left;
	int result = reach_open(&ask->reach, &options, place, transport);

	memcpy(ask->server, ask->reach.name, sizeof(ask->server));
	return result;
}

void
dns_ask_close(struct dns_ask *ask)
{
	reach_close(&ask->reach);
}

static void
take(struct dns_ask *ask, struct span reply)
{
	ask->reply = reply;
	ask->ms = (double)(now_ns() - ask->sent_ns) / 1e6;
}

/* ---------------------------------------------------------------------- UDP */

static void
told(void *context, unsigned attempt)
{
	struct dns_ask *ask = context;

	exchange_sent(ask->exchange, attempt == 0 ? "Query" : "Query, again,",
	    ask->server, query_of(ask), dissect_dns);
	ask->sent_ns = now_ns();
}

/* What is no answer is shown as well, unless there is much of it, and passed
 * over: whoever guesses must not end the wait for the right one (RFC 5452
 * §9.1). */
static bool
is_answer(void *context, struct span bytes)
{
	struct dns_ask *ask = context;
	enum dns_query_match match =
	    dns_query_matches(query_of(ask), bytes, false);

	if (match == DNS_QUERY_ANSWERED)
		return true;
	ask->passed_over = dns_query_match_text(match);
	if (ask->passed_count++ < EXCHANGE_PASSED_MAX)
		exchange_received(ask->exchange, "Passed over: message",
		    ask->server, bytes, dissect_dns);
	return false;
}

static int
ask_datagram(struct dns_ask *ask)
{
	struct space space = {
	    ask->space + DNS_ASK_LENGTH, sizeof(ask->space) - DNS_ASK_LENGTH};
	const struct reach_question question = {
	    .question = query_of(ask),
	    .tries = UDP_TRIES,
	    .is_answer = is_answer,
	    .told = told,
	    .passed_over = &ask->passed_over,
	    .context = ask,
	};
	size_t len;

	ask->passed_over = NULL;
	ask->passed_count = 0;
	int result = reach_ask(&ask->reach, &question, space, &len);

	if (result != VERB_GOOD)
		return result;
	take(ask, (struct span){space.data, len});
	exchange_received(
	    ask->exchange, "Response", ask->server, ask->reply, dissect_dns);
	return VERB_GOOD;
}

static int
ask_by_udp(struct dns_ask *ask, const struct reach_place *place, unsigned parts)
{
	write_query(ask);
	int result = connect_to(ask, place, TRANSPORT_UDP, parts);

	if (result == VERB_GOOD)
		result = ask_datagram(ask);
	dns_ask_close(ask);
	return result;
}

/* ---------------------------------------------------------------------- TCP */

/* The next message, of whatever kind. */
static int
receive_message(struct dns_ask *ask)
{
	int result = reach_receive_all(
	    &ask->reach, (struct space){ask->space, DNS_ASK_LENGTH});
	size_t len = result == VERB_GOOD ? bytes_get16be(ask->space) : 0;

	if (len > 0)
		result = reach_receive_all(&ask->reach,
		    (struct space){ask->space + DNS_ASK_LENGTH, len});
	if (result != VERB_GOOD)
		return result;
	take(ask, (struct span){ask->space + DNS_ASK_LENGTH, len});
	exchange_received(ask->exchange, "Response", ask->server,
	    (struct span){ask->space, DNS_ASK_LENGTH + len}, dissect_dns_tcp);
	return VERB_GOOD;
}

static int
receive_response(struct dns_ask *ask, bool is_later)
{
	int result = receive_message(ask);

	if (result != VERB_GOOD)
		return result;
	enum dns_query_match match =
	    dns_query_matches(query_of(ask), ask->reply, is_later);

	if (match != DNS_QUERY_ANSWERED)
		return complain(VERB_MALFORMED, "%s: %s", ask->server,
		    dns_query_match_text(match));
	return VERB_GOOD;
}

static int
ask_by_tcp(struct dns_ask *ask, const struct reach_place *place, unsigned parts)
{
	struct span framed = {ask->query, 0};

	write_query(ask);
	int result = connect_to(ask, place, TRANSPORT_TCP, parts);

	if (result != VERB_GOOD)
		return result;
	framed.len = DNS_ASK_LENGTH + ask->query_len;
	exchange_sent(
	    ask->exchange, "Query", ask->server, framed, dissect_dns_tcp);
	ask->sent_ns = now_ns();
	result = reach_send(&ask->reach, framed);
	if (result == VERB_GOOD)
		result = receive_response(ask, false);
	return result;
}

int
dns_ask_next(struct dns_ask *ask)
{
	return receive_response(ask, true);
}

/* -------------------------------------------------------------- one of them
 */

/* RFC 7873 §5.3: the server wants its cookie back, which its answer has. */
static bool
has_new_cookie(struct dns_ask *ask)
{
	struct dns_view_edns edns;
	struct span data;
	uint16_t code;
	unsigned rcode;

	if (dns_view_check(ask->reply, &edns, &rcode) != NULL ||
	    rcode != DNS_RCODE_BADCOOKIE || ask->cookie_len == 0)
		return false;
	while (dns_view_option(&edns.options, &code, &data))
		if (code == DNS_OPTION_COOKIE &&
		    data.len > DNS_COOKIE_CLIENT_SIZE &&
		    data.len <= sizeof(ask->cookie)) {
			memcpy(ask->cookie, data.data, data.len);
			ask->cookie_len = data.len;
			return true;
		}
	return false;
}

static bool
is_truncated(struct span reply)
{
	return reply.len >= DNS_HEADER_SIZE &&
	       (bytes_get16be(reply.data + 2) & DNS_FLAG_TC) != 0;
}

static int
ask_server(struct dns_ask *ask, const struct reach_place *place, unsigned parts)
{
	const struct options *options = &ask->task->options;

	if (options->transport == OPTIONS_BY_TCP) {
		int result = ask_by_tcp(ask, place, parts);

		dns_ask_close(ask);
		return result;
	}
	int result = ask_by_udp(ask, place, parts);

	if (result == VERB_GOOD && has_new_cookie(ask))
		result = ask_by_udp(ask, place, parts);
	if (result != VERB_GOOD || !is_truncated(ask->reply))
		return result;
	if (options->transport == OPTIONS_BY_UDP ||
	    options_has(options, OPTIONS_NO_RETRY))
		return complain(VERB_GOOD,
		    "%s: truncated (TC): there is more of it by TCP",
		    ask->server);
	result = ask_by_tcp(ask, place, parts);
	dns_ask_close(ask);
	return result;
}

/* The next server is only asked where one did not reply. */
static int
ask_each(
    struct dns_ask *ask, int (*one)(struct dns_ask *ask,
                             const struct reach_place *place, unsigned parts))
{
	const struct dns_servers *servers = &ask->servers;
	int result = VERB_NO_REPLY;

	ask->deadline_ms = now_ns() / 1000000 + ask->task->options.timeout_ms;
	for (unsigned i = 0; i < servers->count && result == VERB_NO_REPLY; i++)
		result = one(ask, &servers->list[i], servers->count - i);
	return result;
}

int
dns_ask(struct dns_ask *ask)
{
	return ask_each(ask, ask_server);
}

int
dns_ask_stream(struct dns_ask *ask)
{
	return ask_each(ask, ask_by_tcp);
}
