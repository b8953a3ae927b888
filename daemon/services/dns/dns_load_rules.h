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

/* All of a name's records together: nothing beside a CNAME, a SOA only at the
 * apex and there one and NS, nothing below a DNAME. FLAGS: enum
 * dns_node_flags. CUT: flags of the node that occludes it, or 0. */
void dns_load_rules_name(struct dns_load_report *report, const uint8_t *name,
    const struct dns_load_group *group, unsigned flags, unsigned cut);

#endif
