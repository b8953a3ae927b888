/* dns_load_hint.h — names that are right by the grammar and most likely not
 * meant so: a final dot forgotten, an address for a name. Loader process only.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_HINT_H
#define NETLAB_SERVICES_DNS_LOAD_HINT_H

#include "services/dns/dns_load_records.h"
#include "services/dns/dns_load_report.h"

/* A record as it was read; all borrowed. */
struct dns_load_written {
	const char *text, *end; /* it is written in here */
	const uint8_t *apex, *origin;
	size_t apex_len, origin_len;
	const uint8_t *owner;
	size_t owner_len;
	const struct dns_load_record *record;
	const uint8_t *rdata;
	bool is_owner_new;   /* not that of the record before it */
	bool has_high_bytes; /* some names may have bytes beyond ASCII */
};

/* Warns where a relative name ends in the zone's name (www.example.org in the
 * zone example.org), and where a name looks like an address. */
void dns_load_hint(
    struct dns_load_report *report, const struct dns_load_written *written);

#endif
