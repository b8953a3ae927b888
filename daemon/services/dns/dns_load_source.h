/* dns_load_source.h — a master file that is being read: what is known of it,
 * and where in it the scanner is. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_SOURCE_H
#define NETLAB_SERVICES_DNS_LOAD_SOURCE_H

#include "services/dns/dns_load_file.h"
#include "services/dns/dns_load_records.h"
#include "services/dns/dns_load_report.h"

struct zs_scanner;

/* One zone being read; all borrowed. */
struct dns_load_reader {
	struct dns_load_records *records;
	struct dns_load_report *report;
	uint64_t *content;
	bool is_full; /* no space for more records: told, and reading ends */
	bool is_ttl_told;
	bool has_high_bytes; /* a file has bytes beyond ASCII */
	bool has_escapes;    /* a file has backslashes */
};

/* One file of it. */
struct dns_load_source {
	struct dns_load_reader *reader;
	const struct dns_load_source *parent; /* that includes it, or NULL */
	const char *path;
	unsigned number; /* in the report */
	unsigned depth;
	struct dns_load_file file;
	struct zs_scanner *scanner;
	int start_state;
	uint8_t origin[DNS_NAME_MAX]; /* as it was set */
	size_t origin_len;
	/* The line that all records come from, while $GENERATE makes them; 0:
	 * they come from the file's own lines. */
	unsigned generate_line;
	unsigned open_line; /* of a parenthesis that is open now; 0: none */
	bool is_origin_new; /* no record since it changed */
	bool is_owner_lost; /* the last one could not be read */
	bool has_ttl;       /* some record has had one */
	uint32_t last_ttl;
	/* What the scanner is reading now: the text behind the record before,
	 * and the line that it begins in. */
	const char *text, *end;
	uint64_t line;
};

/* The line that the byte at AT, in what the scanner is reading now, is told
 * with. */
unsigned dns_load_source_line(
    const struct dns_load_source *source, const char *at);

/* The line in which the scanner's record begins: it counts where that ends. */
unsigned dns_load_source_record_line(const struct dns_load_source *source);

/* The end of the text that the scanner's record was read from. */
const char *dns_load_source_end(const struct dns_load_source *source);

#endif
