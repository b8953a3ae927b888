/* dns_load_scan.c — a master file's text → records. Loader process only. */
#include "services/dns/dns_load_scan.h"

#include "services/dns/dns_load_hint.h"
#include "services/dns/dns_load_rdata.h"
#include "services/dns/dns_load_syntax.h"
#include "services/dns/dns_load_text.h"

#include <libzscanner/scanner.h>
#include <stdlib.h>
#include <string.h>

/* What the scanner gives a record without a TTL as long as there was no $TTL.
 * Nobody writes it: with its highest bit set it would mean 0 (RFC 2181 §8). */
static const uint32_t no_ttl = 0xfffffff3;

bool
dns_load_scan_open(
    struct dns_load_source *source, const uint8_t *origin, size_t origin_len)
{
	const struct dns_load_source *parent = source->parent;
	zs_scanner_t *scanner = malloc(sizeof(*scanner));

	if (scanner == NULL)
		return false;
	if (zs_init(scanner, ".", DNS_CLASS_IN, no_ttl) == -1) {
		free(scanner);
		return false;
	}
	if (parent != NULL) {
		scanner->default_ttl = parent->scanner->default_ttl;
		source->has_ttl = parent->has_ttl;
		source->last_ttl = parent->last_ttl;
		scanner->r_owner_length = parent->scanner->r_owner_length;
		memcpy(scanner->r_owner, parent->scanner->r_owner,
		    scanner->r_owner_length);
	}
	source->scanner = scanner;
	source->start_state = scanner->cs;
	dns_load_scan_set_origin(source, origin, origin_len);
	source->is_origin_new = false;
	return true;
}

void
dns_load_scan_close(struct dns_load_source *source)
{
	if (source->scanner != NULL)
		zs_deinit(source->scanner);
	free(source->scanner);
	source->scanner = NULL;
}

/* What the scanner takes for an $ORIGIN, since it is in another place than a
 * directive could be, and then cannot read, leaves half a name behind. */
static void
restore_origin(const struct dns_load_source *source)
{
	memcpy(
	    source->scanner->zone_origin, source->origin, source->origin_len);
	source->scanner->zone_origin_length = (uint32_t)source->origin_len;
}

void
dns_load_scan_set_origin(
    struct dns_load_source *source, const uint8_t *origin, size_t origin_len)
{
	memcpy(source->origin, origin, origin_len);
	source->origin_len = origin_len;
	source->is_origin_new = true;
	restore_origin(source);
}

const uint8_t *
dns_load_scan_origin(const struct dns_load_source *source, size_t *len)
{
	*len = source->origin_len;
	return source->origin;
}

/* ---------------------------------------------------------------- mistakes */

/* Where the scanner stopped: it has gone on to the line's end, and kept what it
 * went over. */
static const char *
stopped_at(const struct dns_load_source *source)
{
	const zs_scanner_t *scanner = source->scanner;
	size_t kept = scanner->buffer_length;
	/* Behind the text it has added a newline of its own. */
	const char *end =
	    scanner->input.eof ? source->end : scanner->input.current;

	kept = kept > 0 ? kept - 1 : 0;
	return (size_t)(end - source->text) < kept ? source->text : end - kept;
}

/* What is lost with LINE is not told again as missing. */
static void
note_lost(struct dns_load_report *report, const struct dns_load_line *line)
{
	unsigned type = dns_load_line_type(line);

	report->is_incomplete = true;
	if (type < line->word_count) {
		if (dns_load_line_word_is(&line->words[type], "SOA"))
			report->is_soa_lost = true;
		if (dns_load_line_word_is(&line->words[type], "NS"))
			report->is_ns_lost = true;
	}
}

/* The line of what is told about the byte at AT. */
static unsigned
line_at(const struct dns_load_source *source, const char *at)
{
	if (source->generate_line != 0)
		return source->generate_line;
	return (unsigned)source->line + dns_load_line_count(source->text, at);
}

