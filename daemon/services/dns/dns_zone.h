/*
 * dns_zone.h — one zone as the loader leaves it in the image: a block of
 * offsets, without a pointer, that every worker reads where it lies.
 *
 *	struct dns_zone           header, 64-byte aligned, offset 0
 *	nodes                     in canonical order (RFC 4034 §6.1), each:
 *	  struct dns_node           and behind it
 *	  name                      labels below the apex, lower case
 *	  name as in the file       only with DNS_NODE_MIXED_CASE
 *	  struct dns_rrset[]        by ascending type, 4-byte aligned
 *	  struct dns_node_proof     only with DNS_NODE_NSEC3
 *	  data of each RRset        fixes, wire form, signatures; then targets
 *	uint32_t order[]          the nodes' offsets: ascending, and canonical
 *	struct dns_slot index[]   open addressing by the name's hash
 *	proofs                    of a signed zone, which of the two its flags
 *	                          say:
 *	  uint32_t[]                offsets of the nodes that have an NSEC, in
 *	                            canonical order, the apex first
 *	  struct dns_nsec3[]        the NSEC3 chain, ascending by hash; the data
 *	                            of their RRsets lies in front of them,
 *	                            links of other chains behind them
 *	files                     paths that the zone was read from, NUL-ended;
 *	                          none: the configuration alone made it
 *
 * Offsets count bytes from the block's start; integers are in the host's order,
 * wire forms in the network's. A name is kept without the apex, since a lookup
 * has found the zone by its apex already: a usual node with its address fits
 * one cache line, so that an answer costs two misses, slot and node.
 *
 * Only names that exist have nodes, empty non-terminals among them (RFC 4592
 * §2.2.2), so that existence never depends on a neighbour.
 *
 * Blocks come from dns_load alone (sealed memory), or have passed
 * dns_zone_check: the functions here check no offset. Pure; any process.
 */
#ifndef NETLAB_SERVICES_DNS_ZONE_H
#define NETLAB_SERVICES_DNS_ZONE_H

#include "services/dns/dns_name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---------------------------------------------------------------- layout */

/* Changes with the layout: a block of another program is never read. */
#define DNS_ZONE_MAGIC "nlzone2"

enum {
	DNS_ZONE_ALIGN = 64, /* of a block and of its size: a cache line */
	DNS_NSEC3_HASH_SIZE = 20,
};

enum dns_zone_flags {
	/* Never loaded: answers SERVFAIL. Header and files only, no node. */
	DNS_ZONE_FAILED = 1 << 0,
	/* Signed, its apex has NSEC; or NSEC3PARAM with a chain for it (RFC
	 * 5155 §7.3). At most one of the two: what proves that something does
	 * not exist. */
	DNS_ZONE_NSEC = 1 << 1,
	DNS_ZONE_NSEC3 = 1 << 2,
	/* Has a file, and more than that says: records of the configuration,
	 * or a serial beyond the file's. For the next load alone. */
	DNS_ZONE_EXTENDED = 1 << 3,
};

/* The RRs of one owner and type, rendered. */
struct dns_rrset {
	uint16_t type;
	uint16_t count;        /* RRs */
	uint16_t wire_len;     /* bytes of them all */
	uint16_t sig_len;      /* bytes of their RRSIG RRs, right behind; 0:
	                          unsigned */
	uint32_t data;         /* offset: fixes, wire, signatures, targets */
	uint16_t fix_count;    /* pointers within RDATA */
	uint16_t target_count; /* names within RDATA that have a node here */
};

struct dns_zone {
	char magic[8];
	uint32_t size; /* of the block */
	uint32_t flags;
	uint32_t index, slot_count;
	uint32_t order, node_count;
	uint32_t apex; /* offset of its node */
	uint32_t serial;
	/* The SOA with TTL = min(its TTL, MINIMUM) (RFC 2308 §3). */
	struct dns_rrset negative;
	uint8_t apex_len;    /* bytes of NAME */
	uint8_t apex_labels; /* the root not counted */
	uint8_t depth;       /* labels below the apex of the deepest node */
	uint8_t spare8;
	uint32_t files, files_len;
	uint8_t name[DNS_NAME_MAX + 1]; /* of the apex, lower case */
	uint64_t content[2];            /* hash of all that FILES held */
	uint32_t proofs, proof_count;   /* 0: an unsigned zone */
	uint16_t nsec3_iterations;      /* beside the first (RFC 5155 §5) */
	uint8_t nsec3_salt_len;
	uint8_t spare_nsec3;
	uint32_t nsec3_salt; /* offset of it */
	/* Links of other NSEC3 chains, which come or go: struct dns_nsec3[] of
	 * any order, part of the zone, but of no answer (RFC 5155 §7.2.8). */
	uint32_t spare_links, spare_link_count;
	uint64_t spare[3]; /* zero */
};

