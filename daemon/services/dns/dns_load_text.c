/* dns_load_text.c — master files → records. Loader process only. */
#include "services/dns/dns_load_text.h"

#include "services/dns/dns_load_clean.h"
#include "services/dns/dns_load_content.h"
#include "services/dns/dns_load_directive.h"
#include "services/dns/dns_load_file.h"
#include "services/dns/dns_load_generate.h"
#include "services/dns/dns_load_line.h"
#include "services/dns/dns_load_scan.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
generate(struct dns_load_source *source, const struct dns_load_words *words,
    unsigned line)
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
		dns_load_scan_text(source, chunk, len, line);
	}
	source->generate_line = 0;
	free(chunk);
	if (error != NULL)
		dns_load_report_error(
		    source->reader->report, source->number, line, "%s", error);
}

static void
set_origin(
    struct dns_load_source *source, struct dns_load_words *words, unsigned line)
{
	char text[DNS_NAME_TEXT_MAX];
	uint8_t name[DNS_NAME_MAX];
	size_t origin_len, len = 0;
	const uint8_t *origin = dns_load_scan_origin(source, &origin_len);

	if (dns_load_directive_word(words, text, sizeof(text)))
		len = dns_load_directive_name(text, origin, origin_len, name);
	if (len == 0) {
		dns_load_report_error(source->reader->report, source->number,
		    line, "$ORIGIN needs a domain name");
		return;
	}
	dns_load_scan_set_origin(source, name, len);
}

static void read_source(struct dns_load_reader *reader,
    const struct dns_load_source *parent, const char *path, unsigned line,
    const uint8_t *origin, size_t origin_len);

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
include(
    struct dns_load_source *source, struct dns_load_words *words, unsigned line)
{
	struct dns_load_report *report = source->reader->report;
	char name[PATH_MAX], path[PATH_MAX], text[DNS_NAME_TEXT_MAX];
	uint8_t origin[DNS_NAME_MAX];
	size_t origin_len;
	const uint8_t *current = dns_load_scan_origin(source, &origin_len);
	size_t len = origin_len;

	memcpy(origin, current, len);
	if (!dns_load_directive_word(words, name, sizeof(name)) ||
	    name[0] == '\0' ||
	    !path_beside(source->path, name, path, sizeof(path))) {
		dns_load_report_error(report, source->number, line,
		    "$INCLUDE needs the name of a file");
		return;
	}
	if (dns_load_directive_word(words, text, sizeof(text)))
		len =
		    dns_load_directive_name(text, current, origin_len, origin);
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
obey(struct dns_load_source *source, enum dns_load_directive kind,
    const char *text, size_t len, unsigned line)
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

/* The file's text, directives apart from the rest. */
static void
read_text(struct dns_load_source *source)
{
	const char *text = source->file.text;
	size_t len = source->file.len;
	struct dns_load_lexer lexer = {0};
	unsigned line = 1;

	for (size_t at = 0; at < len && !source->reader->is_full;) {
		enum dns_load_directive kind;
		size_t end =
		    dns_load_directive_find(text, len, at, &lexer, &kind);

		dns_load_scan_text(source, text + at, end - at, line);
		if (end == len)
			return;
		line += dns_load_line_count(text + at, text + end);
		const char *newline = memchr(text + end, '\n', len - end);
		size_t next = newline == NULL ? len : (size_t)(newline - text);

		obey(source, kind, text + end, next - end, line++);
		at = lexer.at = next + (newline != NULL);
	}
}

static bool
is_cycle(const struct dns_load_source *source)
{
	for (const struct dns_load_source *s = source->parent; s != NULL;
	     s = s->parent)
		if (s->file.device == source->file.device &&
		    s->file.inode == source->file.inode)
			return true;
	return false;
}

/* Tells of a file that cannot be read where it is named: on the line of the
 * $INCLUDE, or as the zone's own file. */
static void
tell_unreadable(
    const struct dns_load_source *source, unsigned line, const char *error)
{
	const struct dns_load_source *parent = source->parent;
	struct dns_load_report *report = source->reader->report;

	report->is_incomplete = report->is_soa_lost = report->is_ns_lost = true;
	if (parent == NULL)
		dns_load_report_error(
		    report, source->number, 0, "cannot be read: %s", error);
	else
		dns_load_report_error(report, parent->number, line,
		    "$INCLUDE: %s: %s", source->path, error);
}

static void
read_source(struct dns_load_reader *reader,
    const struct dns_load_source *parent, const char *path, unsigned line,
    const uint8_t *origin, size_t origin_len)
{
	struct dns_load_source source = {
	    .reader = reader,
	    .parent = parent,
	    .path = path,
	    .depth = parent == NULL ? 0 : parent->depth + 1,
	};
	int number = dns_load_report_add_file(reader->report, path);
	const char *error = "too many files in one zone";

	if (number != -1) {
		source.number = (unsigned)number;
		error = dns_load_file_read(path,
		    parent == NULL ? 0 : parent->file.owner, &source.file);
	}
	if (error == NULL && is_cycle(&source))
		error = "includes itself";
	if (error == NULL) {
		dns_load_content_add(
		    reader->content, source.file.text, source.file.len);
		error = dns_load_clean(&source.file, &reader->has_high_bytes);
		reader->has_escapes |=
		    memchr(source.file.text, '\\', source.file.len) != NULL;
	}
	if (error == NULL && !dns_load_scan_open(&source, origin, origin_len))
		error = "not enough memory";
	if (error == NULL)
		read_text(&source);
	else
		tell_unreadable(&source, line, error);
	dns_load_scan_close(&source);
	dns_load_file_release(&source.file);
}

void
dns_load_text_read(const char *path, struct dns_load_records *records,
    struct dns_load_report *report, uint64_t content[2])
{
	struct dns_load_reader reader = {
	    .records = records,
	    .report = report,
	    .content = content,
	};

	read_source(&reader, NULL, path, 0, records->apex, records->apex_len);
}
