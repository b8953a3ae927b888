/* dns_load_scan.h — a master file's text → records, with libzscanner; all but
 * the directives that dns_load_directive takes. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_SCAN_H
#define NETLAB_SERVICES_DNS_LOAD_SCAN_H

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

/*
 * Makes SOURCE's scanner, with what an included file takes over: $TTL and the
 * last owner; ORIGIN is given. Nothing of it goes back (RFC 1035 §5.1). false:
 * no memory.
 */
bool dns_load_scan_open(struct dns_load_source *source, const uint8_t *origin,
    size_t origin_len) __attribute__((warn_unused_result));
void dns_load_scan_close(struct dns_load_source *source);

/* Changes the origin; ORIGIN is copied. */
void dns_load_scan_set_origin(
    struct dns_load_source *source, const uint8_t *origin, size_t origin_len);

/* The origin as it is; valid until it changes. */
const uint8_t *dns_load_scan_origin(
    const struct dns_load_source *source, size_t *len);

/* Reads the records of TEXT, LEN bytes, whose first line is LINE. Behind what
 * it cannot read, which is told, it goes on. */
void dns_load_scan_text(struct dns_load_source *source, const char *text,
    size_t len, uint64_t line);

#endif
