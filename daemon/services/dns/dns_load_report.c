/* dns_load_report.c — what is wrong with one zone. Loader process only. */
#include "services/dns/dns_load_report.h"

#include "services/dns/dns_text_type.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
dns_load_report_add_file(struct dns_load_report *report, const char *path)
{
	if (report->file_count == DNS_LOAD_FILES_MAX)
		return -1;
	if (report->files == NULL) {
		report->files =
		    calloc(DNS_LOAD_FILES_MAX, sizeof(report->files[0]));
		if (report->files == NULL)
			return -1;
	}
	char *copy = strdup(path);

	if (copy == NULL)
		return -1;
	report->files[report->file_count] = copy;
	return (int)report->file_count++;
}

typedef void tell_line(struct report *report, const char *file, unsigned line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

static void tell(const struct dns_load_report *report, tell_line *say,
    unsigned file, unsigned line, const char *format, va_list arguments)
    __attribute__((format(printf, 5, 0)));

static void
tell(const struct dns_load_report *report, tell_line *say, unsigned file,
    unsigned line, const char *format, va_list arguments)
{
	bool is_conf = file >= report->file_count;
	const char *path = is_conf ? report->conf : report->files[file];
	/* A name in the text may take a kilobyte; more is cut. */
	char text[1536];

	vsnprintf(text, sizeof(text), format, arguments);
	if (is_conf && line == 0)
		line = report->conf_line;
	say(report->report, path, line, "zone %s: %s", report->zone, text);
}

/* Has enough been told with FORMAT? Counts. */
static bool
is_enough(struct dns_load_report *report, const char *format)
{
	unsigned i = 0;

	while (i < DNS_LOAD_REPORT_KINDS - 1 &&
	       report->kinds[i].format != NULL &&
	       report->kinds[i].format != format)
		i++;
	report->kinds[i].format = format;
	return ++report->kinds[i].count > DNS_LOAD_REPORT_MAX;
}

void
dns_load_report_error(struct dns_load_report *report, unsigned file,
    unsigned line, const char *format, ...)
{
	va_list arguments;

	report->errors++;
	if (is_enough(report, format)) {
		report->errors_untold++;
		return;
	}
	va_start(arguments, format);
	tell(report, conf_broken, file, line, format, arguments);
	va_end(arguments);
}

void
dns_load_report_warning(struct dns_load_report *report, unsigned file,
    unsigned line, const char *format, ...)
{
	va_list arguments;

	report->warnings++;
	if (is_enough(report, format)) {
		report->warnings_untold++;
		return;
	}
	va_start(arguments, format);
	tell(report, conf_warning, file, line, format, arguments);
	va_end(arguments);
}

const char *
dns_load_report_type(uint16_t type, char text[DNS_LOAD_REPORT_TYPE_MAX])
{
	struct dns_text out = dns_text_open((struct space){
	    .data = (uint8_t *)text,
	    .cap = DNS_LOAD_REPORT_TYPE_MAX - 1,
	});

	dns_text_type_put(&out, type);
	text[out.len] = '\0';
	return text;
}

bool
dns_load_report_is_first(
    struct dns_load_report *report, const uint8_t *name, size_t len)
{
	uint8_t lower[DNS_NAME_MAX];

	dns_name_lower(lower, name, len);
	uint64_t hash = dns_name_hash(lower, len);

	for (unsigned i = 0; i < report->name_count; i++)
		if (report->names[i] == hash)
			return false;
	if (report->name_count < DNS_LOAD_REPORT_NAMES)
		report->names[report->name_count++] = hash;
	return true;
}

static const char *
main_file(const struct dns_load_report *report)
{
	return report->file_count == 0 ? report->conf : report->files[0];
}

void
dns_load_report_close(struct dns_load_report *report)
{
	if (report->errors_untold > 0)
		conf_broken(report->report, main_file(report), 0,
		    "zone %s: and %u more errors", report->zone,
		    report->errors_untold);
	if (report->warnings_untold > 0)
		conf_warning(report->report, main_file(report), 0,
		    "zone %s: and %u more warnings", report->zone,
		    report->warnings_untold);
	for (unsigned i = 0; i < report->file_count; i++)
		free(report->files[i]);
	free(report->files);
	report->files = NULL;
	report->file_count = 0;
}
