/* dns_load_made.c — SOA and NS for a zone without a file. Loader process only.
 */
#include "services/dns/dns_load_made.h"

#include "core/bytes.h"

#include <string.h>

static const uint8_t server[] = "\2ns\7invalid";
static const uint8_t mailbox[] = "\6nobody\7invalid";

static void
add(struct dns_load_records *records, struct dns_load_report *report,
    unsigned type, const uint8_t *rdata, size_t len)
{
	const struct dns_load_record record = {
	    .type = (uint16_t)type,
	    .length = (uint16_t)len,
	    .ttl = DNS_LOAD_MADE_TTL,
	    .line = report->conf_line,
	    .file = DNS_LOAD_REPORT_CONF,
	};

	if (dns_load_records_add(records, records->apex, records->apex_len,
	        &record, rdata) != DNS_LOAD_ADDED)
		dns_load_report_error(report, DNS_LOAD_REPORT_CONF, 0,
		    "no memory for more records");
}

void
dns_load_made_add_apex(struct dns_load_records *records,
    struct dns_load_report *report, uint32_t serial)
{
	uint8_t soa[sizeof(server) + sizeof(mailbox) + DNS_SOA_SERIAL];
	uint8_t *end = soa + sizeof(soa);

	memcpy(soa, server, sizeof(server));
	memcpy(soa + sizeof(server), mailbox, sizeof(mailbox));
	bytes_put32be(end - DNS_SOA_SERIAL, serial);
	bytes_put32be(end - DNS_SOA_REFRESH, DNS_LOAD_MADE_REFRESH);
	bytes_put32be(end - DNS_SOA_RETRY, DNS_LOAD_MADE_RETRY);
	bytes_put32be(end - DNS_SOA_EXPIRE, DNS_LOAD_MADE_EXPIRE);
	bytes_put32be(end - DNS_SOA_MINIMUM, DNS_LOAD_MADE_MINIMUM);
	add(records, report, DNS_TYPE_SOA, soa, sizeof(soa));
	add(records, report, DNS_TYPE_NS, server, sizeof(server));
}

/* The offset of the apex's first record of TYPE, or 0, where none lies. */
static size_t
find(const struct dns_load_records *records, uint16_t type)
{
	for (size_t i = 0; i < records->owner_count; i++) {
		const struct dns_load_owner *owner = &records->owners[i];

		if (dns_load_records_name(records, owner)->labels > 0)
			continue;
		size_t at = dns_load_records_find(records, owner, type);

		if (at != 0)
			return at;
	}
	return 0;
}

const struct dns_load_record *
dns_load_made_soa(const struct dns_load_records *records)
{
	size_t at = find(records, DNS_TYPE_SOA);

	return at == 0 ? NULL : dns_load_records_at(records, at);
}

bool
dns_load_made_is_signed(const struct dns_load_records *records)
{
	return find(records, DNS_TYPE_RRSIG) != 0;
}

uint32_t
dns_load_made_serial(const struct dns_load_record *soa)
{
	return bytes_get32be(
	    dns_load_record_rdata(soa) + soa->length - DNS_SOA_SERIAL);
}

void
dns_load_made_set_serial(struct dns_load_records *records, uint32_t serial)
{
	size_t at = find(records, DNS_TYPE_SOA);

	if (at == 0)
		return;
	size_t end = at + sizeof(struct dns_load_record) +
	             dns_load_records_at(records, at)->length;

	bytes_put32be(records->bytes + end - DNS_SOA_SERIAL, serial);
}
