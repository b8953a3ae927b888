/* ntp_answer.h — what a datagram is to a client that has asked: RFC 5905 §8,
 * and the sanity checks of its appendix A.5.1. Pure. */
#ifndef NETLAB_SERVICES_NTP_ANSWER_H
#define NETLAB_SERVICES_NTP_ANSWER_H

#include "core/ntp_header.h"
#include "core/span.h"
#include "core/sync.h"

#include <stdint.h>

enum ntp_answer_kind {
	NTP_ANSWER_GOOD,
	/* Not to be trusted. */
	NTP_ANSWER_KISS,           /* a kiss-o'-death: RFC 5905 §7.4 */
	NTP_ANSWER_UNSYNCHRONISED, /* leap 3, or stratum 0 or above 15 */
	NTP_ANSWER_DISTANT,  /* a root distance of MAXDISP, 16 s, or more */
	NTP_ANSWER_BACKWARD, /* its clock was set after the answer left */
	/* Not an answer to QUERY, whatever else it is: origin is another. */
	NTP_ANSWER_OTHER,
	/* No answer at all. */
	NTP_ANSWER_SHORT,     /* less than a header */
	NTP_ANSWER_MODE,      /* not a server's */
	NTP_ANSWER_VERSION,   /* above the query's, or 0 */
	NTP_ANSWER_TIMELESS,  /* receive or transmit is 0: no time */
	NTP_ANSWER_EXTENSION, /* what follows the header is no field */
};

struct ntp_answer {
	enum sync_leap leap;
	uint8_t version, mode, stratum;
	int8_t poll, precision;               /* log2 seconds */
	uint32_t root_delay, root_dispersion; /* 16.16 bits of seconds */
	uint32_t refid;
	uint64_t reference, origin, receive, transmit; /* timestamps */
};

/* Seconds in 16.16 bits: what a server is from the true time at most. */
uint32_t ntp_answer_distance(const struct ntp_answer *answer);

/* Reads BYTES, a whole datagram, as an answer to QUERY. Fills ANSWER but where
 * it is SHORT. */
enum ntp_answer_kind ntp_answer_read(const uint8_t query[NTP_HEADER_LEN],
    struct span bytes, struct ntp_answer *answer);

#endif