enum dns_node_flags {
	DNS_NODE_APEX = 1 << 0,
	/* Has NS, is not the apex, lies below no other cut: answers are
	 * referrals (but for DS). */
	DNS_NODE_DELEGATION = 1 << 1,
	/* Below a delegation or a DNAME (RFC 5936 §3.5): LINK is the topmost
	 * such node. Kept for AXFR and as glue; never answered as data. */
	DNS_NODE_OCCLUDED = 1 << 2,
	/* "*" exists right below (and neither occludes it): LINK is that node.
	 */
	DNS_NODE_WILDCARD_CHILD = 1 << 3,
	DNS_NODE_CNAME = 1 << 4, /* has that RRset */
	DNS_NODE_DNAME = 1 << 5,
	DNS_NODE_EMPTY = 1 << 6,    /* empty non-terminal: no RRset */
	DNS_NODE_WILDCARD = 1 << 7, /* its own first label is "*" */
	DNS_NODE_MIXED_CASE = 1 << 8,
	/* In an NSEC3 zone, not occluded: a struct dns_node_proof follows the
	 * RRsets. */
	DNS_NODE_NSEC3 = 1 << 9,
};

struct dns_node {
	uint32_t link;  /* offset of a node, see the flags; else 0 */
	uint16_t flags; /* enum dns_node_flags */
	uint16_t rrset_count;
	uint8_t name_len; /* labels below the apex, in bytes; apex: 0 */
	uint8_t name_labels;
	uint16_t spare; /* zero */
};

/* Where a pointer lies in the wire form, and to what. As stored it is right
 * for a question that asks for the owner's own name (see dns_rrset.h). */
struct dns_fix {
	uint16_t at;
	/* DNS_FIX_SELF: offset in this wire form, below DNS_FIX_SELF_MAX. Else
	 * the number of the owner name's bytes that the pointer skips; never
	 * 0 or 1 where the owner is a wildcard, whose "*" is not in a reply. */
	uint16_t to;
};

enum {
	DNS_FIX_SELF = 0x8000,
	/* Room is left below 16384 (RFC 1035 §4.1.4) for what comes before. */
	DNS_FIX_SELF_MAX = 8192,
};

enum dns_target_flags {
	/* At or below the owner of this delegation's NS: without its address
	 * a referral is useless (RFC 9471 §3.1). These come first. */
	DNS_TARGET_IN_DOMAIN = 1 << 0,
	/* Below another cut of the zone (RFC 9471 §3.2): best effort. */
	DNS_TARGET_OCCLUDED = 1 << 1,
};

/* A name in RDATA that has a node. For NS, MX, SRV: one with A or AAAA, of
 * which additional data is made. For CNAME: any node. */
struct dns_target {
	uint32_t node;
	uint16_t at; /* offset in the wire form of the name, which may be
	                labels and a pointer, or (then copy it) a pointer */
	uint16_t flags;
};

/* One link of the NSEC3 chain (RFC 5155 §3). Its owner, the hash in base32hex
 * below the apex, has no node: to a question it does not exist (§7.2.8). */
struct dns_nsec3 {
	uint8_t hash[DNS_NSEC3_HASH_SIZE]; /* SHA-1, the one algorithm */
	struct dns_rrset rrset;            /* of type NSEC3, with signatures */
};

/* What proves things about a node in an NSEC3 zone, found beforehand: numbers
 * in the chain, or DNS_NODE_UNPROVEN. */
struct dns_node_proof {
	/* Matches its name. Opt-out (RFC 5155 §6) may leave it without. */
	uint32_t match;
	/* Matches or covers "*" below it. */
	uint32_t wildcard;
	/* Matches the nearest ancestor that has a match, itself included; and
	 * where that is not itself, covers the name one label longer (the
	 * closest provable encloser's proof, §7.2.1). */
	uint32_t encloser, next_closer;
};

