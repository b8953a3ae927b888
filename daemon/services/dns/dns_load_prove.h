/* dns_load_prove.h — what proves a node in an NSEC3 zone (RFC 5155 §7.2), found
 * by hashing its name and "*" below it. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_PROVE_H
#define NETLAB_SERVICES_DNS_LOAD_PROVE_H

#include "services/dns/dns_load_chain.h"

/*
 * What proves NODE of ZONE, not occluded; PARENT's proof has been made, NULL
 * for the apex. Where an NSEC3 is missing it is told on the line of RECORD. Not
 * for a chain without links.
 */
void dns_load_prove(struct dns_load_chain *chain, const struct dns_zone *zone,
    const struct dns_node *node, const struct dns_node_proof *parent,
    const struct dns_load_record *record, struct dns_node_proof *out);

#endif
