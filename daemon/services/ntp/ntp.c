/* ntp.c — the door of the ntp room: an RFC 5905 server. How good the clock is,
 * the clock room tells (core/sync.h). */
#include "services/ntp/ntp.h"

#include "core/bytes.h"
#include "core/log.h"
#include "core/sync.h"
#include "services/ntp/ntp_auth.h"
#include "services/ntp/ntp_interleaved.h"
#include "services/ntp/ntp_load.h"
#include "services/ntp/ntp_reply.h"
#include "services/ntp/ntp_request.h"
#include "services/ntp/ntp_settings.h"
#include "services/ntp/ntp_stamp.h"

#include <stdlib.h>
#include <time.h>

enum outcome {
	ANSWERED,
	UNSYNCHRONISED, /* answered, with leap 3 and stratum 0 */
	KOD,            /* beyond the rate limit, and told so */
	AUTH,           /* + enum ntp_auth_verdict - NTP_AUTH_UNKNOWN_KEY */
	REFUSED =
	    AUTH + 2, /* + enum ntp_request_kind - NTP_REQUEST_BAD_LENGTH */
};

static const char *const outcomes[] = {
    [ANSWERED] = "answered",
    [UNSYNCHRONISED] = "unsynchronised",
    [KOD] = "kod",
    [AUTH] = "unknown_key",
    "bad_mac",
    "bad_length",
    "bad_version",
    "bad_port",
    "bad_mode",
    "control_mode",
    "private_mode",
    "bad_extension",
    "crypto_nak",
    NULL,
};

_Static_assert(sizeof(outcomes) / sizeof(outcomes[0]) ==
                   REFUSED + NTP_REQUEST_NAK - NTP_REQUEST_BAD_LENGTH + 2,
    "every kind of datagram that is refused has its outcome");

enum {
	/* The longest question: some clients pad with extension fields, none
	 * beyond what IPv6 carries unfragmented. */
	QUESTION_MAX = 1280,
};

/* What is left to do when a reply leaves: struct reply's mark. */
enum mark {
	MARK_STAMP = 1 << 0,    /* its transmit stamp */
	MARK_REMEMBER = 1 << 1, /* when it left, for the client's next one */
};

static const uint64_t second_ns = 1000000000;

struct ntp {
	const struct ntp_settings *settings;
	struct ntp_auth auth;
	int8_t poll_min;
	struct sync_reader sync;
	struct ntp_interleaved interleaved;
	/* What the replies of this millisecond have in common. */
	uint64_t system_ms;
	struct ntp_reply_system system;
	enum outcome answered;
};

static uint64_t
clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * second_ns + (uint64_t)now.tv_nsec;
}

static void
close_keys(struct ntp_auth *auth)
{
	for (size_t i = 0; i < auth->count; i++)
		mac_close(auth->macs[i]);
	free(auth->macs);
}

/* Makes the keys ready that the loader found good. They live as long as the
 * worker, as all of the room does. */
static bool
open_keys(struct ntp_auth *auth, const struct ntp_settings *settings)
{
	size_t count = settings->key_count;

	auth->keys = settings->keys;
	auth->macs = count == 0 ? NULL : calloc(count, sizeof(auth->macs[0]));
	for (; auth->macs != NULL && auth->count < count; auth->count++) {
		const struct ntp_key *key = &auth->keys[auth->count];
		struct mac *mac = mac_open((enum mac_type)key->type,
		    (struct span){key->bytes, key->len});

		if (mac == NULL)
			break;
		auth->macs[auth->count] = mac;
	}
	if (auth->count == count)
		return true;
	log_error("ntp: no memory, or no keys of libcrypto's");
	close_keys(auth);
	return false;
}

static void *
ntp_start(const struct service_start *start)
{
	const struct ntp_settings *settings = (const void *)start->part.data;
	struct ntp *ntp;

	if (start->part.len < sizeof(*settings) ||
	    (start->part.len - sizeof(*settings)) / sizeof(struct ntp_key) <
	        settings->key_count)
		return NULL;
	ntp = calloc(1, sizeof(*ntp));
	if (ntp == NULL || !open_keys(&ntp->auth, settings)) {
		free(ntp);
		return NULL;
	}
	ntp->settings = settings;
	ntp->poll_min = ntp_reply_poll_min(start->settings->limit.interval_ms);
	ntp->sync = sync_reader_init(start->sync);
	ntp->interleaved = (struct ntp_interleaved){start->own, start->key};
	ntp->system_ms = UINT64_MAX;
	return ntp;
}

/* The bytes that all replies share change slowly: they are made once in a
 * millisecond, that is for a whole batch or more. */
static void
look_at_clock(struct ntp *ntp, uint64_t now_ms)
{
	if (now_ms == ntp->system_ms)
		return;

	const struct sync_state *sync = sync_look(&ntp->sync, now_ms);

	ntp->system = ntp_reply_system(sync, clock_ns());
	ntp->answered = sync->stratum == 0 ? UNSYNCHRONISED : ANSWERED;
	ntp->system_ms = now_ms;
}

static struct reply
silence(unsigned outcome)
{
	return (struct reply){.is_silent = true, .outcome = outcome};
}

static enum ntp_request_kind
read_request(const struct ntp *ntp, const struct datagram *question,
    struct ntp_request *request)
{
	return ntp_request_read(
	    ntp->settings, question->bytes, addr_port(question->peer), request);
}

