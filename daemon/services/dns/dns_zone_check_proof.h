/* dns_zone_check_proof.h — are the proofs of a block what dns_zone.h says?
 * Pure. */
#ifndef NETLAB_SERVICES_DNS_ZONE_CHECK_PROOF_H
#define NETLAB_SERVICES_DNS_ZONE_CHECK_PROOF_H

#include "services/dns/dns_zone.h"

/* What is wrong with NSEC, NSEC3 and the proofs of nodes; NULL: nothing. Nodes
 * have been checked. */
const char *dns_zone_check_proof(const struct dns_zone *zone)
    __attribute__((warn_unused_result));

#endif
