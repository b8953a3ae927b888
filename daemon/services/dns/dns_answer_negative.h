/*
 * dns_answer_negative.h — the end of a walk where there is nothing: no such
 * name, or no such type (RFC 2308). Pure; used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_ANSWER_NEGATIVE_H
#define NETLAB_SERVICES_DNS_ANSWER_NEGATIVE_H

#include "services/dns/dns_walk.h"

/*
 * End the answer of WALK with the zone's SOA in AUTHORITY (RFC 2308 §2.1,
 * §2.2), and what proves it: the walk's name does not exist, or the node of
 * FOUND has no data of the walk's type. Return NXDOMAIN or NODATA, TRUNCATED or
 * SERVFAIL.
 */
enum dns_outcome dns_answer_negative_name(
    struct dns_walk *walk, const struct dns_lookup *found);
enum dns_outcome dns_answer_negative_type(
    struct dns_walk *walk, const struct dns_lookup *found);

#endif
