/* ntp_query.c — the packet that a client asks with. */
#include "services/ntp/ntp_query.h"

#include "core/bytes.h"

#include <string.h>

void
ntp_query(uint8_t packet[NTP_HEADER_LEN], unsigned version, uint64_t transmit)
{
	/* RFC 1059 has no modes: those bits are 0 in version 1. */
	unsigned mode = version == 1 ? NTP_HEADER_RESERVED : NTP_HEADER_CLIENT;

	memset(packet, 0, NTP_HEADER_LEN);
	packet[NTP_HEADER_FLAGS] = (uint8_t)(version << 3 | mode);
	bytes_put64be(packet + NTP_HEADER_TRANSMIT, transmit);
}
