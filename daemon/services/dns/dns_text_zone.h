/*
 * dns_text_zone.h — a zone's block as a master file (RFC 1035 §5): one record a
 * line, names absolute, in canonical order (RFC 4034 §6.1), but the SOA first
 * and NSEC3 that serve no answer last. All that the block holds is in it, what
 * is occluded, signatures and the NSEC3 chain included, so that the loader
 * makes the same block of it. Pure; any process.
 */
#ifndef NETLAB_SERVICES_DNS_TEXT_ZONE_H
#define NETLAB_SERVICES_DNS_TEXT_ZONE_H

#include "services/dns/dns_text.h"
#include "services/dns/dns_zone.h"

enum {
	/* The longest record: two names, every byte of them escaped. */
	DNS_TEXT_ZONE_RECORD_MAX = DNS_TEXT_MAX + 2 * DNS_NAME_TEXT_MAX,
	/* A header, a name, and an RRset with its signatures. */
	DNS_TEXT_ZONE_MESSAGE =
	    DNS_HEADER_SIZE + DNS_NAME_MAX + DNS_QUESTION_FIXED + 2 * 65535,
};

/* How far the zone has been written. All that is pointed to is borrowed. */
struct dns_text_zone {
	const struct dns_zone *zone;
	uint8_t *message; /* DNS_TEXT_ZONE_MESSAGE bytes: an answer that holds
	                     the RRset at work */
	size_t at, end;   /* what is left of its records */
	const struct dns_node *node; /* at work; NULL: none yet */
	unsigned rrset;              /* of NODE: the next one */
	uint32_t next_node, next_nsec3;
};

/* The start of ZONE, which has not FAILED. */
struct dns_text_zone dns_text_zone_open(
    const struct dns_zone *zone, uint8_t *message);

/* Writes the next record and the end of its line. False: there is none. */
bool dns_text_zone_next(struct dns_text_zone *walk, struct dns_text *text)
    __attribute__((warn_unused_result));

#endif
