/* dns_load_rules.c — which records a zone may hold. Loader process only. */
#include "services/dns/dns_load_rules.h"

#include "core/bytes.h"

#include <string.h>

enum {
	TYPE_KEY = 25,
	NEGATIVE_MAX = 86400, /* seconds: RFC 2308 §5 */
};

static void
complain(struct dns_load_report *report, const struct dns_load_record *record,
    const uint8_t *name, const char *what)
{
	char text[DNS_NAME_TEXT_MAX];

	dns_load_report_error(report, record->file, record->line, "%s %s",
	    dns_name_format(name, text), what);
}

void
dns_load_rules_rrset(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_record *const *records, size_t count)
{
	if (count < 2)
		return;
	if (records[0]->type == DNS_TYPE_SOA)
		complain(report, records[1], name, "has a second SOA");
	if (records[0]->type == DNS_TYPE_CNAME)
		complain(report, records[1], name, "has a second CNAME");
	if (records[0]->type == DNS_TYPE_DNAME)
		complain(report, records[1], name, "has a second DNAME");
}

uint32_t
dns_load_rules_ttl(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_record *const *records, size_t count)
{
	uint32_t ttl = records[0]->ttl;
	const struct dns_load_record *different = NULL;
	char text[DNS_NAME_TEXT_MAX], type[DNS_LOAD_REPORT_TYPE_MAX];

	for (size_t i = 1; i < count; i++) {
		if (records[i]->ttl != records[0]->ttl && different == NULL)
			different = records[i];
		if (records[i]->ttl < ttl)
			ttl = records[i]->ttl;
	}
	/* Signatures have the TTLs of what they sign (RFC 4034 §3). */
	if (different != NULL && different->type != DNS_TYPE_RRSIG)
		dns_load_report_warning(report, different->file,
		    different->line,
		    "%s %s: the TTLs differ; all get %u, the smallest (RFC "
		    "2181 §5.2)",
		    dns_name_format(name, text),
		    dns_load_report_type(different->type, type), ttl);
	return ttl;
}

/* RFC 2181 §10.1, RFC 4034 §3 and §4, RFC 2535 §2.3.5. */
static bool
may_be_beside_cname(unsigned type)
{
	return type == DNS_TYPE_CNAME || type == DNS_TYPE_RRSIG ||
	       type == DNS_TYPE_NSEC || type == TYPE_KEY;
}

static void
check_cname(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_group *group)
{
	const struct dns_load_record *cname =
	    dns_load_group_find(group, DNS_TYPE_CNAME);

	for (size_t i = 0; cname != NULL && i < group->count; i++) {
		if (may_be_beside_cname(group->records[i]->type))
			continue;
		complain(report, cname, name,
		    "has a CNAME and other data (RFC 1034 §3.6.2)");
		return;
	}
}

/* The addresses that a referral needs, and what signs them. */
static bool
may_be_below_cut(unsigned type)
{
	return type == DNS_TYPE_A || type == DNS_TYPE_AAAA ||
	       type == DNS_TYPE_RRSIG || type == DNS_TYPE_NSEC;
}

static bool
may_be_at_cut(unsigned type)
{
	return type == DNS_TYPE_NS || type == DNS_TYPE_DS ||
	       may_be_below_cut(type);
}

/* RFC 1034 §4.2.1: at and below a delegation the data is another zone's. */
static void
check_occluded(struct dns_load_report *report,
    const struct dns_load_place *place, const struct dns_load_group *group)
{
	bool is_below = place->cut != NULL;
	char name[DNS_NAME_TEXT_MAX], cut[DNS_NAME_TEXT_MAX];

	for (size_t i = 0; i < group->count; i++) {
		unsigned type = group->records[i]->type;

		if (is_below ? may_be_below_cut(type) : may_be_at_cut(type))
			continue;
		dns_load_report_warning(report, group->records[i]->file,
		    group->records[i]->line,
		    "%s has data that is never answered, since %s is delegated "
		    "by its NS",
		    dns_name_format(place->name, name),
		    dns_name_format(is_below ? place->cut : place->name, cut));
		return;
	}
}

