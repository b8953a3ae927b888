/*
 * dns_rrset.h — puts a rendered RRset into a message. Pure.
 *
 * Stored wire forms are right as they are when the question's name is the
 * owner's (it lies at offset 12, the answer right behind the question): one
 * memcpy. dns_rrset_place serves every other place: SOA in a negative answer,
 * NS of a referral, addresses, links of a CNAME chain, wildcards.
 */
#ifndef NETLAB_SERVICES_DNS_RRSET_H
#define NETLAB_SERVICES_DNS_RRSET_H

#include "services/dns/dns_zone.h"

/*
 * Where the owner's name lies in the message, in offsets from its start; all
 * below 16384. The first HEAD_LEN bytes of the name lie at HEAD, the rest at
 * TAIL:
 *	contiguous at P             {.owner = P, .tail = P}
 *	labels at T, pointer to Q   {.owner = T, .head = T, .head_len = bytes
 *	                             of the labels, .tail = Q}
 *	wildcard, QNAME at 12       {.owner = 12, .tail = 12 + length of qname
 *	                             - length of the wildcard's own name}
 * A tail may begin before the message where no fix reaches that far (the
 * wildcard's "*"): it is signed.
 */
struct dns_owner {
	uint16_t owner; /* what each RR's own pointer points to */
	uint16_t head, head_len;
	int32_t tail;
};

/*
 * Copies RRSET's wire form, with its signatures where WITH_SIGNATURES, to
 * MESSAGE + AT and points its pointers to OWNER. Returns the bytes written: the
 * caller has checked that there is room (dns_rrset_size) and that AT ≤
 * DNS_FIX_SELF_MAX where RRSET has fixes.
 */
size_t dns_rrset_place(const struct dns_zone *zone,
    const struct dns_rrset *rrset, bool with_signatures, uint8_t *message,
    size_t at, const struct dns_owner *owner);

/*
 * The same for the signatures alone. Returns the bytes written: sig_len.
 */
size_t dns_rrset_place_signatures(const struct dns_zone *zone,
    const struct dns_rrset *rrset, uint8_t *message, size_t at,
    const struct dns_owner *owner);

/* A name that is written where it is first needed: LEN bytes of LABELS, and a
 * pointer to the rest, which lies at TAIL in the message. */
struct dns_spelled_owner {
	const uint8_t *labels;
	size_t len; /* 0: all of it lies at TAIL */
	uint16_t tail;
};

/*
 * Copies RRSET with its signatures to MESSAGE + AT, OWNER's name before it.
 * RRSET has no fixes. Returns the bytes written, dns_rrset_spelled_size of
 * them.
 */
size_t dns_rrset_place_spelled(const struct dns_zone *zone,
    const struct dns_rrset *rrset, uint8_t *message, size_t at,
    const struct dns_spelled_owner *owner);

size_t dns_rrset_spelled_size(const struct dns_zone *zone,
    const struct dns_rrset *rrset, size_t at,
    const struct dns_spelled_owner *owner);

/* How many RRSIG RRs lie behind RRSET. */
uint16_t dns_rrset_signatures(
    const struct dns_zone *zone, const struct dns_rrset *rrset);

/* Seconds. */
uint32_t dns_rrset_ttl(
    const struct dns_zone *zone, const struct dns_rrset *rrset);

static inline size_t
dns_rrset_size(const struct dns_rrset *rrset, bool with_signatures)
{
	return (size_t)rrset->wire_len + (with_signatures ? rrset->sig_len : 0);
}

#endif
