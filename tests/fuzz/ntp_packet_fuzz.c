/* ntp_packet_fuzz.c — any datagram is either refused or answered as RFC 5905
 * says. The first 17 bytes choose the server's side. */
#include "services/ntp/ntp_packet.h"

#include "core/bytes.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

static void
check_reply(struct span question, const uint8_t *reply)
{
	uint64_t receive = bytes_get64be(reply + 32);
	uint64_t transmit = bytes_get64be(reply + 40);

	check((reply[0] & 0x38) == (question.data[0] & 0x38));
	check((reply[0] & 7) == 4);
	check(reply[1] < 16);
	check(memcmp(reply + 24, question.data + 40, 8) == 0);
	check(transmit != 0 && transmit != bytes_get64be(reply + 24));
	check((int64_t)(transmit - receive) > 0);
	check(ntp_packet_check((struct span){reply, NTP_PACKET_LEN}) ==
	      NTP_PACKET_BAD_MODE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { CHOICE = 17 };
	uint8_t reply[NTP_PACKET_LEN];

	if (size < CHOICE)
		return 0;

	struct span question = {data + CHOICE, size - CHOICE};
	/* Until 2554, when CLOCK_REALTIME in nanoseconds ends. Stamps are at
	 * most 60 s apart, as datagrams that wait in a queue. */
	uint64_t now_ns = bytes_get64be(data) | 1;
	uint64_t waited_ns = bytes_get32be(data + 8) % 60000000000;
	struct sync_state system = {
	    .leap = (enum sync_leap)(data[12] & 3),
	    .stratum = data[12] >> 4,
	    .precision = (int8_t)data[13],
	    .refid = data[14],
	    .root_delay_ns = (uint64_t)data[15] << 32,
	    .root_dispersion_ns = (uint64_t)data[16] << 32,
	    .reference_ns = now_ns / 2,
	};

	if (ntp_packet_check(question) != NTP_PACKET_REQUEST)
		return 0;
	check(question.len >= NTP_PACKET_LEN && question.len % 4 == 0);
	check(ntp_packet_reply(&system, question,
	          now_ns > waited_ns ? now_ns - waited_ns : 0, now_ns,
	          (struct space){reply, sizeof(reply)}) == NTP_PACKET_LEN);
	check_reply(question, reply);
	return 0;
}