static void
warn(struct dns_load_report *report, const struct dns_load_record *record,
    const uint8_t *name, const char *what)
{
	char text[DNS_NAME_TEXT_MAX];

	dns_load_report_warning(report, record->file, record->line, "%s %s",
	    dns_name_format(name, text), what);
}

static void
check_soa(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_record *soa)
{
	const uint8_t *end = dns_load_record_rdata(soa) + soa->length;
	uint32_t refresh = bytes_get32be(end - DNS_SOA_REFRESH);
	uint32_t expire = bytes_get32be(end - DNS_SOA_EXPIRE);
	uint32_t minimum = bytes_get32be(end - DNS_SOA_MINIMUM);

	if (expire < refresh)
		warn(report, soa, name,
		    "has a SOA that expires before it is refreshed (RFC 1912 "
		    "§2.2)");
	if (minimum > NEGATIVE_MAX && soa->ttl > NEGATIVE_MAX)
		warn(report, soa, name,
		    "has a SOA by which resolvers believe for over a day that "
		    "a name does not exist: its last number (RFC 2308 §5)");
}

static void
check_apex(struct dns_load_report *report, const struct dns_load_place *place,
    const struct dns_load_group *group)
{
	const struct dns_load_record *soa =
	    dns_load_group_find(group, DNS_TYPE_SOA);
	const struct dns_load_record *ds =
	    dns_load_group_find(group, DNS_TYPE_DS);

	if (soa != NULL)
		check_soa(report, place->name, soa);
	else if (!report->is_soa_lost)
		dns_load_report_error(report, 0, 0,
		    "has no SOA; a zone begins with it: "
		    "@ SOA ns1 hostmaster 1 2h 30m 2w 10m");
	if (dns_load_group_find(group, DNS_TYPE_NS) == NULL &&
	    !report->is_ns_lost)
		dns_load_report_error(report, 0, 0,
		    "has no NS at its apex, the names of its servers: "
		    "@ NS ns1");
	if (ds != NULL)
		warn(report, ds, place->name,
		    "is the apex: its DS belongs into the parent's zone (RFC "
		    "4035 §2.4)");
}

static void
check_below_apex(struct dns_load_report *report,
    const struct dns_load_place *place, const struct dns_load_group *group)
{
	const struct dns_load_record *soa =
	    dns_load_group_find(group, DNS_TYPE_SOA);
	const struct dns_load_record *ds =
	    dns_load_group_find(group, DNS_TYPE_DS);

	if (soa != NULL)
		complain(
		    report, soa, place->name, "has a SOA but is not the apex");
	if (ds != NULL && place->cut == NULL &&
	    (place->flags & DNS_NODE_DELEGATION) == 0)
		warn(report, ds, place->name,
		    "has a DS but no NS: it is no delegation (RFC 4035 §2.4)");
	if (memcmp(place->name, "\1*", 2) != 0 || place->cut != NULL)
		return;
	if ((place->flags & DNS_NODE_DELEGATION) != 0)
		warn(report, dns_load_group_find(group, DNS_TYPE_NS),
		    place->name,
		    "is a wildcard that delegates, which servers treat in "
		    "different ways (RFC 4592 §4.2)");
	if ((place->flags & DNS_NODE_DNAME) != 0)
		warn(report, dns_load_group_find(group, DNS_TYPE_DNAME),
		    place->name,
		    "is a wildcard with a DNAME, which servers treat in "
		    "different ways (RFC 4592 §4.4)");
}

void
dns_load_rules_name(struct dns_load_report *report,
    const struct dns_load_place *place, const struct dns_load_group *group)
{
	const unsigned cuts = DNS_NODE_DNAME | DNS_NODE_DELEGATION;

	if ((place->flags & DNS_NODE_APEX) != 0)
		check_apex(report, place, group);
	else
		check_below_apex(report, place, group);
	if ((place->flags & DNS_NODE_CNAME) != 0)
		check_cname(report, place->name, group);
	/* RFC 6672 §2.4; below a delegation it is another zone's concern. */
	if ((place->cut_flags & cuts) == DNS_NODE_DNAME)
		complain(report, group->records[0], place->name,
		    "is below a DNAME (RFC 6672 §2.4)");
	else if (((place->flags | place->cut_flags) & DNS_NODE_DELEGATION) != 0)
		check_occluded(report, place, group);
}