enum { DNS_NODE_UNPROVEN = 0x7fffffff };

struct dns_slot {
	uint32_t tag;  /* the low half of dns_name_hash */
	uint32_t node; /* 0: free */
};

_Static_assert(sizeof(struct dns_rrset) == 16, "no holes");
_Static_assert(sizeof(struct dns_node) == 12, "no holes");
_Static_assert(sizeof(struct dns_nsec3) == 36, "no holes");
_Static_assert(offsetof(struct dns_zone, files) == 60, "a hot line");
_Static_assert(sizeof(struct dns_zone) % 8 == 0, "no holes");

/* --------------------------------------------------------------- reading */

static inline const void *
dns_zone_at(const struct dns_zone *zone, size_t offset)
{
	return (const uint8_t *)zone + offset;
}

static inline const struct dns_node *
dns_zone_node(const struct dns_zone *zone, uint32_t offset)
{
	return (const struct dns_node *)dns_zone_at(zone, offset);
}

static inline const struct dns_node *
dns_zone_apex(const struct dns_zone *zone)
{
	return dns_zone_node(zone, zone->apex);
}

/* NODE's labels below the apex, name_len bytes, lower case. */
static inline const uint8_t *
dns_node_name(const struct dns_node *node)
{
	return (const uint8_t *)(node + 1);
}

/* The same labels as the file spells them. */
static inline const uint8_t *
dns_node_spelling(const struct dns_node *node)
{
	bool is_mixed = (node->flags & DNS_NODE_MIXED_CASE) != 0;

	return dns_node_name(node) + (is_mixed ? node->name_len : 0);
}

/* NODE's rrset_count RRsets, ascending by type. */
static inline const struct dns_rrset *
dns_node_rrsets(const struct dns_node *node)
{
	size_t names = node->name_len;

	if ((node->flags & DNS_NODE_MIXED_CASE) != 0)
		names *= 2;
	names = (names + 3) & ~(size_t)3;
	return (const struct dns_rrset *)(const void *)(dns_node_name(node) +
	                                                names);
}

/* NODE's RRset of TYPE, or NULL. */
static inline const struct dns_rrset *
dns_node_find(const struct dns_node *node, uint16_t type)
{
	const struct dns_rrset *rrsets = dns_node_rrsets(node);

	for (unsigned i = 0; i < node->rrset_count; i++)
		if (rrsets[i].type == type)
			return &rrsets[i];
	return NULL;
}

static inline bool
dns_node_has_address(const struct dns_node *node)
{
	return dns_node_find(node, DNS_TYPE_A) != NULL ||
	       dns_node_find(node, DNS_TYPE_AAAA) != NULL;
}

static inline const struct dns_fix *
dns_rrset_fixes(const struct dns_zone *zone, const struct dns_rrset *rrset)
{
	return (const struct dns_fix *)dns_zone_at(zone, rrset->data);
}

/* What proves NODE in an NSEC3 zone, or NULL: it has none. */
static inline const struct dns_node_proof *
dns_node_proof(const struct dns_node *node)
{
	if ((node->flags & DNS_NODE_NSEC3) == 0)
		return NULL;
	return (
	    const struct dns_node_proof *)(const void *)(dns_node_rrsets(node) +
	                                                 node->rrset_count);
}

/* The node of NSEC NUMBER, below proof_count, in canonical order; the zone's
 * flags say NSEC. */
static inline const struct dns_node *
dns_zone_nsec(const struct dns_zone *zone, uint32_t number)
{
	const uint32_t *proofs =
	    (const uint32_t *)dns_zone_at(zone, zone->proofs);

	return dns_zone_node(zone, proofs[number]);
}

/* Link NUMBER, below proof_count, of the NSEC3 chain. */
static inline const struct dns_nsec3 *
dns_zone_nsec3(const struct dns_zone *zone, uint32_t number)
{
	const struct dns_nsec3 *chain =
	    (const struct dns_nsec3 *)dns_zone_at(zone, zone->proofs);

	return &chain[number];
}

