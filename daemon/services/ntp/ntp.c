/*
 * ntp.c — the door of the ntp room: RFC 5905 server over the kernel's clock.
 *
 * Tests set NETLABD_TEST_TIMEX to a file of four numbers, "STATUS MAXERROR
 * ESTERROR STATE" as in adjtimex(2), which then stands in for the kernel. It
 * is opened when a worker starts and read again at each look at the clock.
 */
#include "services/ntp/ntp.h"

#include "core/log.h"
#include "services/ntp/ntp_clock.h"
#include "services/ntp/ntp_packet.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

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
	PRECISION_SAMPLES = 1000,
	TEST_TEXT_MAX = 128,
};

static const uint64_t second_ns = 1000000000;

/* The room's part of the image. */
struct ntp_part {
	uint32_t local_stratum; /* 0: none declared */
};

struct ntp {
	struct ntp_clock clock;
	struct ntp_packet_system system; /* as of READ_NS */
	uint64_t read_ns;
	int test_fd;      /* of NETLABD_TEST_TIMEX, or -1 */
	bool was_unknown; /* logged already */
};

static uint64_t
clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * second_ns + (uint64_t)now.tv_nsec;
}

/* The smallest step between two readings. The kernel's own timex.precision is
 * a constant microsecond, whatever the clock. */
static uint64_t
smallest_step_ns(void)
{
	uint64_t smallest = second_ns;
	uint64_t last = clock_ns();

	for (unsigned i = 0; i < PRECISION_SAMPLES; i++) {
		uint64_t now = clock_ns();

		/* Backwards is a step of the clock by somebody. */
		if (now > last && now - last < smallest)
			smallest = now - last;
		last = now;
	}
	return smallest;
}

static struct ntp_clock_facts
read_test_file(int fd)
{
	char text[TEST_TEXT_MAX];
	struct ntp_clock_facts facts = {0};
	ssize_t len = pread(fd, text, sizeof(text) - 1, 0);

	if (len == -1)
		return facts;
	text[len] = '\0';
	facts.is_known =
	    sscanf(text, "%u %" SCNd64 " %" SCNd64 " %d", &facts.status,
	        &facts.maxerror_us, &facts.esterror_us, &facts.state) == 4;
	return facts;
}

static struct ntp_clock_facts
read_kernel(void)
{
	struct timex timex = {.modes = 0};
	int state = adjtimex(&timex);

	if (state == -1)
		return (struct ntp_clock_facts){.is_known = false};
	return (struct ntp_clock_facts){
	    .is_known = true,
	    .status = (unsigned)timex.status,
	    .state = state,
	    .maxerror_us = timex.maxerror,
	    .esterror_us = timex.esterror,
	};
}

static void
refresh(struct ntp *ntp, uint64_t now_ns)
{
	struct ntp_clock_facts facts =
	    ntp->test_fd == -1 ? read_kernel() : read_test_file(ntp->test_fd);

	/* EPERM: a sandbox such as systemd's ProtectClock=. */
	if (!facts.is_known && !ntp->was_unknown)
		log_warn("ntp: no clock state (adjtimex: %s): taken as "
		         "unsynchronised",
		    strerror(errno));
	ntp->was_unknown = ntp->was_unknown || !facts.is_known;
	ntp->system = ntp_clock_read(&ntp->clock, &facts, now_ns);
	ntp->read_ns = now_ns;
}

static void
ntp_load(struct service_load *load)
{
	unsigned line =
	    conf_line(load->conf, load->section, "local_stratum", 0);
	long stratum = 0;

	if (line != 0) {
		stratum = cfg_getint(load->section, "local_stratum");
		if (stratum < 1 || stratum > 15)
			conf_error(conf_report(load->conf),
			    conf_file(load->conf), line,
			    "'local_stratum' is from 1 to 15, not %ld",
			    stratum);
	}
	size_t at = image_writer_reserve(
	    load->image, sizeof(struct ntp_part), _Alignof(struct ntp_part));

	if (at == SIZE_MAX) {
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "ntp: out of memory");
		return;
	}
	struct ntp_part *part = image_writer_at(load->image, at);

	part->local_stratum = (uint32_t)stratum;
}

static void *
ntp_start(const struct service_start *start)
{
	const struct ntp_part *part = (const void *)start->part.data;
	const char *test_file = getenv("NETLABD_TEST_TIMEX");
	struct ntp *ntp = calloc(1, sizeof(*ntp));

	if (ntp == NULL || start->part.len < sizeof(*part)) {
		free(ntp);
		return NULL;
	}
	ntp->clock = ntp_clock_init(
	    part->local_stratum, ntp_clock_precision(smallest_step_ns()));
	ntp->test_fd =
	    test_file == NULL ? -1 : open(test_file, O_RDONLY | O_CLOEXEC);
	if (test_file != NULL && ntp->test_fd == -1) {
		log_error("ntp: %s: %s", test_file, strerror(errno));
		free(ntp);
		return NULL;
	}
	refresh(ntp, clock_ns());
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

	uint64_t received_ns = question->received_ns;

	if (received_ns == 0)
		received_ns = clock_ns();

	uint64_t now_ns = clock_ns();

	/* Unsigned: a clock that was stepped back is read at once, too. */
	if (now_ns - ntp->read_ns >= second_ns) {
		refresh(ntp, now_ns);
		now_ns = clock_ns();
	}
	return (struct reply){
	    .len = ntp_packet_reply(
	        &ntp->system, question->bytes, received_ns, now_ns, out),
	    .outcome = ntp->system.stratum == 0 ? UNSYNCHRONISED : ANSWERED,
	};
}

static cfg_opt_t options[] = {
    CFG_INT("local_stratum", 0, CFGF_NODEFAULT),
    CFG_END(),
};

const struct service ntp_service = {
    .name = "ntp",
    .role = ROLE_TIME,
    .listen = {{.key = "ntp", .transports = 1 << TRANSPORT_UDP}},
    .needs = NEED_RX_TIME,
    .outcomes = outcomes,
    .options = options,
    .datagram_max = QUESTION_MAX,
    .load = ntp_load,
    .start = ntp_start,
    .answer = ntp_answer,
};
