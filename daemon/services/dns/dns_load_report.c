/* dns_load_report.c — what is wrong with one zone. Loader process only. */
#include "services/dns/dns_load_report.h"

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
	const char *path = report->file_count == 0 ? "" : report->files[file];
	/* A name in the text may take a kilobyte; more is cut. */
	char text[1536];

	vsnprintf(text, sizeof(text), format, arguments);
	say(report->report, path, line, "zone %s: %s", report->zone, text);
}

void
dns_load_report_error(struct dns_load_report *report, unsigned file,
    unsigned line, const char *format, ...)
{
	va_list arguments;

	if (report->errors++ >= DNS_LOAD_REPORT_MAX)
		return;
	va_start(arguments, format);
	tell(report, conf_broken, file, line, format, arguments);
	va_end(arguments);
}

void
dns_load_report_warning(struct dns_load_report *report, unsigned file,
    unsigned line, const char *format, ...)
{
	va_list arguments;

	if (report->warnings++ >= DNS_LOAD_REPORT_MAX)
		return;
	va_start(arguments, format);
	tell(report, conf_warning, file, line, format, arguments);
	va_end(arguments);
}

void
dns_load_report_close(struct dns_load_report *report)
{
	if (report->errors > DNS_LOAD_REPORT_MAX)
		conf_broken(report->report, report->files[0], 0,
		    "zone %s: and %u more errors", report->zone,
		    report->errors - DNS_LOAD_REPORT_MAX);
	if (report->warnings > DNS_LOAD_REPORT_MAX)
		conf_warning(report->report, report->files[0], 0,
		    "zone %s: and %u more warnings", report->zone,
		    report->warnings - DNS_LOAD_REPORT_MAX);
	for (unsigned i = 0; i < report->file_count; i++)
		free(report->files[i]);
	free(report->files);
	report->files = NULL;
	report->file_count = 0;
}
