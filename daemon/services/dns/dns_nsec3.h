/* dns_nsec3.h — hashed names, and where they lie in a zone's NSEC3 chain (RFC
 * 5155). Pure; loader and workers. */
#ifndef NETLAB_SERVICES_DNS_NSEC3_H
#define NETLAB_SERVICES_DNS_NSEC3_H

#include "core/digest.h"
#include "services/dns/dns_zone.h"

enum {
	DNS_NSEC3_SHA1 = 1,    /* the one algorithm (§11) */
	DNS_NSEC3_LABEL = 32,  /* characters of a hash */
	DNS_NSEC3_OPT_OUT = 1, /* a flag of NSEC3 (§3.1.2.1) */
	/* §10.3: with more, nobody validates, and each answer would cost as
	 * many hashes. */
	DNS_NSEC3_ITERATIONS_MAX = 2500,
};

/* The hash (§5) of NAME, LEN bytes of a whole name in lower case, made
 * 1 + ITERATIONS times with SALT. false: libcrypto failed. */
bool dns_nsec3_hash(struct digest *digest, const uint8_t *name, size_t len,
    unsigned iterations, struct span salt, uint8_t out[DNS_NSEC3_HASH_SIZE])
    __attribute__((warn_unused_result));

/*
 * The number of the link of CHAIN, COUNT of them and one at least, ascending by
 * hash, that matches HASH (*IS_MATCH) or covers it: the one in front of it,
 * which for hashes before the first is the last.
 */
uint32_t dns_nsec3_find(const struct dns_nsec3 *chain, uint32_t count,
    const uint8_t hash[DNS_NSEC3_HASH_SIZE], bool *is_match);

#endif
