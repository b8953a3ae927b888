/* verb_ntp.c — `netlab ntp`: ask a time server how late we are. */
#include "client/complain.h"
#include "client/member.h"
#include "client/ntp/ntp_json.h"
#include "client/ntp/ntp_print.h"
#include "client/seed.h"
#include "client/verbs.h"
#include "services/ntp/ntp_refid.h"

#include <inttypes.h>
#include <time.h>

enum {
	PORT_NTP = 123,
	VERSION_USUAL = 4,
};

/* One run of the verb. */
struct run {
	const struct options *options;
	const char *host; /* as it was typed */
	struct screen screen;
	struct reach reach;
	struct exchange exchange;
	uint64_t asked, answered;
	struct ntp_ask best; /* of the answers that can be trusted, where
	                        ANSWERED is not 0 */
};

/* ----------------------------------------------------------- what is wrong */

static int
complain_silent(const struct run *run, const struct ntp_ask *ask)
{
	if (ask->passed_over == 0)
		return complain(
		    VERB_NO_REPLY, "%s: no answer in time", run->reach.name);
	return complain(VERB_NO_REPLY,
	    "%s: no answer in time, but %u with the wrong origin: not to our "
	    "query",
	    run->reach.name, ask->passed_over);
}

static int
complain_kiss(const struct run *run, const struct ntp_answer *answer)
{
	char text[NTP_REFID_TEXT_MAX];

	return complain(VERB_NEGATIVE, "%s: kiss-o'-death %s: %s",
	    run->reach.name, ntp_refid_text(0, answer->refid, text),
	    ntp_refid_meaning(0, answer->refid));
}

/* The status for an answer that is not good, which has been complained about.
 */
static int
complain_of(const struct run *run, const struct ntp_ask *ask)
{
	const struct ntp_answer *answer = &ask->answer;
	const char *name = run->reach.name;

	switch (ask->kind) {
	case NTP_ANSWER_KISS:
		return complain_kiss(run, answer);
	case NTP_ANSWER_UNSYNCHRONISED:
		return complain(VERB_NEGATIVE,
		    "%s: not synchronised: leap %d, stratum %u", name,
		    (int)answer->leap, answer->stratum);
	case NTP_ANSWER_DISTANT:
		return complain(VERB_NEGATIVE,
		    "%s: not to be trusted: may be wrong by %.3f s", name,
		    ntp_answer_distance(answer) / 65536.0);
	case NTP_ANSWER_BACKWARD:
		return complain(VERB_NEGATIVE,
		    "%s: not to be trusted: its clock was last set after the "
		    "answer left",
		    name);
	case NTP_ANSWER_SHORT:
		return complain(VERB_MALFORMED,
		    "%s: the answer is truncated: %zu of %d bytes", name,
		    ask->len, NTP_HEADER_LEN);
	case NTP_ANSWER_MODE:
		return complain(VERB_MALFORMED,
		    "%s: the answer is malformed: mode %u is no server's", name,
		    answer->mode);
	case NTP_ANSWER_VERSION:
		return complain(VERB_MALFORMED,
		    "%s: the answer is malformed: of version %u", name,
		    answer->version);
	case NTP_ANSWER_TIMELESS:
		return complain(VERB_MALFORMED,
		    "%s: the answer is malformed: it has no time", name);
	case NTP_ANSWER_EXTENSION:
		return complain(VERB_MALFORMED,
		    "%s: the answer is malformed behind its header: %zu bytes",
		    name, ask->len);
	case NTP_ANSWER_GOOD:
	case NTP_ANSWER_OTHER:
		break;
	}
	return VERB_GOOD;
}

/* ------------------------------------------------------------ what was said */

static int
print_json(struct run *run, const struct ntp_ask *ask)
{
	json_t *object = ntp_json(run->host, &run->reach, ask);

	if (run->options->count > 1)
		member_number(object, "sample", (int64_t)run->asked);
	exchange_end(&run->exchange, object);
	return member_print(object);
}

/* A sample that can be trusted, or has something to show although it cannot. */
static int
print_sample(struct run *run, const struct ntp_ask *ask)
{
	bool is_good = ask->kind == NTP_ANSWER_GOOD;

	if (run->options->is_json)
		return print_json(run, ask);
	if (run->options->is_short)
		return VERB_GOOD;
	if (run->exchange.count > 0)
		fputc('\n', run->screen.out);
	if (run->options->count > 1 && is_good)
		ntp_print_row(&run->screen, run->asked, ask);
	else
		ntp_print(&run->screen, &run->reach, ask);
	return VERB_GOOD;
}

/* The best of several, or the only one. */
static void
print_best(const struct run *run)
{
	char offset[NTP_PRINT_SECONDS_MAX];
	FILE *out = run->screen.out;

	if (run->options->is_json)
		return;
	if (run->options->is_short)
		fprintf(out, "%s\n",
		    ntp_print_seconds(
		        ntp_sample_offset(&run->best.sample), offset));
	else if (run->options->count > 1) {
		fprintf(out,
		    "\n%" PRIu64 " of %" PRIu64 " answered; the one with the "
		    "least delay:\n",
		    run->answered, run->asked);
		ntp_print(&run->screen, &run->reach, &run->best);
	}
}

