/*
 * dns_load_block.h — a zone's block while it is made: written from its start to
 * its end, once (see dns_zone.h). Shared by the files that make it; loader
 * process only.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_BLOCK_H
#define NETLAB_SERVICES_DNS_LOAD_BLOCK_H

#include "services/dns/dns_load_chain.h"
#include "services/dns/dns_load_group.h"
#include "services/dns/dns_load_report.h"
#include "services/dns/dns_load_rrset.h"
#include "services/dns/dns_load_signed.h"
#include "services/dns/dns_load_target.h"
#include "services/dns/dns_zone.h"

/* An ancestor of the name at work, or that name. */
struct dns_load_level {
	const uint8_t *key;
	size_t key_len;
	uint32_t node;
};

struct dns_load_block {
	struct dns_load_records *records; /* borrowed, like REPORT */
	struct dns_load_report *report;
	uint8_t *memory;       /* the block; zeroes from USED on */
	struct dns_zone *zone; /* its header, at MEMORY */
	size_t used;
	uint32_t *order; /* of the nodes so far; owned */
	/* From the apex down to the last node made. */
	struct dns_load_level levels[DNS_LABEL_COUNT_MAX + 1];
	unsigned depth;     /* the last of LEVELS */
	unsigned cut_depth; /* of the topmost delegation or DNAME; 0 may be
	                       the apex's, so see CUT */
	uint32_t cut;       /* its node, 0: none */
	/* The name at work. */
	struct dns_load_group group;
	unsigned flags; /* of its node (enum dns_node_flags) */
	struct dns_load_rrset_owner owner;
	struct dns_load_rrset rrset; /* the last one rendered */
	struct dns_load_targets targets;
	struct dns_load_signed signing;
	struct dns_load_chain chain;
};

static inline size_t
dns_load_block_align(size_t value, size_t align)
{
	return (value + align - 1) & ~(align - 1);
}

static inline struct dns_node *
dns_load_block_node(const struct dns_load_block *block, uint32_t offset)
{
	return (struct dns_node *)(void *)(block->memory + offset);
}

static inline struct dns_rrset *
dns_load_block_rrset(const struct dns_load_block *block, size_t offset)
{
	return (struct dns_rrset *)(void *)(block->memory + offset);
}

#endif
