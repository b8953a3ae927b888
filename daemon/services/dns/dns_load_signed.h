/*
 * dns_load_signed.h — is a signed zone signed as it should be? What is not is
 * told and served all the same: only those who validate mind. Signatures are
 * not computed; that takes the signer's tools. Loader process only.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_SIGNED_H
#define NETLAB_SERVICES_DNS_LOAD_SIGNED_H

#include "services/dns/dns_load_group.h"
#include "services/dns/dns_load_report.h"
#include "services/dns/dns_zone.h"

enum { DNS_LOAD_SIGNED_KEYS_MAX = 64 };

struct dns_load_signed {
	struct dns_load_report *report; /* borrowed, like APEX */
	const uint8_t *apex;
	bool is_signed; /* its SOA is */
	bool has_nsec;  /* NSEC proves what does not exist */
	int64_t now;    /* seconds since 1970 */
	/* The zone's keys; none where there are too many to be kept. */
	struct {
		uint16_t tag;
		uint8_t algorithm;
	} keys[DNS_LOAD_SIGNED_KEYS_MAX];
	unsigned key_count;
	/* RRsets without a signature that holds now, those told included. */
	unsigned expired, early;
	const struct dns_load_record *nsec; /* the last of the chain, so far */
};

/* Looks at the GROUP of the apex: is the zone signed, and how? IS_HASHED: it
 * has a chain of NSEC3. */
void dns_load_signed_open(struct dns_load_signed *zone,
    struct dns_load_report *report, const uint8_t *apex,
    const struct dns_load_group *group, bool is_hashed);

/* Of NAME, whose node has FLAGS (enum dns_node_flags): is its data of TYPE the
 * zone's own, that it signs (RFC 4035 §2.2)? */
static inline bool
dns_load_signed_is_own(unsigned flags, uint16_t type)
{
	if ((flags & DNS_NODE_OCCLUDED) != 0)
		return false;
	return (flags & DNS_NODE_DELEGATION) == 0 || type == DNS_TYPE_DS ||
	       type == DNS_TYPE_NSEC;
}

/* An RRset of NAME, DATA its first record: has it one signature at least, of
 * the COUNT at SIGNATURES, that may hold? Only for the zone's own data. */
void dns_load_signed_rrset(struct dns_load_signed *zone, const uint8_t *name,
    const struct dns_load_record *data,
    const struct dns_load_record *const *signatures, size_t count);

/* A name with data, in canonical order: has it an NSEC where it should, and is
 * it the one that the last NSEC announced? */
void dns_load_signed_name(struct dns_load_signed *zone, const uint8_t *name,
    const struct dns_load_group *group, unsigned flags);

/* Behind the last name: the chain's end, and the sums. */
void dns_load_signed_close(struct dns_load_signed *zone);

#endif
