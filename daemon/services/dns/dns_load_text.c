/* dns_load_text.c — master files → records. Loader process only. */
#include "services/dns/dns_load_text.h"

#include "services/dns/dns_load_directive.h"
#include "services/dns/dns_load_file.h"
#include "services/dns/dns_load_generate.h"
#include "services/dns/dns_load_rdata.h"

#include <libzscanner/scanner.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One zone being read. */
struct reader {
	struct dns_load_records *records;
	struct dns_load_report *report;
	uint64_t *content;
	bool is_full; /* no space for more records: told, and reading ends */
};

/* One file of it. */
struct source {
	struct reader *reader;
	const struct source *parent; /* the file that includes it, or NULL */
	const char *path;
	unsigned number; /* in the report */
	unsigned depth;
	struct dns_load_file file;
	zs_scanner_t *scanner;
	int start_state;
	/* The line that all records come from, while $GENERATE makes them; 0:
	 * they come from the file's own lines. */
	unsigned generate_line;
};

static unsigned
line_of(const struct source *source)
{
	if (source->generate_line != 0)
		return source->generate_line;
	return (unsigned)source->scanner->line_counter;
}

/* What the scanner could not read, as far as it is fit to print. */
static void
tell_syntax(const struct source *source)
{
	const zs_scanner_t *scanner = source->scanner;
	char near[48];
	size_t len = 0;

	while (len < sizeof(near) - 1 && len < scanner->buffer_length &&
	       scanner->buffer[len] != '\0') {
		uint8_t byte = scanner->buffer[len];

		near[len++] = byte < ' ' || byte > '~' ? '?' : (char)byte;
	}
	near[len] = '\0';
	if (len == 0)
		dns_load_report_error(source->reader->report, source->number,
		    line_of(source), "%s", zs_strerror(scanner->error.code));
	else
		dns_load_report_error(source->reader->report, source->number,
		    line_of(source), "%s near '%s'",
		    zs_strerror(scanner->error.code), near);
}

static void
tell_outside(const struct source *source)
{
	char name[DNS_NAME_TEXT_MAX];

	dns_load_report_error(source->reader->report, source->number,
	    line_of(source), "%s is outside the zone",
	    dns_name_format(source->scanner->r_owner, name));
}

enum {
	TYPE_OPT = 41, /* and these others are no data (RFC 6895 §3.1) */
	TYPE_META_FIRST = 128,
	TYPE_META_LAST = 255,
};

/* Tells what is wrong with the scanner's record before it is kept. */
static bool
is_data(const struct source *source)
{
	struct dns_load_report *report = source->reader->report;
	const zs_scanner_t *scanner = source->scanner;
	unsigned type = scanner->r_type, line = line_of(source);

	if (scanner->r_class != DNS_CLASS_IN)
		dns_load_report_error(report, source->number, line,
		    "class %u: only IN is served", scanner->r_class);
	/* After some mistakes the scanner lends what it had read of another
	 * owner; NS data is a name and no more. */
	else if (!dns_load_rdata_is_valid(
	             DNS_TYPE_NS, scanner->r_owner, scanner->r_owner_length))
		dns_load_report_error(report, source->number, line,
		    "no owner, and none before it");
	else if (type == 0 || type == TYPE_OPT ||
	         (type >= TYPE_META_FIRST && type <= TYPE_META_LAST))
		dns_load_report_error(report, source->number, line,
		    "type %u cannot be data in a zone", type);
	else if (!dns_load_rdata_is_valid(
	             scanner->r_type, scanner->r_data, scanner->r_data_length))
		dns_load_report_error(report, source->number, line,
		    "the data is not what its type demands");
	else
		return true;
	return false;
}

static void
take_record(struct source *source)
{
	struct reader *reader = source->reader;
	const zs_scanner_t *scanner = source->scanner;
	struct dns_load_record record = {
	    .type = scanner->r_type,
	    .length = (uint16_t)scanner->r_data_length,
	    /* RFC 2181 §8: the highest bit set means zero. */
	    .ttl = scanner->r_ttl > INT32_MAX ? 0 : scanner->r_ttl,
	    .line = line_of(source),
	    .file = (uint16_t)source->number,
	};

	if (!is_data(source))
		return;
	enum dns_load_added added =
	    dns_load_records_add(reader->records, scanner->r_owner,
	        scanner->r_owner_length, &record, scanner->r_data);

	if (added == DNS_LOAD_OUTSIDE)
		tell_outside(source);
	if (added == DNS_LOAD_NO_SPACE) {
		reader->is_full = true;
		dns_load_report_error(reader->report, source->number,
		    record.line, "no memory for more records");
	}
}

/* Makes the scanner expect the start of a line. */
static void
reset_scanner(struct source *source)
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
}

/* Lets the scanner take TEXT, LEN bytes, whose first line is LINE. Returns true
 * at its end; false where the scanner gives up, behind what line_counter says.
 */
