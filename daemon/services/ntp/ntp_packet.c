/* ntp_packet.c — one NTP request checked, one reply written. */
#include "services/ntp/ntp_packet.h"

#include "core/bytes.h"

#include <assert.h>
#include <string.h>

/* Offsets in the header, RFC 5905 Figure 8. */
enum {
	AT_FLAGS = 0, /* leap, version, mode: 2 + 3 + 3 bits */
	AT_STRATUM = 1,
	AT_POLL = 2,
	AT_PRECISION = 3,
	AT_ROOT_DELAY = 4,
	AT_ROOT_DISPERSION = 8,
	AT_REFID = 12,
	AT_REFERENCE = 16,
	AT_ORIGIN = 24,
	AT_RECEIVE = 32,
	AT_TRANSMIT = 40,
};

enum {
	MODE_CLIENT = 3,
	MODE_SERVER = 4,
	MODE_CONTROL = 6,
	MODE_PRIVATE = 7,
};

/* RFC 7822 §3: a field has 16 bytes or more, and the last one, where no MAC
 * follows, 28, because a MAC has 24 at most (and a crypto-NAK 4). */
enum {
	FIELD_MIN = 16,
	FIELD_LAST_MIN = 28,
	MAC_NAK = 4,
	MAC_MD5 = 20,
	MAC_SHA1 = 24,
};

static const uint64_t second_ns = 1000000000;
static const uint64_t unix_to_ntp = 2208988800; /* 1900 to 1970, seconds */

/* What stands behind the header of a version 4 packet. */
static enum ntp_packet_kind
check_fields(const uint8_t *p, size_t left)
{
	while (left > 0) {
		if (left == MAC_NAK || left == MAC_MD5 || left == MAC_SHA1)
			return NTP_PACKET_MAC;
		if (left < FIELD_LAST_MIN)
			return NTP_PACKET_BAD_EXTENSION;

		size_t len = bytes_get16be(p + 2);

		if (len < FIELD_MIN || len % 4 != 0 || len > left)
			return NTP_PACKET_BAD_EXTENSION;
		p += len;
		left -= len;
	}
	return NTP_PACKET_REQUEST;
}

enum ntp_packet_kind
ntp_packet_check(struct span bytes)
{
	if (bytes.len == 0)
		return NTP_PACKET_BAD_LENGTH;

	unsigned mode = bytes.data[AT_FLAGS] & 7;
	unsigned version = bytes.data[AT_FLAGS] >> 3 & 7;

	/* These two have headers of their own, 8 and 12 bytes. */
	if (mode == MODE_CONTROL)
		return NTP_PACKET_CONTROL;
	if (mode == MODE_PRIVATE)
		return NTP_PACKET_PRIVATE;
	if (bytes.len < NTP_PACKET_LEN || bytes.len % 4 != 0)
		return NTP_PACKET_BAD_LENGTH;
	if (version != 3 && version != 4)
		return NTP_PACKET_BAD_VERSION;
	/* Silence to replies, broadcasts and peers is also what keeps two
	 * servers from answering each other for ever. */
	if (mode != MODE_CLIENT)
		return NTP_PACKET_BAD_MODE;
	if (bytes.len == NTP_PACKET_LEN)
		return NTP_PACKET_REQUEST;
	/* RFC 1305 knows no fields: more than the header is a MAC. */
	if (version == 3)
		return NTP_PACKET_MAC;
	return check_fields(
	    bytes.data + NTP_PACKET_LEN, bytes.len - NTP_PACKET_LEN);
}

uint64_t
ntp_packet_stamp(uint64_t unix_ns)
{
	/* DEVIATES: RFC 5905 §6 would have the bits below the precision
	 * random. The nanoseconds that the clock gives are kept as they are:
	 * they differ from reply to reply, and no client relies on more. */
	uint64_t seconds = unix_ns / second_ns + unix_to_ntp;
	uint64_t fraction = (unix_ns % second_ns << 32) / second_ns;
	uint64_t stamp = seconds << 32 | fraction;

	return stamp == 0 ? 1 : stamp;
}

/* NS in the 16.16 bits of RFC 5905 §6, rounded up: an error bound may not
 * shrink. */
static uint32_t
short_format(uint64_t ns)
{
	const uint64_t max_ns = 65535 * second_ns;

	if (ns > max_ns)
		ns = max_ns;
	return (uint32_t)(((ns << 16) + second_ns - 1) / second_ns);
}

/* The bound at NOW_NS: RFC 5905 §7.2 lets it grow by PHI = 15 µs a second.
 * 2^-16 is 15.3 µs, and a shift. */
static uint64_t
dispersion_at(const struct sync_state *system, uint64_t now_ns)
{
	if (system->reference_ns == 0 || now_ns < system->read_ns)
		return system->root_dispersion_ns;
	return system->root_dispersion_ns + ((now_ns - system->read_ns) >> 16);
}

/*
 * The receive and transmit stamps, in order and distinct from each other and
 * from ORIGIN (a client takes equal stamps for a copy of its own packet).
 * Differences are taken modulo 2^64, so that they hold across eras.
 */
static void
put_stamps(
    uint8_t *packet, uint64_t origin, uint64_t receive, uint64_t transmit)
{
	if (transmit == origin)
		transmit++;
	/* Equal, or the clock was stepped back in between: what it says now
	 * counts. */
	if ((int64_t)(transmit - receive) <= 0)
		receive = transmit - 1;
	bytes_put64be(packet + AT_ORIGIN, origin);
	bytes_put64be(packet + AT_RECEIVE, receive);
	bytes_put64be(packet + AT_TRANSMIT, transmit);
}

size_t
ntp_packet_reply(const struct sync_state *system, struct span request,
    uint64_t received_ns, uint64_t now_ns, struct space out)
{
	uint8_t *packet = out.data;

	assert(request.len >= NTP_PACKET_LEN);
	assert(out.cap >= NTP_PACKET_LEN);
	assert(system->stratum < 16);

	unsigned version = request.data[AT_FLAGS] & 7U << 3;

	packet[AT_FLAGS] =
	    (uint8_t)((unsigned)system->leap << 6 | version | MODE_SERVER);
	packet[AT_STRATUM] = system->stratum;
	packet[AT_POLL] = request.data[AT_POLL];
	packet[AT_PRECISION] = (uint8_t)system->precision;
	bytes_put32be(
	    packet + AT_ROOT_DELAY, short_format(system->root_delay_ns));
	bytes_put32be(packet + AT_ROOT_DISPERSION,
	    short_format(dispersion_at(system, now_ns)));
	bytes_put32be(packet + AT_REFID, system->refid);
	bytes_put64be(packet + AT_REFERENCE,
	    system->reference_ns == 0 ? 0
	                              : ntp_packet_stamp(system->reference_ns));
	put_stamps(packet, bytes_get64be(request.data + AT_TRANSMIT),
	    ntp_packet_stamp(received_ns), ntp_packet_stamp(now_ns));
	return NTP_PACKET_LEN;
}
