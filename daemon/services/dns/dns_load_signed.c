/* dns_load_signed.c — is a signed zone signed as it should be? Loader process
 * only. */
#include "services/dns/dns_load_signed.h"

#include "services/dns/dns_dnssec.h"

#include <time.h>

/* Why a signature does not hold. */
enum fault {
	FAULT_NONE,
	FAULT_EXPIRED,
	FAULT_EARLY,
	FAULT_LABELS,
	FAULT_SIGNER,
	FAULT_KEY,
};

static const char *const faults[] = {
    [FAULT_NONE] = "",
    [FAULT_EXPIRED] = "has expired",
    [FAULT_EARLY] = "is not valid yet",
    [FAULT_LABELS] = "was made for a name of another length",
    [FAULT_SIGNER] = "was not made by the zone, as its signer's name says",
    [FAULT_KEY] = "was made by a key that is not in the zone's DNSKEY",
};

/* ------------------------------------------------------------ the apex */

static struct span
rdata_of(const struct dns_load_record *record)
{
	return (struct span){dns_load_record_rdata(record), record->length};
}

static void
take_keys(struct dns_load_signed *zone, const struct dns_load_group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct dns_load_record *record = group->records[i];
		unsigned key = zone->key_count;

		if (record->type != DNS_TYPE_DNSKEY)
			continue;
		if (key == DNS_LOAD_SIGNED_KEYS_MAX) {
			zone->key_count = 0;
			return;
		}
		zone->keys[key].tag = dns_dnssec_tag_of(rdata_of(record));
		zone->keys[key].algorithm = dns_load_record_rdata(record)[3];
		zone->key_count++;
	}
}

static bool
has_signature(const struct dns_load_group *group, uint16_t type)
{
	for (size_t i = 0; i < group->count; i++)
		if (group->records[i]->type == DNS_TYPE_RRSIG &&
		    dns_dnssec_covered(
		        dns_load_record_rdata(group->records[i])) == type)
			return true;
	return false;
}

void
dns_load_signed_open(struct dns_load_signed *zone,
    struct dns_load_report *report, const uint8_t *apex,
    const struct dns_load_group *group, bool is_hashed)
{
	const struct dns_load_record *soa =
	    dns_load_group_find(group, DNS_TYPE_SOA);
	const struct dns_load_record *key =
	    dns_load_group_find(group, DNS_TYPE_DNSKEY);

	*zone = (struct dns_load_signed){.report = report, .apex = apex};
	if (soa == NULL)
		return;
	zone->now = (int64_t)time(NULL);
	zone->is_signed = has_signature(group, DNS_TYPE_SOA);
	zone->has_nsec = zone->is_signed && !is_hashed &&
	                 dns_load_group_find(group, DNS_TYPE_NSEC) != NULL;
	take_keys(zone, group);
	if (!zone->is_signed && key != NULL)
		dns_load_report_warning(report, key->file, key->line,
		    "a DNSKEY, but the SOA has no RRSIG: the zone is served "
		    "as one that is not signed");
	if (zone->is_signed && key == NULL)
		dns_load_report_warning(report, soa->file, soa->line,
		    "the zone is signed, but has no DNSKEY");
	if (zone->is_signed && !zone->has_nsec && !is_hashed)
		dns_load_report_warning(report, soa->file, soa->line,
		    "the zone is signed, but its apex has neither NSEC nor "
		    "the NSEC3PARAM of a chain: nothing proves what does not "
		    "exist");
}

/* ---------------------------------------------------------- signatures */

static bool
is_known(const struct dns_load_signed *zone, const uint8_t *rrsig)
{
	for (unsigned i = 0; i < zone->key_count; i++)
		if (zone->keys[i].tag == dns_dnssec_key_tag(rrsig) &&
		    zone->keys[i].algorithm == dns_dnssec_algorithm(rrsig))
			return true;
	return zone->key_count == 0;
}

/* Seconds from now to TIME, which is a serial number (RFC 4034 §3.1.5). */
static int32_t
from_now(const struct dns_load_signed *zone, uint32_t time)
{
	return (int32_t)(time - (uint32_t)zone->now);
}

static enum fault
fault_of(
    const struct dns_load_signed *zone, const uint8_t *rrsig, unsigned labels)
{
	const uint8_t *signer = rrsig + DNS_DNSSEC_SIGNER;
	size_t len = dns_name_length(signer);

	if (dns_dnssec_labels(rrsig) != labels)
		return FAULT_LABELS;
	if (len != dns_name_length(zone->apex) ||
	    !dns_name_is_equal(signer, zone->apex, len))
		return FAULT_SIGNER;
	if (!is_known(zone, rrsig))
		return FAULT_KEY;
	if (from_now(zone, dns_dnssec_expiration(rrsig)) < 0)
		return FAULT_EXPIRED;
	if (from_now(zone, dns_dnssec_inception(rrsig)) > 0)
		return FAULT_EARLY;
	return FAULT_NONE;
}

