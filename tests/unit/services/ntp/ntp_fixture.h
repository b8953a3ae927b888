/* ntp_fixture.h — requests and a server's state for the tests of ntp. */
#ifndef NETLAB_TESTS_NTP_FIXTURE_H
#define NETLAB_TESTS_NTP_FIXTURE_H

#include "core/bytes.h"
#include "core/ntp_header.h"
#include "core/span.h"
#include "core/sync.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

enum { NTP_FIXTURE_SIZE = 2048 };

#define NTP_FIXTURE_SECOND_NS UINT64_C(1000000000)
#define NTP_FIXTURE_NOW_NS UINT64_C(1795226963123456789) /* 2026-11-21 */
/* date -ud 2036-02-07T06:28:16Z +%s */
#define NTP_FIXTURE_ERA_NS (UINT64_C(2085978496) * NTP_FIXTURE_SECOND_NS)
#define NTP_FIXTURE_TRANSMIT UINT64_C(0x0123456789abcdef)

/* A whole request of LEN bytes: version, mode, and a transmit stamp. */
static inline struct span
ntp_fixture_request(uint8_t packet[NTP_FIXTURE_SIZE], unsigned version,
    unsigned mode, size_t len)
{
	memset(packet, 0, NTP_FIXTURE_SIZE);
	packet[NTP_HEADER_FLAGS] = (uint8_t)(version << 3 | mode);
	bytes_put64be(packet + NTP_HEADER_TRANSMIT, NTP_FIXTURE_TRANSMIT);
	return (struct span){packet, len};
}

/* A clock that was corrected 30 s ago, and looked at a second ago. */
static inline struct sync_state
ntp_fixture_synchronised(void)
{
	return (struct sync_state){
	    .leap = SYNC_LEAP_NONE,
	    .stratum = 10,
	    .precision = -25,
	    .refid = 0x7f7f0101,
	    .root_dispersion_ns = 5000000,
	    .read_ns = NTP_FIXTURE_NOW_NS - NTP_FIXTURE_SECOND_NS,
	    .reference_ns = NTP_FIXTURE_NOW_NS - 30 * NTP_FIXTURE_SECOND_NS,
	};
}

#endif
