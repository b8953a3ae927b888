/* sniff_show.c — a packet on the screen. */
#include "client/sniff/sniff_show.h"

#include "client/complain.h"
#include "client/member.h"
#include "client/show/show.h"
#include "client/verb.h"
#include "core/utf8.h"

#include <time.h>

enum {
	TIME_MAX = 64,    /* a capture may be of the year 2147483647 */
	SUMMARY_MIN = 24, /* columns: with less, it has a line of its own */
	INDENT = 16,      /* as long as a time and its blank */
};

/* A file may have any number there. */
static unsigned
microseconds(const struct timeval *time)
{
	return (unsigned)((unsigned long)time->tv_usec % 1000000);
}

/* "12:00:00.123456", local. */
static void
local_time(const struct timeval *time, char text[TIME_MAX])
{
	char clock[TIME_MAX / 2];
	struct tm tm;
	bool is_time = localtime_r(&time->tv_sec, &tm) != NULL &&
	               strftime(clock, sizeof(clock), "%H:%M:%S", &tm) > 0;

	snprintf(text, TIME_MAX, "%s.%06u", is_time ? clock : "?",
	    microseconds(time));
}

/* RFC 3339, UTC. */
static void
full_time(const struct timeval *time, char text[TIME_MAX])
{
	char date[TIME_MAX / 2];
	struct tm tm;
	bool is_time =
	    gmtime_r(&time->tv_sec, &tm) != NULL &&
	    strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm) > 0;

	snprintf(text, TIME_MAX, "%s.%06uZ", is_time ? date : "?",
	    microseconds(time));
}

/* Prints SUMMARY in as many COLUMNS as there are, at a terminal: the rest would
 * go on in the next line. */
static void
print_summary(
    const struct screen *screen, struct span summary, unsigned columns)
{
	static const char more[] = "…";
	bool is_cut =
	    screen->is_terminal && screen_columns(screen, summary) > columns;

	if (is_cut) {
		unsigned sign = screen_columns(screen, span_of(more));

		summary.len = screen_fit(
		    screen, summary, columns > sign ? columns - sign : 0);
	}
	screen_bytes(screen, STYLE_PLAIN, summary);
	if (is_cut)
		screen_print(screen, STYLE_PLAIN, "%s", more);
}

/* Prints who sent it to whom, where that is known. Returns the columns that are
 * USED then. */
static unsigned
print_ends(const struct screen *screen, const struct dissect *dissection,
    unsigned used)
{
	static const char arrow[] = " → ";
	struct span from = dissect_from(dissection),
	            to = dissect_to(dissection);

	if (from.len == 0)
		return used;
	screen_bytes(screen, STYLE_NAME, from);
	screen_print(screen, STYLE_PLAIN, "%s", arrow);
	screen_bytes(screen, STYLE_NAME, to);
	used += screen_columns(screen, from) + screen_columns(screen, to) +
	        screen_columns(screen, span_of(arrow)) + 1;
	if (!screen->is_terminal || used + SUMMARY_MIN <= screen->width) {
		fputc(' ', screen->out);
		return used;
	}
	fprintf(screen->out, "\n%*s", INDENT, "");
	return INDENT;
}

static void
print_line(const struct screen *screen, const struct dissect *dissection,
    const struct sniff_source_packet *packet)
{
	static const char bad[] = " (malformed)";
	const char *protocol =
	    *dissection->protocol == '\0' ? "Data" : dissection->protocol;
	char time[TIME_MAX];

	local_time(&packet->time, time);
	screen_print(screen, STYLE_NOTE, "%s", time);
	fputc(' ', screen->out);
	unsigned used = print_ends(screen, dissection, INDENT);

	screen_print(screen, STYLE_TYPE, "%s", protocol);
	fputc(' ', screen->out);
	used += screen_columns(screen, span_of(protocol)) + 1;
	if (dissection->is_malformed)
		used += sizeof(bad) - 1;
	print_summary(screen, dissect_summary(dissection),
	    used < screen->width ? screen->width - used : 1);
	if (dissection->is_malformed)
		screen_print(screen, STYLE_BAD, "%s", bad);
	fputc('\n', screen->out);
}

static void
print(const struct screen *screen, const struct options *options,
    const struct dissect *dissection, const struct sniff_source_packet *packet)
{
	print_line(screen, dissection, packet);
	if (packet->bytes.len < packet->len)
		screen_print(screen, STYLE_NOTE,
		    "%*s(%zu of its %zu bytes were captured)\n", INDENT, "",
		    packet->bytes.len, packet->len);
	if (options->is_explained)
		show_explain(screen, dissection);
	if (options->hex == OPTIONS_HEX_PLAIN)
		show_hex_plain(screen, packet->bytes);
	else if (options->hex == OPTIONS_HEX_FIELDS)
		show_hex_fields(screen, dissection);
	if (options->is_explained || options->hex != OPTIONS_HEX_OFF)
		fputc('\n', screen->out);
}

static json_t *
layers_json(const struct dissect *dissection)
{
	json_t *layers = json_array();

	for (size_t i = 0; i < dissection->count; i++)
		if (dissection->fields[i].kind == DISSECT_LAYER)
			json_array_append_new(
			    layers, json_string(dissection->fields[i].name));
	return layers;
}

static int
print_json(const struct options *options, const struct sniff_source *source,
    const struct dissect *dissection, const struct sniff_source_packet *packet,
    uint64_t number)
{
	char time[TIME_MAX], interface[SNIFF_SOURCE_INTERFACE_MAX];
	json_t *object = json_object();

	full_time(&packet->time, time);
	sniff_source_interface(source, packet, interface);
	member_number(object, "number", (int64_t)number);
	member_text(object, "time", time);
	if (*interface != '\0')
		member_text(object, "interface", interface);
	member_number(object, "length", (int64_t)packet->len);
	member_number(object, "captured", (int64_t)packet->bytes.len);
	if (dissect_from(dissection).len > 0) {
		member_bytes(object, "from", dissect_from(dissection));
		member_bytes(object, "to", dissect_to(dissection));
	}
	member_text(object, "protocol", dissection->protocol);
	member_bytes(object, "summary", dissect_summary(dissection));
	member_flag(object, "malformed", dissection->is_malformed);
	json_object_set_new(object, "layers", layers_json(dissection));
	if (options->hex != OPTIONS_HEX_OFF)
		member_hex(object, "bytes", packet->bytes);
	if (options->is_explained)
		json_object_set_new(object, "fields", show_json(dissection));
	return member_print(object);
}

int
sniff_show(const struct screen *screen, const struct options *options,
    const struct sniff_source *source, const struct sniff_source_packet *packet,
    uint64_t number)
{
	struct dissect dissection;
	int status = VERB_GOOD;

	if (!show_dissect(&dissection, packet->bytes, source->dissect))
		return complain(VERB_MALFORMED, "no memory");
	if (options->is_json)
		status =
		    print_json(options, source, &dissection, packet, number);
	else
		print(screen, options, &dissection, packet);
	show_dissect_free(&dissection);
	/* Each at once; of a file they come fast, and all together. */
	if (source->is_live)
		fflush(screen->out);
	if (status == VERB_GOOD && ferror(screen->out) != 0)
		return complain(
		    VERB_MALFORMED, "standard output: cannot be written");
	return status;
}
