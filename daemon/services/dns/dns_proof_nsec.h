/*
 * dns_proof_nsec.h — which NSEC proves what (RFC 4034 §4, RFC 4035 §3.1.3).
 * Numbers are those of dns_zone_nsec; the zone's flags say NSEC. Pure; used in
 * workers.
 */
#ifndef NETLAB_SERVICES_DNS_PROOF_NSEC_H
#define NETLAB_SERVICES_DNS_PROOF_NSEC_H

#include "services/dns/dns_zone.h"

/* The NSEC of NODE, or, of an empty non-terminal, the one that covers its
 * name. */
uint32_t dns_proof_nsec_at(
    const struct dns_zone *zone, const struct dns_node *node);

/* The NSEC that covers the names at and below that of LABEL and ENCLOSER: an
 * existing name right below which nothing is called LABEL (in lower case,
 * behind its length). */
uint32_t dns_proof_nsec_cover(const struct dns_zone *zone,
    const struct dns_node *encloser, const uint8_t *label);

#endif