/* Tells what the scanner could not read, and returns where to go on: behind
 * that record, or, where its parentheses have no end, in the next line. */
static const char *
tell_syntax(struct dns_load_source *source)
{
	const zs_scanner_t *scanner = source->scanner;
	const char *at = stopped_at(source);

	restore_origin(source);
	struct dns_load_report *report = source->reader->report;
	const struct dns_load_records *records = source->reader->records;
	struct dns_load_line line;
	char text[DNS_LOAD_SYNTAX_MAX];

	dns_load_line_read(&line, source->text, source->end, at);
	struct dns_load_syntax syntax = {
	    .line = &line,
	    .at = at,
	    .code = scanner->error.code,
	    .origin = source->origin,
	    .origin_len = source->origin_len,
	    .previous = records->last_len == 0 ? NULL : records->last,
	    .is_type_read = scanner->r_type != 0,
	};
	unsigned number = line_at(source, at);

	if (syntax.code == ZS_UNCLOSED_MULTILINE)
		number = source->open_line != 0 ? source->open_line
		                                : line_at(source, line.start);
	note_lost(report, &line);
	/* Where an owner could not be read, neither can the lines that go on
	 * with it: told already. */
	if (line.has_owner || !source->is_owner_lost)
		dns_load_report_error(report, source->number, number, "%s",
		    dns_load_syntax_explain(&syntax, text));
	if (line.has_owner)
		source->is_owner_lost = dns_load_line_word_at(&line, at) == 0;
	source->open_line = 0;
	if (!line.is_open)
		return line.end;
	const char *newline = memchr(at, '\n', (size_t)(source->end - at));

	return newline == NULL ? source->end : newline + 1;
}

/* ----------------------------------------------------------------- records */

/* The text that the scanner's record was read from, at its end. */
static const char *
text_end(const struct dns_load_source *source)
{
	const zs_scanner_t *scanner = source->scanner;

	return scanner->input.eof ? source->end : scanner->input.current;
}

/* With a hint where the configuration and the file may mean two zones, and
 * where a name has a final dot that would be better without. */
static void
tell_outside(const struct dns_load_source *source, unsigned line)
{
	const zs_scanner_t *scanner = source->scanner;
	struct dns_load_report *report = source->reader->report;
	const char *hint = "";
	char name[DNS_NAME_TEXT_MAX];

	if (scanner->r_type == DNS_TYPE_SOA) {
		report->is_soa_lost = report->is_ns_lost = true;
		hint = ": is the file that of another zone?";
	} else if (dns_name_labels(scanner->r_owner) <
	           dns_name_labels(source->reader->records->apex)) {
		hint = ": with its final dot it is no name of the zone";
	}
	dns_load_report_error(report, source->number, line,
	    "%s is outside the zone%s", dns_name_format(scanner->r_owner, name),
	    hint);
}

/* Tells why the data of the scanner's record cannot be in a zone. Apart: the
 * texts are cleared, which would show in a million records. */
static void
tell_data(const struct dns_load_source *source, unsigned line, bool is_type)
{
	const zs_scanner_t *scanner = source->scanner;
	char name[DNS_NAME_TEXT_MAX], mnemonic[DNS_LOAD_REPORT_TYPE_MAX];

	dns_name_format(scanner->r_owner, name);
	if (is_type)
		dns_load_report_error(source->reader->report, source->number,
		    line, "%s %s: the data is not what its type demands", name,
		    dns_load_report_type(scanner->r_type, mnemonic));
	else
		dns_load_report_error(source->reader->report, source->number,
		    line, "%s: no zone has data of type %u", name,
		    scanner->r_type);
}

/* Most records of a file with some escape have none. */
static bool
has_escape(const struct dns_load_source *source)
{
	return source->reader->has_escapes &&
	       memchr(source->text, '\\',
	           (size_t)(text_end(source) - source->text)) != NULL;
}

