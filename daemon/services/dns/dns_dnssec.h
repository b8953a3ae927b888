/*
 * dns_dnssec.h — RDATA of the types that sign a zone (RFC 4034, RFC 5155). The
 * readers take RDATA for which dns_dnssec_is_valid holds. Pure; any process.
 */
#ifndef NETLAB_SERVICES_DNS_DNSSEC_H
#define NETLAB_SERVICES_DNS_DNSSEC_H

#include "core/bytes.h"
#include "core/span.h"
#include "services/dns/dns_wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Is RDATA made as TYPE says? True for all types but DS, RRSIG, NSEC, DNSKEY,
 * NSEC3, NSEC3PARAM, CDS and CDNSKEY, which are looked at. */
bool dns_dnssec_is_valid(uint16_t type, struct span rdata)
    __attribute__((warn_unused_result));

/* RRSIG (RFC 4034 §3.1). */
enum {
	DNS_DNSSEC_SIGNER = 18, /* offset of the signer's name */
};

static inline uint16_t
dns_dnssec_covered(const uint8_t *rrsig)
{
	return bytes_get16be(rrsig);
}

static inline uint8_t
dns_dnssec_algorithm(const uint8_t *rrsig)
{
	return rrsig[2];
}

/* Labels of the owner, neither the root's nor "*" counted. */
static inline uint8_t
dns_dnssec_labels(const uint8_t *rrsig)
{
	return rrsig[3];
}

/* The first and the last second of its life, as serial numbers (RFC 1982). */
static inline uint32_t
dns_dnssec_expiration(const uint8_t *rrsig)
{
	return bytes_get32be(rrsig + 8);
}

static inline uint32_t
dns_dnssec_inception(const uint8_t *rrsig)
{
	return bytes_get32be(rrsig + 12);
}

static inline uint16_t
dns_dnssec_key_tag(const uint8_t *rrsig)
{
	return bytes_get16be(rrsig + 16);
}

/* The tag of a key (RFC 4034 appendix B), whose RDATA is that of a DNSKEY. */
uint16_t dns_dnssec_tag_of(struct span dnskey);

/* NSEC3 and NSEC3PARAM, which begin alike (RFC 5155 §3.2, §4.2). */
struct dns_dnssec_nsec3 {
	uint8_t algorithm;
	uint8_t flags;
	uint16_t iterations;
	struct span salt;
	struct span next; /* NSEC3's: a hash */
};

struct dns_dnssec_nsec3 dns_dnssec_nsec3(uint16_t type, struct span rdata);

/* The bit map at the end of an NSEC's or NSEC3's RDATA. */
struct span dns_dnssec_types(uint16_t type, struct span rdata);

/* Does a bit map have TYPE? */
bool dns_dnssec_has_type(struct span types, uint16_t type);

/* The types that it has. */
unsigned dns_dnssec_count_types(struct span types);

#endif
