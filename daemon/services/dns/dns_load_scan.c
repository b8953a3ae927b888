/* dns_load_scan.c — a master file's text → records. Loader process only. */
#include "services/dns/dns_load_scan.h"

#include "services/dns/dns_load_line.h"
#include "services/dns/dns_load_syntax.h"
#include "services/dns/dns_load_take.h"

#include <libzscanner/scanner.h>
#include <stdlib.h>
#include <string.h>

bool
dns_load_scan_open(
    struct dns_load_source *source, const uint8_t *origin, size_t origin_len)
{
	const struct dns_load_source *parent = source->parent;
	zs_scanner_t *scanner = malloc(sizeof(*scanner));

	if (scanner == NULL)
		return false;
	if (zs_init(scanner, ".", DNS_CLASS_IN, DNS_LOAD_TAKE_NO_TTL) == -1) {
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
	const char *end = dns_load_source_end(source);

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
	unsigned number = dns_load_source_line(source, at);

	if (syntax.code == ZS_UNCLOSED_MULTILINE)
		number = source->open_line != 0
		             ? source->open_line
		             : dns_load_source_line(source, line.start);
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
			dns_load_take(source);
		/* A directive that was not found, since a parenthesis before
		 * it has no end, which is told in its place. */
		else if (scanner->state != ZS_STATE_INCLUDE)
			return NULL;
		if (!scanner->multiline)
			source->open_line = 0;
		else if (source->open_line == 0)
			source->open_line = dns_load_source_record_line(source);
		source->text = dns_load_source_end(source);
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
