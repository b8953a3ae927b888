/*
 * dns_load_report.h — what is wrong with one zone, told with file and line.
 * Loader process only.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_REPORT_H
#define NETLAB_SERVICES_DNS_LOAD_REPORT_H

#include "core/conf.h"
#include "services/dns/dns_name.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	/* Lines told for one zone of each kind, that is, with the same FORMAT;
	 * the rest is counted. */
	DNS_LOAD_REPORT_MAX = 20,
	DNS_LOAD_REPORT_KINDS = 64,
	DNS_LOAD_REPORT_NAMES = 64,
	/* Files that one zone is read from, the same file several times
	 * counted each time. */
	DNS_LOAD_FILES_MAX = 4096,
	/* In the place of a file's number: the configuration. */
	DNS_LOAD_REPORT_CONF = 0xffff,
};

/* What has been told with one FORMAT, a literal. */
struct dns_load_report_kind {
	const char *format;
	unsigned count;
};

struct dns_load_report {
	struct report *report; /* borrowed */
	const char *zone;      /* its name as the configuration spells it */
	const char *conf;      /* that file, for what it adds to the zone, and
	                          for a zone without files; borrowed */
	unsigned conf_line;    /* where it names the zone */
	char **files;          /* paths, by number; owned */
	unsigned file_count;
	unsigned errors, warnings; /* told or not */
	unsigned errors_untold, warnings_untold;
	struct dns_load_report_kind kinds[DNS_LOAD_REPORT_KINDS];
	/* Names that have been told, by hash. */
	uint64_t names[DNS_LOAD_REPORT_NAMES];
	unsigned name_count;
	/* Records could not be read, SOA or NS among them: that these are
	 * missing then need not be told. */
	bool is_incomplete, is_soa_lost, is_ns_lost;
};

/* The number of a new file; PATH is copied. -1: too many, or no memory. */
int dns_load_report_add_file(struct dns_load_report *report, const char *path);

/* One mistake, which makes the zone FAIL, on LINE of file number FILE; LINE 0:
 * of the file as a whole. */
void dns_load_report_error(struct dns_load_report *report, unsigned file,
    unsigned line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void dns_load_report_warning(struct dns_load_report *report, unsigned file,
    unsigned line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* TYPE by its mnemonic, or as TYPE123, as text; returns TEXT. */
enum { DNS_LOAD_REPORT_TYPE_MAX = 16 };
const char *dns_load_report_type(
    uint16_t type, char text[DNS_LOAD_REPORT_TYPE_MAX]);

/* Is NAME, a whole name of LEN bytes, told for the first time? It counts as
 * told then: of one name one thing is said. */
bool dns_load_report_is_first(
    struct dns_load_report *report, const uint8_t *name, size_t len);

/* Says how many were left out, and frees the paths. */
void dns_load_report_close(struct dns_load_report *report);

#endif
