/*
 * ntp_answer_fuzz.c — any datagram is judged as an answer to a query, and what
 * four times then say of our clock does not overflow. The input is our clock
 * (8), how long it took (4), the query (48), the datagram.
 */
#include "core/bytes.h"
#include "services/ntp/ntp_answer.h"
#include "services/ntp/ntp_sample.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { AT_CLOCK = 0, AT_WAITED = 8, AT_QUERY = 12, AT_DATAGRAM = 60 };

/* Nanoseconds of the 68 years that a time may be away, and a second. */
static const int64_t reach_ns = INT64_C(2147483649) * 1000000000;

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

/* What was good has a server's form and can be trusted. */
static void
check_good(const uint8_t *query, const struct ntp_answer *answer)
{
	check(answer->mode == NTP_HEADER_SERVER ||
	      (answer->version == 1 && answer->mode == NTP_HEADER_RESERVED));
	check(answer->version >= 1 && answer->version <= (query[0] >> 3 & 7));
	check(answer->leap != SYNC_LEAP_UNKNOWN);
	check(
	    answer->stratum >= 1 && answer->stratum <= NTP_HEADER_STRATUM_MAX);
	check(answer->receive != 0 && answer->transmit != 0);
	check(ntp_answer_distance(answer) < 16U << 16);
	check(answer->origin == bytes_get64be(query + NTP_HEADER_TRANSMIT));
}

/* Our clock is between 1970 and 2116. */
static void
check_sample(const uint8_t *data, const struct ntp_answer *answer)
{
	int64_t t1 = (int64_t)(bytes_get64be(data + AT_CLOCK) >> 2);
	int64_t t4 = t1 + bytes_get32be(data + AT_WAITED);
	struct ntp_sample sample =
	    ntp_sample(t1, answer->receive, answer->transmit, t4);
	int64_t offset = ntp_sample_offset(&sample);
	int64_t delay = ntp_sample_delay(&sample);

	check(sample.t1 == t1 && sample.t4 == t4);
	check(llabs(sample.t2 - t1) <= reach_ns);
	check(llabs(sample.t3 - t1) <= reach_ns);
	check(llabs(offset) <= reach_ns + UINT32_MAX);
	check(delay == (t4 - t1) - (sample.t3 - sample.t2));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ntp_answer answer;

	if (size < AT_DATAGRAM)
		return 0;

	const uint8_t *query = data + AT_QUERY;
	struct span datagram = {data + AT_DATAGRAM, size - AT_DATAGRAM};
	enum ntp_answer_kind kind = ntp_answer_read(query, datagram, &answer);

	check((kind == NTP_ANSWER_SHORT) == (datagram.len < NTP_HEADER_LEN));
	if (kind == NTP_ANSWER_SHORT)
		return 0;
	check((kind == NTP_ANSWER_OTHER) ==
	      (answer.origin != bytes_get64be(query + NTP_HEADER_TRANSMIT)));
	if (kind == NTP_ANSWER_GOOD)
		check_good(query, &answer);
	check_sample(data, &answer);
	return 0;
}
