/* ntp_print.c — what a time server said, in words and numbers. */
#include "client/ntp/ntp_print.h"

#include "client/dissect/dissect_stamp.h"
#include "services/ntp/ntp_refid.h"

#include <inttypes.h>

static const int64_t second_ns = 1000000000;

bool
ntp_print_has_times(const struct ntp_ask *ask)
{
	return ask->kind == NTP_ANSWER_GOOD ||
	       ask->kind == NTP_ANSWER_UNSYNCHRONISED ||
	       ask->kind == NTP_ANSWER_DISTANT ||
	       ask->kind == NTP_ANSWER_BACKWARD;
}

const char *
ntp_print_seconds(int64_t ns, char text[NTP_PRINT_SECONDS_MAX])
{
	uint64_t size = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;

	snprintf(text, NTP_PRINT_SECONDS_MAX, "%c%" PRIu64 ".%09" PRIu64,
	    ns < 0 ? '-' : '+', size / (uint64_t)second_ns,
	    size % (uint64_t)second_ns);
	return text;
}

/* ------------------------------------------------------------- the server */

static const char *const leaps[] = {
    [SYNC_LEAP_NONE] = "no warning",
    [SYNC_LEAP_INSERT] = "a second is inserted today",
    [SYNC_LEAP_DELETE] = "a second is left out today",
    [SYNC_LEAP_UNKNOWN] = "not synchronised",
};

static void
put_name(const struct screen *screen, const char *name)
{
	fprintf(screen->out, "  %-16s", name);
}

static double
seconds_of_short(uint32_t value)
{
	return value / 65536.0;
}

/* When the server's clock was last corrected, by its own clock. */
static void
print_reference(const struct screen *screen, const struct ntp_ask *ask)
{
	char text[DISSECT_STAMP_MAX];

	put_name(screen, "clock last set");
	if (ask->answer.reference == 0)
		fprintf(screen->out, "never\n");
	else
		fprintf(screen->out, "%s\n",
		    dissect_stamp_text(
		        ntp_sample_time(ask->answer.reference, ask->sample.t1),
		        text));
}

static void
print_server(const struct screen *screen, const struct ntp_ask *ask)
{
	const struct ntp_answer *answer = &ask->answer;
	char refid[NTP_REFID_TEXT_MAX];

	put_name(screen, "stratum");
	screen_print(screen, STYLE_COUNT, "%u", answer->stratum);
	fprintf(screen->out, ", NTP version %u\n", answer->version);
	put_name(screen, "leap");
	screen_print(screen, STYLE_FLAGS, "%u", answer->leap);
	fprintf(screen->out, ", %s\n", leaps[answer->leap]);
	put_name(screen, "reference");
	screen_print(screen, STYLE_NAME, "%s",
	    ntp_refid_text(answer->stratum, answer->refid, refid));
	fprintf(screen->out, ", %s\n",
	    ntp_refid_meaning(answer->stratum, answer->refid));
	if (!ntp_print_has_times(ask))
		return;
	put_name(screen, "root delay");
	screen_print(
	    screen, STYLE_TTL, "%.6f s", seconds_of_short(answer->root_delay));
	fputc('\n', screen->out);
	put_name(screen, "root dispersion");
	screen_print(screen, STYLE_TTL, "%.6f s",
	    seconds_of_short(answer->root_dispersion));
	fputc('\n', screen->out);
	put_name(screen, "precision");
	fprintf(screen->out, "2^%d s\n", answer->precision);
	print_reference(screen, ask);
}

/* ---------------------------------------------------------- the arithmetic */

static void
print_time(
    const struct screen *screen, const char *name, int64_t ns, const char *what)
{
	char text[DISSECT_STAMP_MAX];

	screen_print(screen, STYLE_ID, "  %s", name);
	screen_print(screen, STYLE_TTL, "  %s", dissect_stamp_text(ns, text));
	screen_print(screen, STYLE_NOTE, "  %s", what);
	fputc('\n', screen->out);
}