/* ------------------------------------------------------------ the exchanges */

/* RFC 5905 §10: of several, the one with the least delay tells the most. */
static void
keep_best(struct run *run, const struct ntp_ask *ask)
{
	if (run->answered == 0 || ntp_sample_delay(&ask->sample) <
	                              ntp_sample_delay(&run->best.sample))
		run->best = *ask;
	run->answered++;
}

/* One that is silent ends the run only where it is the only one. */
static int
take_silence(struct run *run, const struct ntp_ask *ask)
{
	if (run->answered == 0 && run->asked == run->options->count)
		return complain_silent(run, ask);
	if (!run->options->is_json && !run->options->is_short)
		ntp_print_row(&run->screen, run->asked, NULL);
	return VERB_GOOD;
}

static int
take_sample(struct run *run)
{
	uint64_t random = seed_number(run->options, run->asked);
	bool is_seeded = options_has(run->options, OPTIONS_SEED);
	unsigned version = run->options->version;
	struct ntp_ask ask;
	int status;

	/* The first wait began with looking up the host. */
	if (run->asked > 0)
		reach_renew(&run->reach, run->options);
	if (run->options->is_json)
		exchange_open(&run->exchange, run->options, &run->screen);
	run->asked++;
	switch (ntp_ask(&run->reach, version == 0 ? VERSION_USUAL : version,
	    is_seeded ? &random : NULL, &run->exchange, &ask)) {
	case NTP_ASK_FAILED:
		return VERB_NO_REPLY;
	case NTP_ASK_SILENT:
		return take_silence(run, &ask);
	case NTP_ASK_ANSWERED:
		break;
	}
	if (ask.kind == NTP_ANSWER_GOOD)
		keep_best(run, &ask);
	if (ask.kind == NTP_ANSWER_GOOD || ask.kind == NTP_ANSWER_KISS ||
	    ntp_print_has_times(&ask)) {
		status = print_sample(run, &ask);
		if (status != VERB_GOOD)
			return status;
	}
	return complain_of(run, &ask);
}

/* Between two queries, as RFC 5905's burst: servers count them. */
static void
pause_between(void)
{
	const struct timespec second = {.tv_sec = 1};

	nanosleep(&second, NULL);
}

static int
take_samples(struct run *run)
{
	int status;

	ntp_ask_prepare(&run->reach);
	do {
		if (run->asked > 0)
			pause_between();
		status = take_sample(run);
	} while (status == VERB_GOOD && run->asked < run->options->count);
	if (status == VERB_GOOD && run->answered > 0)
		print_best(run);
	return status;
}

static int
run_verb(const struct options *given, char **arguments)
{
	struct options options = *given;
	struct run run = {.options = &options, .host = arguments[0]};
	struct reach_place place;

	if (options.count == 0)
		options.count = 1;
	int status = reach_place_read(run.host, &options, PORT_NTP, &place);

	if (status != VERB_GOOD)
		return status;
	screen_open(&run.screen, &options);
	if (!options.is_json)
		exchange_open(&run.exchange, &options, &run.screen);
	status = reach_open(&run.reach, &options, &place, TRANSPORT_UDP);
	if (status == VERB_GOOD)
		status = take_samples(&run);
	exchange_end(&run.exchange, NULL);
	reach_close(&run.reach);
	return status;
}

static const char help[] =
    "Sends an NTP query by UDP (port 123) and shows the four times of the\n"
    "exchange, and how offset and delay are computed of them. T1 is in the\n"
    "query for all to see; with --seed a number stands there instead, as\n"
    "servers only repeat it, and T1 is kept here.\n"
    "\n"
    "With --count there is a query each second, for each of which --timeout\n"
    "is waited, and the answer with the least delay is shown in full at the\n"
    "end. Answers to something else than our query are passed over.\n"
    "\n"
    "--short prints the offset alone, in seconds: + where our clock is late.\n"
    "--json has ntpdig's members (time, offset, precision, host, ip,\n"
    "stratum, leap, adjusted) and version, port, refid, delay, rootdelay,\n"
    "rootdisp, t1 to t4 (nanoseconds since 1970) and, of a kiss-o'-death,\n"
    "kod; an object for each sample.\n"
    "\n"
    "Exit status 2: a kiss-o'-death, or a server that is not synchronised or\n"
    "may be wrong by 16 seconds or more.\n";

const struct verb verb_ntp = {
    .name = "ntp",
    .usage = "HOST",
    .summary = "ask a time server how late our clock is",
    .help = help,
    .examples = "  netlab ntp 127.0.0.1:10123\n"
                "  netlab ntp --short -c 4 127.0.0.1:10123\n"
                "  netlab ntp --hex --explain 127.0.0.1:10123\n"
                "  netlab ntp --json --version 3 [::1]:10123\n",
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_BIT(OPTIONS_SHORT) |
               OPTIONS_BIT(OPTIONS_COUNT) | OPTIONS_BIT(OPTIONS_VERSION) |
               OPTIONS_BIT(OPTIONS_SEED),
    .least = 1,
    .most = 1,
    .run = run_verb,
};
