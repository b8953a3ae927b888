/* dns_load_made.h — what makes a zone of records that no file has: a SOA and an
 * NS, and a serial that tells of changes. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_MADE_H
#define NETLAB_SERVICES_DNS_LOAD_MADE_H

#include "services/dns/dns_load_records.h"
#include "services/dns/dns_load_report.h"

enum {
	/* Seconds; a secondary, should there be one, looks as often as where
	 * nothing is changed by hand. */
	DNS_LOAD_MADE_TTL = 3600,
	DNS_LOAD_MADE_REFRESH = 3600,
	DNS_LOAD_MADE_RETRY = 600,
	DNS_LOAD_MADE_EXPIRE = 1209600,
	/* How long "there is no such name" is kept (RFC 2308). */
	DNS_LOAD_MADE_MINIMUM = 300,
};

/* A greater than B, as serials go (RFC 1982 §3.2)? */
static inline bool
dns_load_made_is_greater(uint32_t a, uint32_t b)
{
	return a != b && a - b < UINT32_C(0x80000000);
}

/* Adds SOA and NS at the apex. Both name servers that cannot exist (RFC 2606
 * §2): who wants others writes a file. */
void dns_load_made_add_apex(struct dns_load_records *records,
    struct dns_load_report *report, uint32_t serial);

/* The first SOA of the apex, or NULL; and the serial of one. */
const struct dns_load_record *dns_load_made_soa(
    const struct dns_load_records *records);
uint32_t dns_load_made_serial(const struct dns_load_record *soa);

/* Has the apex a signature? */
bool dns_load_made_is_signed(const struct dns_load_records *records);

/* Sets the serial of the apex's SOA, if there is one. */
void dns_load_made_set_serial(
    struct dns_load_records *records, uint32_t serial);

#endif
