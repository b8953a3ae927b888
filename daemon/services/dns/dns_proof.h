/*
 * dns_proof.h — what a signed zone proves beside its data: NSEC (RFC 4035
 * §3.1.3) or NSEC3 records (RFC 5155 §7.2) with their signatures, in AUTHORITY.
 *
 * A walk notes what it has to prove, wherever that turns up, and appends all of
 * it at its end, since sections are filled in their order. Nothing is noted
 * unless the client wants proofs and the zone has them. Pure; used in workers.
 */
#ifndef NETLAB_SERVICES_DNS_PROOF_H
#define NETLAB_SERVICES_DNS_PROOF_H

#include "services/dns/dns_walk.h"

/*
 * The notes to make. Each returns false when there can be no proof: an unknown
 * name's hash is that of a known one (RFC 5155 §7.2.9), or libcrypto failed.
 * The answer is SERVFAIL then.
 */

/* FOUND is NXDOMAIN: neither the walk's name exists nor a wildcard for it. */
bool dns_proof_nxdomain(struct dns_walk *walk, const struct dns_lookup *found)
    __attribute__((warn_unused_result));

/* The node of FOUND, a wildcard's too, lacks the walk's type; or, for a
 * referral, DS (RFC 4035 §3.1.4). */
bool dns_proof_nodata(struct dns_walk *walk, const struct dns_lookup *found)
    __attribute__((warn_unused_result));

/* FOUND may be a wildcard's data: then the walk's own name does not exist. */
bool dns_proof_expansion(struct dns_walk *walk, const struct dns_lookup *found)
    __attribute__((warn_unused_result));

/* Appends what has been noted. false: it did not fit, and the reply is to say
 * TC (RFC 4035 §3.1.1). */
bool dns_proof_append(const struct dns_walk *walk)
    __attribute__((warn_unused_result));

#endif
