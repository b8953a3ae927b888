/* ntp.c — the door of the ntp room: an RFC 5905 server. How good the clock is,
 * the clock room tells (core/sync.h). */
#include "services/ntp/ntp.h"

#include "core/sync.h"
#include "services/ntp/ntp_packet.h"

#include <stdlib.h>
#include <time.h>

enum outcome {
	ANSWERED,
	UNSYNCHRONISED, /* answered, with leap 3 and stratum 0 */
	REFUSED,        /* + enum ntp_packet_kind - NTP_PACKET_BAD_LENGTH */
};

static const char *const outcomes[] = {
    [ANSWERED] = "answered",
    [UNSYNCHRONISED] = "unsynchronised",
    "bad_length",
    "bad_version",
    "bad_mode",
    "control_mode",
    "private_mode",
    "bad_extension",
    "mac_unsupported",
    NULL,
};

_Static_assert(sizeof(outcomes) / sizeof(outcomes[0]) ==
                   REFUSED + NTP_PACKET_MAC - NTP_PACKET_BAD_LENGTH + 2,
    "every kind of datagram that is refused has its outcome");

enum {
	/* The longest question: some clients pad with extension fields, none
	 * beyond what IPv6 carries unfragmented. */
	QUESTION_MAX = 1280,
};

static const uint64_t second_ns = 1000000000;

struct ntp {
	struct sync_reader sync;
};

static uint64_t
clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * second_ns + (uint64_t)now.tv_nsec;
}

static void *
ntp_start(const struct service_start *start)
{
	struct ntp *ntp = calloc(1, sizeof(*ntp));

	if (ntp != NULL)
		ntp->sync = sync_reader_init(start->sync);
	return ntp;
}

static struct reply
ntp_answer(void *state, const struct datagram *question, struct space out)
{
	struct ntp *ntp = state;
	enum ntp_packet_kind kind = ntp_packet_check(question->bytes);

	if (kind != NTP_PACKET_REQUEST)
		return (struct reply){
		    .is_silent = true,
		    .outcome = REFUSED + (unsigned)kind - NTP_PACKET_BAD_LENGTH,
		};

	const struct sync_state *sync = sync_look(&ntp->sync, question->now_ms);
	uint64_t received_ns = question->received_ns;

	if (received_ns == 0)
		received_ns = clock_ns();
	return (struct reply){
	    .len = ntp_packet_reply(
	        sync, question->bytes, received_ns, clock_ns(), out),
	    .outcome = sync->stratum == 0 ? UNSYNCHRONISED : ANSWERED,
	};
}

const struct service ntp_service = {
    .name = "ntp",
    .role = ROLE_TIME,
    .listen = {{.key = "ntp", .transports = 1 << TRANSPORT_UDP}},
    .needs = NEED_RX_TIME,
    .outcomes = outcomes,
    .datagram_max = QUESTION_MAX,
    .start = ntp_start,
    .answer = ntp_answer,
};