/* The scanner takes \256 in a name for \000. */
static bool
tell_escape(const struct dns_load_source *source)
{
	struct dns_load_line line;

	dns_load_line_read(
	    &line, source->text, source->end, text_end(source) - 1);
	const struct dns_load_word *word = dns_load_line_escape(&line);

	if (word == NULL)
		return false;
	char text[DNS_LOAD_SYNTAX_MAX];

	dns_load_report_error(source->reader->report, source->number,
	    line_at(source, word->p), "%s",
	    dns_load_syntax_explain_escape(word, text));
	return true;
}

/* Tells what is wrong with the scanner's record before it is kept. */
static bool
is_data(const struct dns_load_source *source, unsigned line)
{
	struct dns_load_report *report = source->reader->report;
	const zs_scanner_t *scanner = source->scanner;
	unsigned type = scanner->r_type;

	if (scanner->r_class != DNS_CLASS_IN)
		dns_load_report_error(report, source->number, line,
		    "class %u: only IN is served", scanner->r_class);
	/* After some mistakes the scanner lends what it had read of another
	 * owner; NS data is a name and no more. */
	else if (!dns_load_rdata_is_valid(
	             DNS_TYPE_NS, scanner->r_owner, scanner->r_owner_length)) {
		if (!source->is_owner_lost)
			dns_load_report_error(report, source->number, line,
			    "no owner, and none before it");
	} else if (type == 0 || type == DNS_TYPE_OPT ||
	           (type >= DNS_TYPE_META_FIRST && type <= DNS_TYPE_META_LAST))
		tell_data(source, line, false);
	else if (!dns_load_rdata_is_valid(
	             scanner->r_type, scanner->r_data, scanner->r_data_length))
		tell_data(source, line, true);
	else
		return !has_escape(source) || !tell_escape(source);
	return false;
}

/* The line in which the scanner's record begins: it counts where that ends. */
static unsigned
line_of_record(const struct dns_load_source *source)
{
	const zs_scanner_t *scanner = source->scanner;
	struct dns_load_line line;

	if (source->generate_line != 0)
		return source->generate_line;
	if (scanner->input.eof || scanner->line_counter <= source->line + 1)
		return (unsigned)scanner->line_counter;
	dns_load_line_read(
	    &line, source->text, source->end, scanner->input.current);
	return line_at(source, line.start);
}

/* RFC 2308 §4: without a TTL a record has that of $TTL; RFC 1035 §5.1: where
 * there is none, the last one given. */
static uint32_t
ttl_of_record(struct dns_load_source *source, unsigned line)
{
	struct dns_load_reader *reader = source->reader;
	uint32_t ttl = source->scanner->r_ttl;

	if (ttl != no_ttl) {
		source->has_ttl = true;
		source->last_ttl = ttl;
	} else if (source->has_ttl) {
		ttl = source->last_ttl;
	} else {
		ttl = DNS_LOAD_TEXT_TTL;
		if (!reader->is_ttl_told)
			dns_load_report_warning(reader->report, source->number,
			    line,
			    "neither the record nor a $TTL before it says the "
			    "TTL: %d seconds are taken",
			    DNS_LOAD_TEXT_TTL);
		reader->is_ttl_told = true;
	}
	if (ttl <= INT32_MAX)
		return ttl;
	dns_load_report_warning(reader->report, source->number, line,
	    "the TTL %u has its highest bit set and is taken for 0 (RFC 2181 "
	    "§8)",
	    ttl);
	return 0;
}

/* A line that begins with a blank goes on with the owner before it, whatever
 * $ORIGIN came between. */
static void
check_origin(struct dns_load_source *source, unsigned number)
{
	struct dns_load_line line;
	char name[DNS_NAME_TEXT_MAX];

	source->is_origin_new = false;
	dns_load_line_read(
	    &line, source->text, source->end, text_end(source) - 1);
	if (!line.has_owner && line.word_count > 0)
		dns_load_report_warning(source->reader->report, source->number,
		    number,
		    "the line begins with a blank: it belongs to %s, in spite "
		    "of the $ORIGIN before it",
		    dns_name_format(source->scanner->r_owner, name));
}