/* Times pass for all of a zone at once: one line tells it, with the sum at the
 * end. */
static bool
is_told(struct dns_load_signed *zone, enum fault fault)
{
	if (fault == FAULT_EXPIRED)
		return zone->expired++ > 0;
	if (fault == FAULT_EARLY)
		return zone->early++ > 0;
	return false;
}

static void
tell_unsigned(const struct dns_load_signed *zone, const uint8_t *name,
    const struct dns_load_record *data)
{
	char text[DNS_NAME_TEXT_MAX], type[DNS_LOAD_REPORT_TYPE_MAX];

	dns_load_report_warning(zone->report, data->file, data->line,
	    "%s has no RRSIG for its %s", dns_name_format(name, text),
	    dns_load_report_type(data->type, type));
}

static void
tell_fault(const struct dns_load_signed *zone, const uint8_t *name,
    const struct dns_load_record *rrsig, enum fault fault)
{
	uint16_t covered = dns_dnssec_covered(dns_load_record_rdata(rrsig));
	char text[DNS_NAME_TEXT_MAX], type[DNS_LOAD_REPORT_TYPE_MAX];

	dns_load_report_warning(zone->report, rrsig->file, rrsig->line,
	    "%s: the RRSIG for its %s %s", dns_name_format(name, text),
	    dns_load_report_type(covered, type), faults[fault]);
}

void
dns_load_signed_rrset(struct dns_load_signed *zone, const uint8_t *name,
    const struct dns_load_record *data,
    const struct dns_load_record *const *signatures, size_t count)
{
	unsigned labels = dns_name_labels(name);
	enum fault fault = FAULT_NONE;

	if (!zone->is_signed)
		return;
	if (count == 0) {
		tell_unsigned(zone, name, data);
		return;
	}
	if (name[0] == 1 && name[1] == '*')
		labels--;
	for (size_t i = count; i > 0; i--) {
		fault = fault_of(
		    zone, dns_load_record_rdata(signatures[i - 1]), labels);
		if (fault == FAULT_NONE)
			return;
	}
	if (!is_told(zone, fault))
		tell_fault(zone, name, signatures[0], fault);
}

/* ---------------------------------------------------------- the chain */

static void
check_next(const struct dns_load_signed *zone, const uint8_t *name)
{
	const uint8_t *next = dns_load_record_rdata(zone->nsec);
	size_t len = dns_name_length(next);

	if (len == dns_name_length(name) && dns_name_is_equal(next, name, len))
		return;
	char said[DNS_NAME_TEXT_MAX], is[DNS_NAME_TEXT_MAX];

	dns_load_report_warning(zone->report, zone->nsec->file,
	    zone->nsec->line,
	    "%s is the next name as this NSEC says, but that is %s",
	    dns_name_format(next, said), dns_name_format(name, is));
}

static void
tell_no_nsec(const struct dns_load_signed *zone, const uint8_t *name,
    const struct dns_load_record *record)
{
	char text[DNS_NAME_TEXT_MAX];

	dns_load_report_warning(zone->report, record->file, record->line,
	    "%s has no NSEC", dns_name_format(name, text));
}

void
dns_load_signed_name(struct dns_load_signed *zone, const uint8_t *name,
    const struct dns_load_group *group, unsigned flags)
{
	if (!zone->has_nsec || (flags & DNS_NODE_OCCLUDED) != 0)
		return;
	const struct dns_load_record *nsec =
	    dns_load_group_find(group, DNS_TYPE_NSEC);

	if (nsec == NULL) {
		tell_no_nsec(zone, name, group->records[0]);
		return;
	}
	if (zone->nsec != NULL)
		check_next(zone, name);
	zone->nsec = nsec;
}

void
dns_load_signed_close(struct dns_load_signed *zone)
{
	if (zone->nsec != NULL)
		check_next(zone, zone->apex);
	if (zone->expired > 1)
		dns_load_report_warning(zone->report, 0, 0,
		    "the signatures of %u RRsets have expired", zone->expired);
	if (zone->early > 1)
		dns_load_report_warning(zone->report, 0, 0,
		    "the signatures of %u RRsets are not valid yet",
		    zone->early);
}
