/*
 * dns_lookup.h — where a name leads in a zone: the algorithm of RFC 1034
 * §4.3.2, with wildcards as in RFC 4592 and DNAME as in RFC 6672. Pure; used in
 * workers.
 */
#ifndef NETLAB_SERVICES_DNS_LOOKUP_H
#define NETLAB_SERVICES_DNS_LOOKUP_H

#include "services/dns/dns_zone.h"

enum dns_lookup_kind {
	DNS_LOOKUP_DATA,     /* the node's own RRsets answer, if it has any */
	DNS_LOOKUP_REFERRAL, /* at or below a delegation: the node */
	DNS_LOOKUP_DNAME,    /* below a DNAME: the node */
	DNS_LOOKUP_NXDOMAIN, /* the name does not exist; no node */
};

struct dns_lookup {
	enum dns_lookup_kind kind;
	bool is_wildcard; /* DATA is synthesised (RFC 4592 §3.3.3) */
	const struct dns_node *node; /* in the zone's block */
	/* Bytes of the name that lie in front of the node's own name. Where
	 * IS_WILDCARD, as if the node's "*" took the place of what lies right
	 * in front of its parent's name. */
	size_t skip;
	/* The nearest ancestor that exists of a name that does not: where
	 * NXDOMAIN or IS_WILDCARD. */
	const struct dns_node *encloser;
};

/*
 * Looks NAME up, LEN bytes in lower case, at or below the apex of ZONE, which
 * has not FAILED. QTYPE matters for DS alone: a delegation answers it with its
 * own data (RFC 4035 §3.1.4.1).
 */
struct dns_lookup dns_lookup(const struct dns_zone *zone, const uint8_t *name,
    size_t len, uint16_t qtype);

#endif
