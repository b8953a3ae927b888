/* ntp_query.h — the packet that a client asks with: RFC 5905 §7.3. Pure. */
#ifndef NETLAB_SERVICES_NTP_QUERY_H
#define NETLAB_SERVICES_NTP_QUERY_H

#include "core/ntp_header.h"

#include <stdint.h>

/*
 * Writes a query of VERSION, 1 to 4, that leaves at TRANSMIT: any bits at all,
 * which the answer has to repeat as its origin. All that a server has no use
 * for is 0, so that it says nothing of us.
 */
void ntp_query(
    uint8_t packet[NTP_HEADER_LEN], unsigned version, uint64_t transmit);

#endif
