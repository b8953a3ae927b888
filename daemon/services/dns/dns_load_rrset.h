/*
 * dns_load_rrset.h — renders an RRset as it will lie in the image: ready for a
 * question that asks for its owner (see dns_zone.h, dns_rrset.h). Loader
 * process only.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_RRSET_H
#define NETLAB_SERVICES_DNS_LOAD_RRSET_H

#include "services/dns/dns_load_records.h"
#include "services/dns/dns_zone.h"

enum {
	/* What is left in the largest message beside header, the longest
	 * question and OPT: a longer RRset could never be answered. */
	DNS_LOAD_RRSET_MAX = DNS_TCP_MAX - DNS_HEADER_SIZE - DNS_NAME_MAX -
	                     DNS_QUESTION_FIXED - DNS_OPT_SIZE,
	/* Of RRs without RDATA; of two names each. */
	DNS_LOAD_RRSET_NAMES_MAX = DNS_LOAD_RRSET_MAX / DNS_RR_RDATA * 2,
	/* Names in the RRset itself that later ones may point to. More would
	 * make a large RRset slow to render and hardly smaller. */
	DNS_LOAD_RRSET_SUFFIXES_MAX = 96,
};

/* The owner of what is rendered, its whole name in lower case. */
struct dns_load_rrset_owner {
	uint8_t name[DNS_NAME_MAX];
	size_t len;
	/* Where a label starts that a pointer may point to. */
	bool is_label[DNS_NAME_MAX];
};

/* A name in RDATA that additional data or a CNAME chain follow. */
struct dns_load_rrset_target {
	const struct dns_load_record *record;
	const uint8_t *name; /* in its RDATA */
	uint16_t at;         /* in the wire form */
};

struct dns_load_rrset {
	uint8_t wire[DNS_LOAD_RRSET_MAX];
	size_t len;     /* with the signatures */
	size_t sig_len; /* of these alone */
	struct dns_fix fixes[DNS_LOAD_RRSET_NAMES_MAX];
	size_t fix_count;
	struct dns_load_rrset_target targets[DNS_LOAD_RRSET_NAMES_MAX];
	size_t target_count;
	/* Names written in full that later ones may point to. */
	struct {
		const uint8_t *name;
		uint16_t len;
		uint16_t at;
	} suffixes[DNS_LOAD_RRSET_SUFFIXES_MAX];
	size_t suffix_count;
};

/* Makes OWNER the name of NAME_LEN bytes of labels below APEX. */
void dns_load_rrset_set_owner(struct dns_load_rrset_owner *owner,
    const uint8_t *labels, size_t labels_len, const uint8_t *apex,
    size_t apex_len);

/* Renders COUNT records of one type, with TTL. Their RDATA, valid, is borrowed
 * as long as RRSET's targets are used. false: longer than DNS_LOAD_RRSET_MAX.
 */
bool dns_load_rrset_render(struct dns_load_rrset *rrset,
    const struct dns_load_rrset_owner *owner,
    const struct dns_load_record *const *records, size_t count, uint32_t ttl)
    __attribute__((warn_unused_result));

/* Renders COUNT RRSIG records behind the RRset that they cover, with its TTL
 * (RFC 4034 §3). false: longer than DNS_LOAD_RRSET_MAX. */
bool dns_load_rrset_sign(struct dns_load_rrset *rrset,
    const struct dns_load_record *const *records, size_t count, uint32_t ttl)
    __attribute__((warn_unused_result));

#endif
