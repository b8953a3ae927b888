/* dns_load_text.h — master files (RFC 1035 §5) → records, with libzscanner.
 * Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_TEXT_H
#define NETLAB_SERVICES_DNS_LOAD_TEXT_H

#include "services/dns/dns_load_records.h"
#include "services/dns/dns_load_report.h"

enum {
	/* Files that include each other, one within the other. */
	DNS_LOAD_TEXT_DEPTH_MAX = 16,
	/* Seconds, for a record without one where no $TTL came before. */
	DNS_LOAD_TEXT_TTL = 3600,
};

/*
 * Reads PATH and what it includes into RECORDS (open, for the zone's apex).
 * What is wrong is told to REPORT, all of it; its files become those that were
 * read, in that order, and what they held is added to CONTENT.
 */
void dns_load_text_read(const char *path, struct dns_load_records *records,
    struct dns_load_report *report, uint64_t content[2]);

#endif
