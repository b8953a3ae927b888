/*
 * ntp_header.h — the header of an NTP packet as it lies on the wire: RFC 5905
 * Figure 8, the same in versions 1 to 4. For the room that serves it, and for
 * the one that asks another server (services/clock/).
 */
#ifndef NETLAB_CORE_NTP_HEADER_H
#define NETLAB_CORE_NTP_HEADER_H

/* Offsets. */
enum {
	NTP_HEADER_FLAGS = 0, /* leap, version, mode: 2 + 3 + 3 bits */
	NTP_HEADER_STRATUM = 1,
	NTP_HEADER_POLL = 2,
	NTP_HEADER_PRECISION = 3,
	NTP_HEADER_ROOT_DELAY = 4,
	NTP_HEADER_ROOT_DISPERSION = 8,
	NTP_HEADER_REFID = 12,
	NTP_HEADER_REFERENCE = 16,
	NTP_HEADER_ORIGIN = 24,
	NTP_HEADER_RECEIVE = 32,
	NTP_HEADER_TRANSMIT = 40,
	NTP_HEADER_LEN = 48, /* extension fields or a MAC begin here */
};

/* RFC 5905 Figure 10. */
enum ntp_header_mode {
	NTP_HEADER_RESERVED, /* in version 1 those of all: RFC 1059 */
	NTP_HEADER_ACTIVE,   /* symmetric */
	NTP_HEADER_PASSIVE,
	NTP_HEADER_CLIENT,
	NTP_HEADER_SERVER,
	NTP_HEADER_BROADCAST,
	NTP_HEADER_CONTROL,
	NTP_HEADER_PRIVATE,
};

/* Of a server that is synchronised, at most: RFC 5905 Figure 11. */
enum { NTP_HEADER_STRATUM_MAX = 15 };

/* Kiss codes, in the reference id's place, that ask a client to come less often
 * or not at all: RFC 5905 Figure 13. */
enum {
	NTP_HEADER_KISS_RATE = 0x52415445, /* "RATE" */
	NTP_HEADER_KISS_DENY = 0x44454e59, /* "DENY" */
	NTP_HEADER_KISS_RSTR = 0x52535452, /* "RSTR" */
};

#endif