/* Link NUMBER, below spare_link_count, of other chains. */
static inline const struct dns_nsec3 *
dns_zone_spare_link(const struct dns_zone *zone, uint32_t number)
{
	const struct dns_nsec3 *links =
	    (const struct dns_nsec3 *)dns_zone_at(zone, zone->spare_links);

	return &links[number];
}

/* wire_len bytes; sig_len more lie behind them: RRSIG RRs that cover them, of
 * the same form, none of their names compressed. */
static inline const uint8_t *
dns_rrset_wire(const struct dns_zone *zone, const struct dns_rrset *rrset)
{
	return (
	    const uint8_t *)(dns_rrset_fixes(zone, rrset) + rrset->fix_count);
}

static inline const struct dns_target *
dns_rrset_targets(const struct dns_zone *zone, const struct dns_rrset *rrset)
{
	size_t end = rrset->data + rrset->fix_count * sizeof(struct dns_fix) +
	             rrset->wire_len + rrset->sig_len;

	return (const struct dns_target *)dns_zone_at(
	    zone, (end + 3) & ~(size_t)3);
}

/* --------------------------------------------------------------- lookups */

static inline const struct dns_slot *
dns_zone_slots(const struct dns_zone *zone)
{
	return (const struct dns_slot *)dns_zone_at(zone, zone->index);
}

/* The number of the slot where the search for a name with this HASH begins. */
static inline size_t
dns_zone_slot(const struct dns_zone *zone, uint64_t hash)
{
	return (size_t)((hash >> 32) * zone->slot_count >> 32);
}

/*
 * The node of QNAME, LEN bytes of a whole name in lower case that ends in the
 * zone's apex (dns_catalog_find saw to that); NULL where the name does not
 * exist. ZONE has not FAILED.
 */
const struct dns_node *dns_zone_find(
    const struct dns_zone *zone, const uint8_t *qname, size_t len);

/* The node whose name has this HASH (dns_name_hash of the labels below the
 * apex), as far as the index alone can tell, or NULL. ZONE has not FAILED. */
const struct dns_node *dns_zone_candidate(
    const struct dns_zone *zone, uint64_t hash);

/*
 * The closest encloser (RFC 4592 §3.3.1) of a QNAME for which dns_zone_find
 * gave NULL: the nearest ancestor that exists, at the least the apex. *SKIPPED
 * becomes the number of QNAME's bytes in front of it. Where it is (below) a
 * delegation or a DNAME, its flags say so; where not, its wildcard child, if
 * any, is the source of synthesis.
 */
const struct dns_node *dns_zone_encloser(const struct dns_zone *zone,
    const uint8_t *qname, size_t len, size_t *skipped);

/*
 * The delegation or DNAME node that NODE is or lies below, topmost first, or
 * NULL for one that is answered as data. A DNAME's own node is returned too:
 * its own RRsets are data (RFC 6672 §2.3), what lies below is not.
 */
static inline const struct dns_node *
dns_zone_cut(const struct dns_zone *zone, const struct dns_node *node)
{
	if ((node->flags & DNS_NODE_OCCLUDED) != 0)
		return dns_zone_node(zone, node->link);
	if ((node->flags & (DNS_NODE_DELEGATION | DNS_NODE_DNAME)) != 0)
		return node;
	return NULL;
}

/* "*" below an ENCLOSER that is not occluded, or NULL. */
static inline const struct dns_node *
dns_zone_wildcard(const struct dns_zone *zone, const struct dns_node *encloser)
{
	if ((encloser->flags & DNS_NODE_WILDCARD_CHILD) == 0)
		return NULL;
	return dns_zone_node(zone, encloser->link);
}

/* Canonical order: node 0 is the apex. NUMBER < node_count. */
static inline const struct dns_node *
dns_zone_nth(const struct dns_zone *zone, uint32_t number)
{
	const uint32_t *order =
	    (const uint32_t *)dns_zone_at(zone, zone->order);

	return dns_zone_node(zone, order[number]);
}

/* The number of the last of COUNT ascending OFFSETS, one at least, that is not
 * behind OFFSET; 0 where all are. */
static inline uint32_t
dns_zone_last_at(const uint32_t *offsets, uint32_t count, uint32_t offset)
{
	uint32_t low = 0, high = count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (offsets[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The number of NODE in canonical order. */
uint32_t dns_zone_number(
    const struct dns_zone *zone, const struct dns_node *node);

#endif