static void
take_record(struct dns_load_source *source)
{
	struct dns_load_reader *reader = source->reader;
	struct dns_load_records *records = reader->records;
	const zs_scanner_t *scanner = source->scanner;
	unsigned line = line_of_record(source);
	size_t owners = records->owner_count;

	if (!is_data(source, line)) {
		reader->report->is_incomplete = true;
		return;
	}
	struct dns_load_record record = {
	    .type = scanner->r_type,
	    .length = (uint16_t)scanner->r_data_length,
	    .ttl = ttl_of_record(source, line),
	    .line = line,
	    .file = (uint16_t)source->number,
	};

	if (source->is_origin_new)
		check_origin(source, line);
	switch (dns_load_records_add(records, scanner->r_owner,
	    scanner->r_owner_length, &record, scanner->r_data)) {
	case DNS_LOAD_OUTSIDE:
		tell_outside(source, line);
		break;
	case DNS_LOAD_NO_SPACE:
		reader->is_full = true;
		dns_load_report_error(reader->report, source->number, line,
		    "no memory for more records");
		break;
	case DNS_LOAD_ADDED:
		dns_load_hint(reader->report,
		    &(struct dns_load_written){
		        .text = source->text,
		        .end = text_end(source),
		        .apex = records->apex,
		        .apex_len = records->apex_len,
		        .origin = source->origin,
		        .origin_len = source->origin_len,
		        .owner = scanner->r_owner,
		        .owner_len = scanner->r_owner_length,
		        .record = &record,
		        .rdata = scanner->r_data,
		        .is_owner_new = records->owner_count > owners,
		        .has_high_bytes = reader->has_high_bytes,
		    });
		break;
	}
}

/* ---------------------------------------------------------------- the text */

/* Makes the scanner expect the start of a line: TEXT … END. */
static bool
set_text(struct dns_load_source *source, const char *text, const char *end,
    uint64_t line)
{
	zs_scanner_t *scanner = source->scanner;

	scanner->cs = source->start_state;
	scanner->top = 0;
	scanner->multiline = false;
	scanner->long_string = false;
	scanner->comma_list = false;
	scanner->error.code = ZS_OK;
	scanner->error.fatal = false;
	scanner->state = ZS_STATE_NONE;
	scanner->r_type = 0;
	if (zs_set_input_string(scanner, text, (size_t)(end - text)) == -1)
		return false;
	scanner->line_counter = line;
	source->text = text;
	source->end = end;
	source->line = line;
	return true;
}

/* Lets the scanner take what was set until there is a mistake, which is told.
 * Returns where to go on; NULL: all is read. */
static const char *
scan(struct dns_load_source *source)
{
	zs_scanner_t *scanner = source->scanner;

	while (!source->reader->is_full && zs_parse_record(scanner) == 0) {
		if (scanner->state == ZS_STATE_ERROR)
			return tell_syntax(source);
		if (scanner->state == ZS_STATE_DATA)
			take_record(source);
		/* A directive that was not found, since a parenthesis before
		 * it has no end, which is told in its place. */
		else if (scanner->state != ZS_STATE_INCLUDE)
			return NULL;
		if (!scanner->multiline)
			source->open_line = 0;
		else if (source->open_line == 0)
			source->open_line = line_of_record(source);
		source->text = text_end(source);
		source->line = scanner->line_counter;
		scanner->r_type = 0;
	}
	return NULL;
}

void
dns_load_scan_text(
    struct dns_load_source *source, const char *text, size_t len, uint64_t line)
{
	const char *end = text + len;

	while (text < end && set_text(source, text, end, line)) {
		const char *next = scan(source);

		if (next == NULL)
			return;
		/* One byte at the least: this has an end. */
		if (next <= source->text)
			next = source->text + (source->text < end);
		line = source->line + dns_load_line_count(source->text, next);
		text = next;
	}
}
