/* ntp_answer.c — what a datagram is to a client that has asked. */
#include "services/ntp/ntp_answer.h"

#include "core/bytes.h"
#include "services/ntp/ntp_extension.h"
#include "services/ntp/ntp_refid.h"

#include <stdbool.h>

/* MAXDISP of RFC 5905 §7.2, in 16.16 bits of seconds. */
static const uint32_t distance_max = 16U << 16;

/* The first version whose packets may have extension fields. */
enum { VERSION_EXTENDED = 4 };

static unsigned
version_of(const uint8_t *packet)
{
	return packet[NTP_HEADER_FLAGS] >> 3 & 7;
}

static struct ntp_answer
read_header(const uint8_t *packet)
{
	return (struct ntp_answer){
	    .leap = (enum sync_leap)(packet[NTP_HEADER_FLAGS] >> 6),
	    .version = (uint8_t)version_of(packet),
	    .mode = packet[NTP_HEADER_FLAGS] & 7,
	    .stratum = packet[NTP_HEADER_STRATUM],
	    .poll = (int8_t)packet[NTP_HEADER_POLL],
	    .precision = (int8_t)packet[NTP_HEADER_PRECISION],
	    .root_delay = bytes_get32be(packet + NTP_HEADER_ROOT_DELAY),
	    .root_dispersion =
	        bytes_get32be(packet + NTP_HEADER_ROOT_DISPERSION),
	    .refid = bytes_get32be(packet + NTP_HEADER_REFID),
	    .reference = bytes_get64be(packet + NTP_HEADER_REFERENCE),
	    .origin = bytes_get64be(packet + NTP_HEADER_ORIGIN),
	    .receive = bytes_get64be(packet + NTP_HEADER_RECEIVE),
	    .transmit = bytes_get64be(packet + NTP_HEADER_TRANSMIT),
	};
}

uint32_t
ntp_answer_distance(const struct ntp_answer *answer)
{
	uint32_t half = answer->root_delay / 2;

	return half > UINT32_MAX - answer->root_dispersion
	           ? UINT32_MAX
	           : half + answer->root_dispersion;
}

/* RFC 1059 has no modes: a server of version 1 may leave the bits 0. */
static bool
is_server(const struct ntp_answer *answer)
{
	return answer->mode == NTP_HEADER_SERVER ||
	       (answer->version == 1 && answer->mode == NTP_HEADER_RESERVED);
}

static bool
has_good_end(const struct ntp_answer *answer, struct span bytes)
{
	const struct span behind = {
	    bytes.data + NTP_HEADER_LEN,
	    bytes.len - NTP_HEADER_LEN,
	};
	size_t mac_len;

	return answer->version < VERSION_EXTENDED ||
	       ntp_extension_read(behind, &mac_len);
}

/* How far an answer that is one can be trusted: RFC 5905 appendix A.5.1.1. */
static enum ntp_answer_kind
judge(const struct ntp_answer *answer)
{
	if (answer->leap == SYNC_LEAP_UNKNOWN || answer->stratum == 0 ||
	    answer->stratum > NTP_HEADER_STRATUM_MAX)
		return NTP_ANSWER_UNSYNCHRONISED;
	if (ntp_answer_distance(answer) >= distance_max)
		return NTP_ANSWER_DISTANT;
	if (answer->reference != 0 &&
	    (int64_t)(answer->transmit - answer->reference) < 0)
		return NTP_ANSWER_BACKWARD;
	return NTP_ANSWER_GOOD;
}

enum ntp_answer_kind
ntp_answer_read(const uint8_t query[NTP_HEADER_LEN], struct span bytes,
    struct ntp_answer *answer)
{
	if (bytes.len < NTP_HEADER_LEN)
		return NTP_ANSWER_SHORT;
	*answer = read_header(bytes.data);
	if (answer->origin != bytes_get64be(query + NTP_HEADER_TRANSMIT))
		return NTP_ANSWER_OTHER;
	if (!is_server(answer))
		return NTP_ANSWER_MODE;
	if (answer->version == 0 || answer->version > version_of(query))
		return NTP_ANSWER_VERSION;
	if (!has_good_end(answer, bytes))
		return NTP_ANSWER_EXTENSION;
	/* It has no time: its stamps may be anything. */
	if (answer->stratum == 0 && ntp_refid_is_text(answer->refid) &&
	    answer->refid != NTP_REFID_INIT)
		return NTP_ANSWER_KISS;
	if (answer->receive == 0 || answer->transmit == 0)
		return NTP_ANSWER_TIMELESS;
	return judge(answer);
}
