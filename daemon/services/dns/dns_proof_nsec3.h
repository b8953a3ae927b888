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

/*
 * Notes what proves that the walk's name, of which ENCLOSER is the closest
 * encloser, does not exist: all of its closest encloser's proof (§7.2.1) or,
 * FOR a wildcard's data, the next closer name's cover alone (§7.2.6). Returns
 * false as dns_proof.h says.
 */
bool dns_proof_nsec3_missing(
    struct dns_walk *walk, const struct dns_node *encloser, bool is_expanded)
    __attribute__((warn_unused_result));

/* Notes the NSEC3 that covers or matches "*" below the closest encloser that
 * the proof of ENCLOSER names (§7.2.2, §7.2.5). */
void dns_proof_nsec3_wildcard(
    struct dns_walk *walk, const struct dns_node *encloser);

#endif
