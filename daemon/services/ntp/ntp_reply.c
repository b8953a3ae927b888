/* ntp_reply.c — one NTP reply written. */
#include "services/ntp/ntp_reply.h"

#include "core/bytes.h"
#include "services/ntp/ntp_stamp.h"

#include <assert.h>
#include <string.h>

static const uint64_t second_ns = 1000000000;

static uint64_t
dispersion_at(const struct sync_state *state, uint64_t now_ns)
{
	uint64_t until_ns = now_ns + second_ns;

	if (state->reference_ns == 0 || until_ns < state->read_ns)
		return state->root_dispersion_ns;
	return state->root_dispersion_ns +
	       sync_growth(until_ns - state->read_ns);
}

/* Never ahead of the reply: the clock may have been set back since it was
 * looked at. */
static uint64_t
reference_at(const struct sync_state *state, uint64_t now_ns)
{
	if (state->reference_ns == 0)
		return 0;
	return ntp_stamp(
	    state->reference_ns < now_ns ? state->reference_ns : now_ns);
}

struct ntp_reply_system
ntp_reply_system(const struct sync_state *state, uint64_t now_ns)
{
	struct ntp_reply_system system;
	uint8_t *packet = system.bytes;

	assert(state->stratum <= NTP_HEADER_STRATUM_MAX);
	packet[NTP_HEADER_FLAGS] = (uint8_t)((unsigned)state->leap << 6);
	packet[NTP_HEADER_STRATUM] = state->stratum;
	packet[NTP_HEADER_POLL] = 0;
	packet[NTP_HEADER_PRECISION] = (uint8_t)state->precision;
	bytes_put32be(packet + NTP_HEADER_ROOT_DELAY,
	    ntp_stamp_short(state->root_delay_ns));
	bytes_put32be(packet + NTP_HEADER_ROOT_DISPERSION,
	    ntp_stamp_short(dispersion_at(state, now_ns)));
	bytes_put32be(packet + NTP_HEADER_REFID, state->refid);
	bytes_put64be(
	    packet + NTP_HEADER_REFERENCE, reference_at(state, now_ns));
	return system;
}

int8_t
ntp_reply_poll_min(uint32_t interval_ms)
{
	enum { FINEST = -9, COARSEST = 23 }; /* 2 ms; beyond 2^32 ms */
	uint64_t units = (uint64_t)interval_ms << -FINEST;
	int poll = FINEST;

	if (interval_ms == 0)
		return INT8_MIN;
	while (poll < COARSEST && UINT64_C(1000) << (poll - FINEST) < units)
		poll++;
	return (int8_t)poll;
}

/* The fields that answer to REQUEST's own. */
static void
put_request(uint8_t *packet, const struct ntp_request *request, int8_t poll_min)
{
	unsigned mode = request->mode == NTP_HEADER_ACTIVE ? NTP_HEADER_PASSIVE
	                                                   : NTP_HEADER_SERVER;

	packet[NTP_HEADER_FLAGS] |=
	    (uint8_t)((unsigned)request->version << 3 | mode);
	packet[NTP_HEADER_POLL] =
	    (uint8_t)(request->poll < poll_min ? poll_min : request->poll);
	bytes_put64be(packet + NTP_HEADER_ORIGIN, request->transmit);
}

void
ntp_reply_write(const struct ntp_reply_system *system,
    const struct ntp_request *request, int8_t poll_min, uint64_t receive,
    uint8_t packet[NTP_HEADER_LEN])
{
	memcpy(packet, system->bytes, sizeof(system->bytes));
	put_request(packet, request, poll_min);
	bytes_put64be(packet + NTP_HEADER_RECEIVE, receive);
}

/* Differences are taken modulo 2^64, so that they hold across eras. */
void
ntp_reply_stamp(uint8_t packet[NTP_HEADER_LEN], uint64_t transmit)
{
	uint64_t receive = bytes_get64be(packet + NTP_HEADER_RECEIVE);

	while (transmit == 0 ||
	       transmit == bytes_get64be(packet + NTP_HEADER_ORIGIN))
		transmit += 2;
	/* Equal, or the clock was stepped back in between: what it says now
	 * counts. */
	if ((int64_t)(transmit - receive) <= 0)
		bytes_put64be(packet + NTP_HEADER_RECEIVE, transmit - 1);
	bytes_put64be(packet + NTP_HEADER_TRANSMIT, transmit);
}

void
ntp_reply_interleave(
    uint8_t packet[NTP_HEADER_LEN], uint64_t origin, uint64_t transmit)
{
	bytes_put64be(packet + NTP_HEADER_ORIGIN, origin);
	bytes_put64be(packet + NTP_HEADER_TRANSMIT, transmit);
}

bool
ntp_reply_may_kod(const struct ntp_request *request)
{
	return request->mode == NTP_HEADER_CLIENT && request->mac_len == 0;
}

void
ntp_reply_kod(const struct ntp_request *request, int8_t poll_min,
    uint8_t packet[NTP_HEADER_LEN])
{
	memset(packet, 0, NTP_HEADER_LEN);
	packet[NTP_HEADER_FLAGS] = SYNC_LEAP_UNKNOWN << 6;
	put_request(packet, request, poll_min);
	bytes_put32be(packet + NTP_HEADER_REFID, NTP_HEADER_KISS_RATE);
	bytes_put64be(packet + NTP_HEADER_RECEIVE, request->transmit);
	bytes_put64be(packet + NTP_HEADER_TRANSMIT, request->transmit);
}
