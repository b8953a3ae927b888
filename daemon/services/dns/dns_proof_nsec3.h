/*
 * dns_proof_nsec3.h — which NSEC3 proves what (RFC 5155 §7.2). Numbers are
 * those of dns_zone_nsec3; the zone's flags say NSEC3. Pure; used in workers.
 *
 * What proves a node was found by the loader: names are hashed here only where
 * they do not exist.
 */
#ifndef NETLAB_SERVICES_DNS_PROOF_NSEC3_H
#define NETLAB_SERVICES_DNS_PROOF_NSEC3_H

#include "services/dns/dns_walk.h"

/* Notes for WALK what proves that NODE lacks a type: the NSEC3 that matches its
 * name (§7.2.3), or, where opt-out left it without one, those of its closest
 * provable encloser (§7.2.4). */
void dns_proof_nsec3_node(struct dns_walk *walk, const struct dns_node *node);

/* Notes what proves that the walk's name does not exist and what "*" has or has
 * not below ENCLOSER, its closest encloser (§7.2.2, §7.2.5). Returns false as
 * dns_proof.h says. */
bool dns_proof_nsec3_missing(struct dns_walk *walk,
    const struct dns_node *encloser) __attribute__((warn_unused_result));

/* Notes what proves that no name is closer than the wildcard below ENCLOSER
 * whose data answers (§7.2.6): it proves the encloser, too. Returns false as
 * dns_proof.h says. */
bool dns_proof_nsec3_expansion(struct dns_walk *walk,
    const struct dns_node *encloser) __attribute__((warn_unused_result));

#endif