static bool
scan(struct source *source, const char *text, size_t len, uint64_t line)
{
	zs_scanner_t *scanner = source->scanner;

	reset_scanner(source);
	if (zs_set_input_string(scanner, text, len) == -1)
		return true;
	scanner->line_counter = line;
	while (!source->reader->is_full && zs_parse_record(scanner) == 0) {
		if (scanner->state == ZS_STATE_DATA) {
			take_record(source);
		} else if (scanner->state == ZS_STATE_ERROR) {
			tell_syntax(source);
			/* Behind the text the scanner adds a newline; what it
			 * finds wrong there it would find wrong for ever. */
			if (scanner->input.eof)
				return true;
			if (scanner->error.fatal)
				return false;
		} else {
			return true;
		}
	}
	return true;
}

/* The same, going on at the next line where the scanner gives up, so that all
 * mistakes are told. */
static void
feed(struct source *source, const char *text, size_t len, uint64_t line)
{
	size_t at = 0;

	while (at < len && !scan(source, text + at, len - at, line)) {
		uint64_t failed = source->scanner->line_counter;

		/* One line at the least, whatever the scanner counted. */
		do {
			const char *end = memchr(text + at, '\n', len - at);

			at = end == NULL ? len : (size_t)(end - text) + 1;
			line++;
		} while (at < len && line <= failed);
	}
}

static void
generate(
    struct source *source, const struct dns_load_words *words, unsigned line)
{
	enum { CHUNK = 1 << 16 };
	struct dns_load_generate state;
	const char *error = dns_load_generate_open(
	    &state, words->p, (size_t)(words->end - words->p));
	char *chunk = error == NULL ? malloc(CHUNK) : NULL;
	size_t len = chunk == NULL ? 0 : 1;

	if (error == NULL && chunk == NULL)
		error = "not enough memory";
	source->generate_line = line;
	while (len > 0 && !source->reader->is_full) {
		len = dns_load_generate_next(&state,
		    (struct space){.data = (uint8_t *)chunk, .cap = CHUNK},
		    &error);
		feed(source, chunk, len, line);
	}
	source->generate_line = 0;
	free(chunk);
	if (error != NULL)
		dns_load_report_error(
		    source->reader->report, source->number, line, "%s", error);
}

static void
set_origin(struct source *source, struct dns_load_words *words, unsigned line)
{
	zs_scanner_t *scanner = source->scanner;
	char text[DNS_NAME_TEXT_MAX];
	uint8_t name[DNS_NAME_MAX];
	size_t len = 0;

	if (dns_load_directive_word(words, text, sizeof(text)))
		len = dns_load_directive_name(text, scanner->zone_origin,
		    scanner->zone_origin_length, name);
	if (len == 0) {
		dns_load_report_error(source->reader->report, source->number,
		    line, "$ORIGIN needs a domain name");
		return;
	}
	memcpy(scanner->zone_origin, name, len);
	scanner->zone_origin_length = (uint32_t)len;
}

static void read_source(struct reader *reader, const struct source *parent,
    const char *path, unsigned line, const uint8_t *origin, size_t origin_len);

/* NAME is relative to the folder of the file that names it. */
static bool
path_beside(const char *path, const char *name, char *out, size_t cap)
{
	const char *slash = strrchr(path, '/');
	int folder = slash == NULL ? 0 : (int)(slash - path) + 1;

	if (name[0] == '/')
		folder = 0;
	int len = snprintf(out, cap, "%.*s%s", folder, path, name);

	return len > 0 && (size_t)len < cap;
}

static void
include(struct source *source, struct dns_load_words *words, unsigned line)
{
	struct dns_load_report *report = source->reader->report;
	const zs_scanner_t *scanner = source->scanner;
	char name[PATH_MAX], path[PATH_MAX], text[DNS_NAME_TEXT_MAX];
	uint8_t origin[DNS_NAME_MAX];
	size_t len = scanner->zone_origin_length;

	memcpy(origin, scanner->zone_origin, len);
	if (!dns_load_directive_word(words, name, sizeof(name)) ||
	    name[0] == '\0' ||
	    !path_beside(source->path, name, path, sizeof(path))) {
		dns_load_report_error(report, source->number, line,
		    "$INCLUDE needs the name of a file");
		return;
	}
	if (dns_load_directive_word(words, text, sizeof(text)))
		len = dns_load_directive_name(text, scanner->zone_origin,
		    scanner->zone_origin_length, origin);
	if (len == 0) {
		dns_load_report_error(report, source->number, line,
		    "$INCLUDE: '%s' is not a domain name", text);
		return;
	}
	if (source->depth == DNS_LOAD_TEXT_DEPTH_MAX) {
		dns_load_report_error(report, source->number, line,
		    "$INCLUDE within %d others goes too deep",
		    DNS_LOAD_TEXT_DEPTH_MAX);
		return;
	}
	read_source(source->reader, source, path, line, origin, len);
}

