/* small_time.c — the Time Protocol, RFC 868. */
#include "client/small/small_time.h"

#include "client/complain.h"
#include "client/dissect/dissect_small.h"
#include "client/member.h"
#include "client/small/small_answer.h"
#include "client/verb.h"
#include "core/era.h"
#include "services/http/http_date.h"

#include <inttypes.h>
#include <time.h>

enum {
	PORT = 37,
	ANSWER_LEN = 4,
};

/* What an answer says. Both times are of seconds since 1970. */
struct reading {
	uint32_t seconds; /* since 1900, 32 bits of them */
	int64_t theirs, ours;
};

/* Of the precise clock: time() follows it by up to a tick, and would show
 * an answer that was given just after a second began as of the future. */
static struct reading
read_answer(const uint8_t bytes[ANSWER_LEN])
{
	struct reading reading = {.seconds = bytes_get32be(bytes)};
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	reading.ours = (int64_t)now.tv_sec;
	reading.theirs = era_unix_seconds(reading.seconds, reading.ours);
	return reading;
}

static void
print_difference(const struct screen *screen, int64_t ahead)
{
	if (ahead == 0)
		fputs("and this clock agrees", screen->out);
	else
		fprintf(screen->out, "%" PRId64 " s %s this clock",
		    ahead < 0 ? -ahead : ahead,
		    ahead < 0 ? "behind" : "ahead of");
}

/* The way from 1900 to here, of which --explain shows each step. */
static void
print_arithmetic(const struct screen *screen, const struct reading *reading)
{
	const int64_t to_1970 = 2208988800;
	int64_t since_1900 = reading->theirs + to_1970;

	if (since_1900 != reading->seconds)
		fprintf(screen->out,
		    "%" PRIu32 " + %" PRId64 " · 2^32 = %" PRId64
		    " s since 1900, in the era nearest to this clock\n",
		    reading->seconds, since_1900 >> 32, since_1900);
	fprintf(screen->out,
	    "%" PRId64 " - %" PRId64 " = %" PRId64
	    " s since 1970 (70 years with 17 leap days)\n"
	    "%" PRId64 " - %" PRId64 " = %" PRId64 " s ahead of this clock\n",
	    since_1900, to_1970, reading->theirs, reading->theirs,
	    reading->ours, reading->theirs - reading->ours);
}

static json_t *
show(const struct small *small, const struct reading *reading)
{
	const struct screen *screen = &small->screen;
	json_t *object = small_object(small);
	char date[HTTP_DATE_ISO_LEN + 1] = "";

	http_date_format_iso(reading->theirs, date);
	if (object != NULL) {
		member_number(object, "seconds", reading->seconds);
		member_number(object, "unix", reading->theirs);
		member_text(object, "date", date);
		member_number(object, "ahead", reading->theirs - reading->ours);
		return object;
	}
	FILE *out = small_out(small);

	if (small->options->is_short) {
		fprintf(out, "%" PRIu32 "\n", reading->seconds);
		return NULL;
	}
	if (small->options->is_explained)
		print_arithmetic(screen, reading);
	screen_print(screen, STYLE_DATA, "%" PRIu32, reading->seconds);
	fputs(" s since 1900\n", out);
	screen_print(screen, STYLE_TTL, "%s", date);
	fputs(", ", out);
	print_difference(screen, reading->theirs - reading->ours);
	fputc('\n', out);
	return NULL;
}

int
small_time(const struct options *options, const char *host)
{
	/* Room for a byte too many, which is to be noticed. */
	uint8_t answer[ANSWER_LEN + 1];
	struct small small;
	json_t *object = NULL;
	size_t len;
	int result =
	    small_open(&small, options, host, PORT, dissect_small_time);

	if (result != VERB_GOOD)
		return result;
	result = small_answer_get(
	    &small, (struct space){answer, sizeof(answer)}, &len);
	if (len == ANSWER_LEN) {
		const struct reading reading = read_answer(answer);

		object = show(&small, &reading);
	} else if (result == VERB_GOOD) {
		result = complain(VERB_MALFORMED,
		    "%s: the answer is %s4 bytes long", small.reach.name,
		    len < ANSWER_LEN ? "truncated: less than " : "more than ");
	}
	return small_close(&small, object, result);
}
