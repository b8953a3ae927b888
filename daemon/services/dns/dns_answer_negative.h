/*
 * dns_answer_negative.h — the end of a walk where there is nothing: no such
 * name, or no such type (RFC 2308). Pure; used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_ANSWER_NEGATIVE_H
#define NETLAB_SERVICES_DNS_ANSWER_NEGATIVE_H

#include "services/dns/dns_walk.h"

/*
 * Ends the answer of WALK with the zone's SOA in AUTHORITY (RFC 2308 §2.1,
 * §2.2). OUTCOME is NXDOMAIN, which sets the RCODE too, or NODATA. Returns it,
 * or TRUNCATED.
 */
enum dns_outcome dns_answer_negative(
    struct dns_walk *walk, enum dns_outcome outcome);

#endif