static void
print_times(const struct screen *screen, const struct ntp_sample *sample)
{
	print_time(screen, "T1", sample->t1, "query left, our clock");
	print_time(screen, "T2", sample->t2, "query arrived, its clock");
	print_time(screen, "T3", sample->t3, "answer left, its clock");
	print_time(screen, "T4", sample->t4, "answer arrived, our clock");
}

static const char *
word_of_offset(int64_t offset)
{
	if (offset == 0)
		return "both clocks agree";
	return offset > 0 ? "our clock is late" : "our clock is early";
}

static void
print_offset(const struct screen *screen, const struct ntp_sample *sample)
{
	char there[NTP_PRINT_SECONDS_MAX], back[NTP_PRINT_SECONDS_MAX];
	char result[NTP_PRINT_SECONDS_MAX];
	int64_t offset = ntp_sample_offset(sample);

	fprintf(screen->out,
	    "  offset = ((T2 - T1) + (T3 - T4)) / 2\n"
	    "         = ((%s) + (%s)) / 2\n"
	    "         = ",
	    ntp_print_seconds(sample->t2 - sample->t1, there),
	    ntp_print_seconds(sample->t3 - sample->t4, back));
	screen_print(
	    screen, STYLE_DATA, "%s s", ntp_print_seconds(offset, result));
	screen_print(screen, STYLE_NOTE, ", %s", word_of_offset(offset));
	fputc('\n', screen->out);
}

static void
print_delay(const struct screen *screen, const struct ntp_sample *sample)
{
	char all[NTP_PRINT_SECONDS_MAX], server[NTP_PRINT_SECONDS_MAX];
	char result[NTP_PRINT_SECONDS_MAX];

	fprintf(screen->out,
	    "  delay  = (T4 - T1) - (T3 - T2)\n"
	    "         = (%s) - (%s)\n"
	    "         = ",
	    ntp_print_seconds(sample->t4 - sample->t1, all),
	    ntp_print_seconds(sample->t3 - sample->t2, server));
	screen_print(screen, STYLE_DATA, "%s s",
	    ntp_print_seconds(ntp_sample_delay(sample), result));
	screen_print(screen, STYLE_NOTE, ", there and back");
	fputc('\n', screen->out);
}

/* RFC 5905 §11.2: what the offset may be wrong by, unless a clock on the way
 * lies. */
static void
print_bound(const struct screen *screen, const struct ntp_ask *ask)
{
	double bound = (double)ntp_sample_delay(&ask->sample) / 2e9 +
	               seconds_of_short(ntp_answer_distance(&ask->answer));

	fprintf(screen->out,
	    "  error  <= delay / 2 + root delay / 2 + root dispersion\n"
	    "         = ");
	screen_print(screen, STYLE_DATA, "%.6f s", bound);
	fputc('\n', screen->out);
}

void
ntp_print(const struct screen *screen, const struct reach *reach,
    const struct ntp_ask *ask)
{
	screen_print(screen, STYLE_TITLE, "%s", reach->name);
	fputc('\n', screen->out);
	print_server(screen, ask);
	if (!ntp_print_has_times(ask))
		return;
	fputc('\n', screen->out);
	print_times(screen, &ask->sample);
	fputc('\n', screen->out);
	print_offset(screen, &ask->sample);
	print_delay(screen, &ask->sample);
	print_bound(screen, ask);
}

void
ntp_print_row(
    const struct screen *screen, uint64_t number, const struct ntp_ask *ask)
{
	char offset[NTP_PRINT_SECONDS_MAX], delay[NTP_PRINT_SECONDS_MAX];

	fprintf(screen->out, "%4" PRIu64 "  ", number);
	if (ask == NULL) {
		screen_print(screen, STYLE_BAD, "no answer");
		fputc('\n', screen->out);
		return;
	}
	fputs("offset ", screen->out);
	screen_print(screen, STYLE_DATA, "%s s",
	    ntp_print_seconds(ntp_sample_offset(&ask->sample), offset));
	fputs("  delay ", screen->out);
	screen_print(screen, STYLE_TTL, "%s s",
	    ntp_print_seconds(ntp_sample_delay(&ask->sample), delay));
	fprintf(screen->out, "  stratum %u\n", ask->answer.stratum);
	fflush(screen->out);
}
