/*
 * dns_catalog.h — the dns room's part of the image: settings, a directory of
 * zones, and their blocks. Pure; any process.
 *
 *	struct dns_catalog        at the part's start
 *	uint64_t blocks[]         where each zone's block lies, in the order of
 *	                          the configuration
 *	struct dns_catalog_slot[] open addressing by the hash of the apex
 *	blocks                    each 64-byte aligned: struct dns_zone
 *
 * Offsets count from the part's start.
 */
#ifndef NETLAB_SERVICES_DNS_CATALOG_H
#define NETLAB_SERVICES_DNS_CATALOG_H

#include "services/dns/dns_zone.h"

#define DNS_CATALOG_MAGIC "nlcata2"

enum {
	DNS_COOKIE_SECRET_SIZE = 16, /* of SipHash-2-4 (RFC 9018 §4.4) */
	DNS_COOKIE_SECRET_MAX = 4,
	DNS_SETTINGS_TEXT_MAX = 255, /* a <character-string> */
};

/* A text that the section gives; LEN 0: none. */
struct dns_settings_text {
	uint8_t len;
	uint8_t bytes[DNS_SETTINGS_TEXT_MAX];
};

/* What the section says for the whole room. */
struct dns_settings {
	/* The first makes cookies, all of them check (RFC 9018 §5). */
	uint8_t cookie_secrets[DNS_COOKIE_SECRET_MAX][DNS_COOKIE_SECRET_SIZE];
	uint8_t cookie_secret_count; /* 0: cookies are ignored */
	bool is_wire_logged;
	bool are_cookies_required; /* over UDP, of clients that have any */
	uint8_t spare8;
	uint32_t tcp_timeout_ms;          /* an idle connection's; also what
	                                     edns-tcp-keepalive says */
	struct dns_settings_text nsid;    /* RFC 5001; of any bytes */
	struct dns_settings_text server;  /* id.server, hostname.bind CH TXT */
	struct dns_settings_text version; /* version.server, version.bind */
	uint64_t spare[8];                /* zero */
};

struct dns_catalog {
	char magic[8];
	uint32_t zone_count;
	uint32_t slot_count;
	uint64_t blocks, slots;
	/* Bit N: some apex has N labels. A lookup tries only such suffixes. */
	uint64_t labels[2];
	struct dns_settings settings;
};

struct dns_catalog_slot {
	uint64_t hash;
	uint64_t block; /* 0: free */
};

/* The catalog in PART, or NULL when PART holds none of this layout. */
const struct dns_catalog *dns_catalog_of(struct span part);

/* Zone NUMBER, below zone_count, in the order of the configuration. */
static inline const struct dns_zone *
dns_catalog_zone(const struct dns_catalog *catalog, uint32_t number)
{
	const uint8_t *part = (const uint8_t *)catalog;
	const uint64_t *blocks =
	    (const uint64_t *)(const void *)(part + catalog->blocks);

	return (const struct dns_zone *)(const void *)(part + blocks[number]);
}

/*
 * The zone whose apex is the longest suffix of QNAME, a whole name in lower
 * case with its labels at QNAME + LABEL_AT[0 … LABEL_COUNT], the root's last.
 * NULL: no zone of ours. It may be one that FAILED. For DS at an apex (RFC 4035
 * §3.1.4.1) ask again without the first label.
 */
const struct dns_zone *dns_catalog_find(const struct dns_catalog *catalog,
    const uint8_t *qname, const uint8_t *label_at, unsigned label_count);

/* The zone with exactly this apex, or NULL. */
const struct dns_zone *dns_catalog_exact(
    const struct dns_catalog *catalog, const uint8_t *apex, size_t len);

#endif
