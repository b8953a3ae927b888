/*
 * ntp_packet_fuzz.c — any datagram is either refused or answered as RFC 5905
 * says, whatever the settings. The first bytes choose the server's side.
 */
#include "core/bytes.h"
#include "services/ntp/ntp_reply.h"
#include "services/ntp/ntp_request.h"
#include "services/ntp/ntp_stamp.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the first bytes stand for. */
enum {
	AT_NOW = 0,     /* 8 */
	AT_WAITED = 8,  /* 4 */
	AT_SYSTEM = 12, /* leap, stratum */
	AT_PRECISION = 13,
	AT_REFID = 14,
	AT_DELAY = 15,
	AT_DISPERSION = 16,
	AT_SETTINGS = 17,
	AT_POLL_MIN = 18,
	AT_PORT = 19, /* 2 */
	CHOICE = 21,
};

static const struct ntp_settings everything = {
    .has_legacy = true,
    .has_symmetric = true,
    .has_interleaved = true,
    .has_kod = true,
};

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

/* A request was found in QUESTION: this and no more may it be. */
static void
check_request(const struct ntp_settings *settings, struct span question,
    uint16_t port, const struct ntp_request *request)
{
	unsigned mode = question.data[0] & 7;
	unsigned version = question.data[0] >> 3 & 7;

	check(question.len >= NTP_HEADER_LEN && question.len % 4 == 0);
	check(port > 63);
	check(request->version == version);
	check(version <= 4 && version >= (settings->has_legacy ? 1 : 3));
	if (mode == NTP_HEADER_ACTIVE)
		check(settings->has_symmetric && request->mode == mode);
	else
		check(request->mode == NTP_HEADER_CLIENT);
	if (mode == NTP_HEADER_RESERVED)
		check(version == 1 && port != 123);
	else
		check(mode == request->mode);
	if (request->mac_len != 0) {
		check(request->mac_len >= 8 && request->mac_at >= 48);
		check(request->mac_at + request->mac_len == question.len);
		check(request->key_id ==
		      bytes_get32be(question.data + request->mac_at));
	}
	if (request->is_interleaved)
		check(settings->has_interleaved && version == 4 &&
		      mode == NTP_HEADER_CLIENT && request->origin != 0);
}

/* What all replies have: fields that match the request's, and a form that no
 * server answers. */
static void
check_reply(struct span question, const struct ntp_request *request,
    int8_t poll_min, const uint8_t *reply)
{
	struct ntp_request again;
	int8_t poll = (int8_t)reply[NTP_HEADER_POLL];

	check((reply[0] & 0x38) == (question.data[0] & 0x38));
	check((reply[0] & 7) == (request->mode == NTP_HEADER_ACTIVE ? 2 : 4));
	check(reply[NTP_HEADER_STRATUM] < 16);
	check(poll >= poll_min && poll >= request->poll);
	check(poll == poll_min || poll == request->poll);
	check(memcmp(reply + NTP_HEADER_ORIGIN,
	          question.data + NTP_HEADER_TRANSMIT, 8) == 0);
	check(
	    ntp_request_read(&everything, (struct span){reply, NTP_HEADER_LEN},
	        40000, &again) == NTP_REQUEST_BAD_MODE);
}

static void
check_answer(const struct sync_state *sync, const uint8_t *reply)
{
	uint64_t receive = bytes_get64be(reply + NTP_HEADER_RECEIVE);
	uint64_t transmit = bytes_get64be(reply + NTP_HEADER_TRANSMIT);

	check(reply[0] >> 6 == (int)sync->leap);
	check(reply[NTP_HEADER_STRATUM] == sync->stratum);
	check((int8_t)reply[NTP_HEADER_PRECISION] == sync->precision);
	check(transmit != 0);
	check(transmit != bytes_get64be(reply + NTP_HEADER_ORIGIN));
	check((int64_t)(transmit - receive) > 0);
}

static void
check_kod(const struct ntp_request *request, const uint8_t *reply)
{
	check(request->mode == NTP_HEADER_CLIENT && request->mac_len == 0);
	check(reply[0] >> 6 == 3 && reply[NTP_HEADER_STRATUM] == 0);
	check(memcmp(reply + NTP_HEADER_REFID, "RATE", 4) == 0);
	check(memcmp(reply + NTP_HEADER_ORIGIN, reply + NTP_HEADER_RECEIVE,
	          8) == 0);
	check(memcmp(reply + NTP_HEADER_ORIGIN, reply + NTP_HEADER_TRANSMIT,
	          8) == 0);
}

/* Both replies that REQUEST may get. Stamps are at most 60 s apart, as of
 * datagrams that wait in a queue, until 2554, when CLOCK_REALTIME in
 * nanoseconds ends. */
static void
answer(const uint8_t *data, struct span question,
    const struct ntp_request *request)
{
	uint8_t reply[NTP_HEADER_LEN];
	int8_t poll_min = (int8_t)data[AT_POLL_MIN];
	uint64_t now_ns = bytes_get64be(data + AT_NOW) | 1;
	uint64_t waited_ns = bytes_get32be(data + AT_WAITED) % 60000000000;
	const struct sync_state sync = {
	    .leap = (enum sync_leap)(data[AT_SYSTEM] & 3),
	    .stratum = data[AT_SYSTEM] >> 4,
	    .precision = (int8_t)data[AT_PRECISION],
	    .refid = data[AT_REFID],
	    .root_delay_ns = (uint64_t)data[AT_DELAY] << 32,
	    .root_dispersion_ns = (uint64_t)data[AT_DISPERSION] << 32,
	    .read_ns = now_ns / 2,
	    .reference_ns = now_ns / 2,
	};
	struct ntp_reply_system system = ntp_reply_system(&sync, now_ns);

	ntp_reply_write(&system, request, poll_min,
	    ntp_stamp_receive(now_ns > waited_ns ? now_ns - waited_ns : 0),
	    reply);
	ntp_reply_stamp(reply, ntp_stamp_transmit(now_ns));
	check_reply(question, request, poll_min, reply);
	check_answer(&sync, reply);
	if (!ntp_reply_may_kod(request))
		return;
	ntp_reply_kod(request, poll_min, reply);
	check_reply(question, request, poll_min, reply);
	check_kod(request, reply);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ntp_request request;

	if (size < CHOICE)
		return 0;

	struct span question = {data + CHOICE, size - CHOICE};
	uint16_t port = bytes_get16be(data + AT_PORT);
	const struct ntp_settings settings = {
	    .has_legacy = (data[AT_SETTINGS] & 1) != 0,
	    .has_symmetric = (data[AT_SETTINGS] & 2) != 0,
	    .has_interleaved = (data[AT_SETTINGS] & 4) != 0,
	    .has_kod = (data[AT_SETTINGS] & 8) != 0,
	};

	if (ntp_request_read(&settings, question, port, &request) !=
	    NTP_REQUEST_VALID)
		return 0;
	check_request(&settings, question, port, &request);
	answer(data, question, &request);
	return 0;
}
