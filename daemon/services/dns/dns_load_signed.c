/* dns_load_signed.c — is a signed zone signed as it should be? Loader process
 * only. */
#include "services/dns/dns_load_signed.h"

#include "services/dns/dns_dnssec.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
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

static void warn(const struct dns_load_signed *zone,
    const struct dns_load_record *record, const uint8_t *name,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

static void
warn(const struct dns_load_signed *zone, const struct dns_load_record *record,
    const uint8_t *name, const char *format, ...)
{
	char owner[DNS_NAME_TEXT_MAX], text[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	dns_load_report_warning(zone->report, record->file, record->line,
	    "%s %s", dns_name_format(name, owner), text);
}

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
		warn(zone, key, apex,
		    "has a DNSKEY, but its SOA has no RRSIG: the zone is "
		    "served as one that is not signed");
	if (zone->is_signed && key == NULL)
		warn(zone, soa, apex, "is signed, but has no DNSKEY");
	if (zone->is_signed && !zone->has_nsec && !is_hashed)
		warn(zone, soa, apex,
		    "is signed, but has neither NSEC nor a chain of NSEC3: "
		    "nothing proves that something does not exist");
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
		warn(zone, data, name, "has no RRSIG for its TYPE%u",
		    data->type);
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
		warn(zone, signatures[0], name, "the RRSIG for its TYPE%u %s",
		    data->type, faults[fault]);
}

/* ---------------------------------------------------------- the chain */

static void
check_next(const struct dns_load_signed *zone, const uint8_t *name)
{
	const uint8_t *next = dns_load_record_rdata(zone->nsec);
	size_t len = dns_name_length(next);
	char text[DNS_NAME_TEXT_MAX];

	if (len == dns_name_length(name) && dns_name_is_equal(next, name, len))
		return;
	warn(zone, zone->nsec, next,
	    "is the next name as this NSEC says, but that is %.200s",
	    dns_name_format(name, text));
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
		warn(zone, group->records[0], name, "has no NSEC");
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
