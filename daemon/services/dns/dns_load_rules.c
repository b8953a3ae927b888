/* dns_load_rules.c — which records a zone may hold. Loader process only. */
#include "services/dns/dns_load_rules.h"

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

enum {
	TYPE_KEY = 25,
	TYPE_RRSIG = 46,
	TYPE_NSEC = 47,
};

uint32_t
dns_load_rules_ttl(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_record *const *records, size_t count)
{
	uint32_t ttl = records[0]->ttl;
	const struct dns_load_record *different = NULL;
	char text[DNS_NAME_TEXT_MAX];

	for (size_t i = 1; i < count; i++) {
		if (records[i]->ttl != records[0]->ttl && different == NULL)
			different = records[i];
		if (records[i]->ttl < ttl)
			ttl = records[i]->ttl;
	}
	/* Signatures have the TTLs of what they sign (RFC 4034 §3). */
	if (different != NULL && different->type != TYPE_RRSIG)
		dns_load_report_warning(report, different->file,
		    different->line,
		    "%s has records of one type with different TTLs; all get "
		    "%u, the smallest (RFC 2181 §5.2)",
		    dns_name_format(name, text), ttl);
	return ttl;
}

static const struct dns_load_record *
find(const struct dns_load_group *group, unsigned type)
{
	for (size_t i = 0; i < group->count; i++)
		if (group->records[i]->type == type)
			return group->records[i];
	return NULL;
}

/* RFC 2181 §10.1, RFC 4034 §3 and §4, RFC 2535 §2.3.5. */
static bool
may_be_beside_cname(unsigned type)
{
	return type == DNS_TYPE_CNAME || type == TYPE_RRSIG ||
	       type == TYPE_NSEC || type == TYPE_KEY;
}

static void
check_cname(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_group *group)
{
	const struct dns_load_record *cname = find(group, DNS_TYPE_CNAME);

	for (size_t i = 0; cname != NULL && i < group->count; i++) {
		if (may_be_beside_cname(group->records[i]->type))
			continue;
		complain(report, cname, name,
		    "has a CNAME and other data (RFC 1034 §3.6.2)");
		return;
	}
}

void
dns_load_rules_name(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_group *group, unsigned flags, unsigned cut)
{
	const struct dns_load_record *soa = find(group, DNS_TYPE_SOA);

	if ((flags & DNS_NODE_CNAME) != 0)
		check_cname(report, name, group);
	if ((flags & DNS_NODE_APEX) != 0 && soa == NULL)
		dns_load_report_error(report, 0, 0, "has no SOA");
	if ((flags & DNS_NODE_APEX) != 0 && find(group, DNS_TYPE_NS) == NULL)
		dns_load_report_error(report, 0, 0, "has no NS at its apex");
	if ((flags & DNS_NODE_APEX) == 0 && soa != NULL)
		complain(report, soa, name, "has a SOA but is not the apex");
	/* RFC 6672 §2.4; below a delegation it is another zone's concern. */
	if ((cut & (DNS_NODE_DNAME | DNS_NODE_DELEGATION)) == DNS_NODE_DNAME)
		complain(report, group->records[0], name, "is below a DNAME");
}