static void
obey(struct source *source, enum dns_load_directive kind, const char *text,
    size_t len, unsigned line)
{
	struct dns_load_words words = dns_load_directive_words(text, len);

	switch (kind) {
	case DNS_LOAD_NO_DIRECTIVE:
		break;
	case DNS_LOAD_ORIGIN:
		set_origin(source, &words, line);
		break;
	case DNS_LOAD_INCLUDE:
		include(source, &words, line);
		break;
	case DNS_LOAD_GENERATE:
		generate(source, &words, line);
		break;
	}
}

static unsigned
count_lines(const char *text, size_t len)
{
	unsigned lines = 0;
	const char *end = text + len;

	while ((text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		text++;
		lines++;
	}
	return lines;
}

/* The file's text, directives apart from the rest. */
static void
read_text(struct source *source)
{
	const char *text = source->file.text;
	size_t len = source->file.len;
	struct dns_load_lexer lexer = {0};
	unsigned line = 1;

	for (size_t at = 0; at < len && !source->reader->is_full;) {
		enum dns_load_directive kind;
		size_t end =
		    dns_load_directive_find(text, len, at, &lexer, &kind);

		feed(source, text + at, end - at, line);
		if (end == len)
			return;
		line += count_lines(text + at, end - at);
		const char *newline = memchr(text + end, '\n', len - end);
		size_t next = newline == NULL ? len : (size_t)(newline - text);

		obey(source, kind, text + end, next - end, line++);
		at = lexer.at = next + (newline != NULL);
	}
}

/* The scanner refuses lines that end as on DOS; a blank more at the end of a
 * line changes nothing else. */
static void
drop_carriage_returns(char *text, size_t len)
{
	char *end = text + len;

	while ((text = memchr(text, '\r', (size_t)(end - text))) != NULL) {
		if (text + 1 == end || text[1] == '\n')
			*text = ' ';
		text++;
	}
}

/* A scanner with what an included file takes over: origin, $TTL and the last
 * owner; nothing of it goes back (RFC 1035 §5.1). */
static bool
open_scanner(struct source *source, const uint8_t *origin, size_t origin_len)
{
	const struct source *parent = source->parent;
	zs_scanner_t *scanner = malloc(sizeof(*scanner));

	if (scanner == NULL)
		return false;
	if (zs_init(scanner, ".", DNS_CLASS_IN, DNS_LOAD_TEXT_TTL) == -1) {
		free(scanner);
		return false;
	}
	memcpy(scanner->zone_origin, origin, origin_len);
	scanner->zone_origin_length = (uint32_t)origin_len;
	if (parent != NULL) {
		scanner->default_ttl = parent->scanner->default_ttl;
		scanner->r_owner_length = parent->scanner->r_owner_length;
		memcpy(scanner->r_owner, parent->scanner->r_owner,
		    scanner->r_owner_length);
	}
	source->scanner = scanner;
	source->start_state = scanner->cs;
	return true;
}

static bool
is_cycle(const struct source *source)
{
	for (const struct source *s = source->parent; s != NULL; s = s->parent)
		if (s->file.device == source->file.device &&
		    s->file.inode == source->file.inode)
			return true;
	return false;
}

/* Tells of a file that cannot be read where it is named: on the line of the
 * $INCLUDE, or as the zone's own file. */
static void
tell_unreadable(const struct source *source, unsigned line, const char *error)
{
	const struct source *parent = source->parent;

	if (parent == NULL)
		dns_load_report_error(source->reader->report, source->number, 0,
		    "cannot be read: %s", error);
	else
		dns_load_report_error(source->reader->report, parent->number,
		    line, "$INCLUDE: %s: %s", source->path, error);
}

static void
read_source(struct reader *reader, const struct source *parent,
    const char *path, unsigned line, const uint8_t *origin, size_t origin_len)
{
	struct source source = {
	    .reader = reader,
	    .parent = parent,
	    .path = path,
	    .depth = parent == NULL ? 0 : parent->depth + 1,
	};
	int number = dns_load_report_add_file(reader->report, path);
	const char *error = "too many files in one zone";

	if (number != -1) {
		source.number = (unsigned)number;
		error = dns_load_file_read(path, &source.file);
	}
	if (error == NULL && is_cycle(&source))
		error = "includes itself";
	if (error == NULL && !open_scanner(&source, origin, origin_len))
		error = "not enough memory";
	if (error != NULL) {
		tell_unreadable(&source, line, error);
	} else {
		dns_load_file_hash(&source.file, reader->content);
		drop_carriage_returns(source.file.text, source.file.len);
		read_text(&source);
		zs_deinit(source.scanner);
	}
	free(source.scanner);
	dns_load_file_release(&source.file);
}

void
dns_load_text_read(const char *path, struct dns_load_records *records,
    struct dns_load_report *report, uint64_t content[2])
{
	struct reader reader = {
	    .records = records,
	    .report = report,
	    .content = content,
	};

	read_source(&reader, NULL, path, 0, records->apex, records->apex_len);
}