static struct reply
refuse(enum ntp_request_kind kind)
{
	return silence(REFUSED + (unsigned)kind - NTP_REQUEST_BAD_LENGTH);
}

/* Gives the reply in PACKET a MAC by the key of REQUEST, as long as that
 * one's, to be filled in by ntp_auth_sign; returns the new length. */
static size_t
add_mac(const struct ntp_request *request, uint8_t *packet)
{
	bytes_put32be(packet + NTP_HEADER_LEN, request->key_id);
	return (size_t)NTP_HEADER_LEN + request->mac_len;
}

/* Where REQUEST names a reply that is remembered, has PACKET say when that one
 * left. Returns the marks. */
static unsigned
interleave(const struct ntp *ntp, const struct ntp_request *request,
    const struct addr *client, uint8_t *packet)
{
	uint64_t left =
	    ntp_interleaved_take(&ntp->interleaved, client, request->origin);

	if (left == 0)
		return MARK_STAMP | MARK_REMEMBER;
	ntp_reply_interleave(packet, request->receive, left);
	return MARK_REMEMBER;
}

static struct reply
ntp_answer(void *state, const struct datagram *question, struct space out)
{
	struct ntp *ntp = state;
	struct ntp_request request;
	uint64_t received_ns = question->received_ns;
	enum ntp_request_kind kind = read_request(ntp, question, &request);
	size_t len = NTP_HEADER_LEN;

	if (kind != NTP_REQUEST_VALID)
		return refuse(kind);
	if (request.mac_len != 0) {
		enum ntp_auth_verdict verdict =
		    ntp_auth_check(&ntp->auth, question->bytes, request.mac_at);

		if (verdict != NTP_AUTH_GOOD)
			return silence(
			    AUTH + (unsigned)verdict - NTP_AUTH_UNKNOWN_KEY);
		len = add_mac(&request, out.data);
	}
	look_at_clock(ntp, question->now_ms);
	if (received_ns == 0)
		received_ns = clock_ns();
	ntp_reply_write(&ntp->system, &request, ntp->poll_min,
	    ntp_stamp_receive(received_ns), out.data);
	return (struct reply){
	    .len = len,
	    .outcome = ntp->answered,
	    .mark = request.is_interleaved
	                ? interleave(ntp, &request, question->peer, out.data)
	                : MARK_STAMP,
	};
}

/* A request that is over its source's rate. Only one that would have got a
 * reply is told so. */
static struct reply
ntp_limited(void *state, const struct datagram *question, struct space out)
{
	struct ntp *ntp = state;
	struct ntp_request request;
	enum ntp_request_kind kind = read_request(ntp, question, &request);

	if (kind != NTP_REQUEST_VALID)
		return refuse(kind);
	if (!ntp->settings->has_kod || !ntp_reply_may_kod(&request))
		return silence(OUTCOME_NONE);
	ntp_reply_kod(&request, ntp->poll_min, out.data);
	return (struct reply){.len = NTP_HEADER_LEN, .outcome = KOD};
}

static bool
is_signed(const struct departure *departure)
{
	return departure->bytes.cap > NTP_HEADER_LEN;
}

/* Stamps a reply of a wave that begins to leave at NOW. */
static void
stamp(const struct ntp *ntp, struct departure *departure, uint64_t now)
{
	uint64_t transmit = now + ntp_stamp_interval(departure->after_ns);

	if ((departure->mark & MARK_STAMP) != 0)
		ntp_reply_stamp(departure->bytes.data, transmit);
	if ((departure->mark & MARK_REMEMBER) != 0)
		departure->is_watched =
		    ntp_interleaved_remember(&ntp->interleaved, departure->peer,
		        departure->bytes.data, transmit);
}

/* A MAC covers the stamps, and takes its time: the replies without one get
 * their stamps when all are made. */
static void
ntp_depart(void *state, struct departure *departures, unsigned count)
{
	const struct ntp *ntp = state;

	for (unsigned i = 0; i < count; i++) {
		if (!is_signed(&departures[i]))
			continue;
		stamp(ntp, &departures[i], ntp_stamp_transmit(clock_ns()));
		ntp_auth_sign(&ntp->auth, departures[i].bytes);
	}
	uint64_t now = ntp_stamp_transmit(clock_ns());

	for (unsigned i = 0; i < count; i++)
		if (!is_signed(&departures[i]))
			stamp(ntp, &departures[i], now);
}

static void
ntp_sent(void *state, const struct sending *sending)
{
	const struct ntp *ntp = state;

	if (sending->bytes.len >= NTP_HEADER_LEN)
		ntp_interleaved_improve(&ntp->interleaved, sending->peer,
		    bytes_get64be(sending->bytes.data + NTP_HEADER_RECEIVE),
		    ntp_stamp_transmit(sending->sent_ns));
}

const struct service ntp_service = {
    .name = "ntp",
    .role = ROLE_TIME,
    .listen = {{.key = "ntp", .transports = 1 << TRANSPORT_UDP}},
    .needs = NEED_RATE_LIMIT | NEED_RX_TIME | NEED_WHOLE_REPLY,
    .outcomes = outcomes,
    .options = ntp_load_options,
    .datagram_max = QUESTION_MAX,
    .shared_size = sizeof(struct ntp_interleaved_table),
    .load = ntp_load,
    .start = ntp_start,
    .answer = ntp_answer,
    .limited = ntp_limited,
    .depart = ntp_depart,
    .sent = ntp_sent,
};
