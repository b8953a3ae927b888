/* dns_load_rules.h — which records a zone may hold beside each other. Loader
 * process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_RULES_H
#define NETLAB_SERVICES_DNS_LOAD_RULES_H

#include "services/dns/dns_load_group.h"
#include "services/dns/dns_load_report.h"
#include "services/dns/dns_zone.h"

/* NAME is the owner's, whole. RECORDS are COUNT of one type and name without
 * duplicates: at most one CNAME, DNAME, SOA. */
void dns_load_rules_rrset(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_record *const *records, size_t count);

/* The TTL that all of RECORDS get: their smallest (RFC 2181 §5.2); warns where
 * they differ. */
uint32_t dns_load_rules_ttl(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_record *const *records, size_t count);

/* A name as it lies in the zone. */
struct dns_load_place {
	const uint8_t *name; /* whole */
	unsigned flags;      /* enum dns_node_flags */
	/* Flags and whole name of the node that occludes it; 0 and NULL. */
	unsigned cut_flags;
	const uint8_t *cut;
};

/* All of a name's records together: nothing beside a CNAME, a SOA only at the
 * apex and there one and NS, nothing below a DNAME. Warns of what can never be
 * answered, and of a SOA whose times make little sense. */
void dns_load_rules_name(struct dns_load_report *report,
    const struct dns_load_place *place, const struct dns_load_group *group);

#endif
