/* dns_load_build.c — records → zone block. Loader process only. */
#include "services/dns/dns_load_build.h"

#include "services/dns/dns_load_data.h"
#include "services/dns/dns_load_follow.h"
#include "services/dns/dns_load_index.h"
#include "services/dns/dns_load_link.h"
#include "services/dns/dns_load_node.h"
#include "services/dns/dns_load_rules.h"
#include "services/dns/dns_load_sort.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 8 }; /* names: some 100 ns each */

uint64_t
dns_load_build_size(const struct dns_load_records *records,
    const struct dns_load_report *report)
{
	uint64_t size = records->size_max + DNS_ZONE_ALIGN;

	/* The second SOA, two names of any length, and NSEC3's salt. */
	size += 5 * DNS_NAME_MAX;
	for (unsigned i = 0; i < report->file_count; i++)
		size += strlen(report->files[i]) + 1;
	return size;
}

static bool
tell_no_memory(struct dns_load_report *report)
{
	dns_load_report_error(report, 0, 0, "not enough memory");
	return false;
}

/* What the group makes of its node. */
static unsigned
flags_of(const struct dns_load_block *block, const struct dns_load_name *name)
{
	const struct dns_load_group *group = &block->group;
	unsigned flags = name->labels == 0 ? DNS_NODE_APEX : 0;

	for (size_t i = 0; i < group->count; i++) {
		if (group->records[i]->type == DNS_TYPE_NS && name->labels > 0)
			flags |= DNS_NODE_DELEGATION;
		if (group->records[i]->type == DNS_TYPE_CNAME)
			flags |= DNS_NODE_CNAME;
		if (group->records[i]->type == DNS_TYPE_DNAME)
			flags |= DNS_NODE_DNAME;
	}
	return flags;
}

static void
check_name(const struct dns_load_block *block)
{
	const struct dns_load_rrset_owner *owner = &block->owner;
	struct dns_load_place place = {
	    .name = owner->name,
	    .flags = block->flags,
	};

	if (block->cut != 0) {
		const struct dns_node *cut =
		    dns_load_block_node(block, block->cut);

		place.cut_flags = cut->flags;
		place.cut = owner->name + owner->len - cut->name_len -
		            block->records->apex_len;
	}
	dns_load_rules_name(block->report, &place, &block->group);
}

/* The node of NAME, whose records are the group: RRSETS of them. false: no
 * memory. */
static bool
put_node(struct dns_load_block *block, const struct dns_load_name *name,
    size_t rrsets)
{
	block->flags = flags_of(block, name);
	if (name->labels > 0)
		dns_load_node_go_to_parent(block, name);
	if (block->cut != 0)
		block->flags |= DNS_NODE_OCCLUDED;
	check_name(block);
	dns_load_signed_name(
	    &block->signing, block->owner.name, &block->group, block->flags);
	uint32_t offset = dns_load_node_put(block, dns_load_name_spelling(name),
	    name->name_len, name->labels, rrsets);

	struct dns_node *node = dns_load_block_node(block, offset);

	node->flags |= (uint16_t)block->flags;
	if (!dns_load_data_put(block, node))
		return false;
	dns_load_node_push(block, dns_load_node_settle(block, offset),
	    dns_load_name_key(name), name->key_len);
	return true;
}

/* How the zone is signed, as the group of its apex says. */
static void
open_signed(struct dns_load_block *block)
{
	struct dns_load_signed *signing = &block->signing;

	dns_load_signed_open(signing, block->report, block->records->apex,
	    &block->group, block->chain.count > 0);
	if (!signing->is_signed)
		block->chain.count = 0;
}

/* The name of owners FIRST … END. false: no memory. */
static bool
put_name(struct dns_load_block *block, size_t first, size_t end)
{
	struct dns_load_records *records = block->records;
	const struct dns_load_name *name =
	    dns_load_records_name(records, &records->owners[first]);

	if (!dns_load_group_fill(&block->group, records, first, end))
		return false;
	dns_load_rrset_set_owner(&block->owner, dns_load_name_spelling(name),
	    name->name_len, records->apex, records->apex_len);
	size_t rrsets = dns_load_data_count(&block->group);

	if (name->labels == 0)
		open_signed(block);
	/* A name with no more than signatures or a link of the NSEC3 chain
	 * does not exist. */
	if (rrsets == 0 && name->labels > 0) {
		dns_load_data_tell_stray(block);
		return true;
	}
	return put_node(block, name, rrsets);
}

/* The apex of a zone whose file has no record of it: what is missing is told,
 * and so is all that is wrong below it. */
static void
put_bare_apex(struct dns_load_block *block)
{
	struct dns_load_records *records = block->records;

	block->group.count = 0;
	block->flags = DNS_NODE_APEX;
	dns_load_rrset_set_owner(
	    &block->owner, records->apex, 0, records->apex, records->apex_len);
	dns_load_signed_open(&block->signing, block->report, records->apex,
	    &block->group, false);
	check_name(block);
	block->zone->apex = dns_load_node_put(block, records->apex, 0, 0, 0);
	dns_load_node_push(block, block->zone->apex, NULL, 0);
}

/* All nodes, in order, the apex first. false: no memory, as told. */
static bool
put_names(struct dns_load_block *block)
{
	struct dns_load_records *records = block->records;
	size_t count = records->owner_count;

	if (count == 0 ||
	    dns_load_records_name(records, &records->owners[0])->labels > 0)
		put_bare_apex(block);
	for (size_t first = 0, end; first < count; first = end) {
		/* In a file without order each name is a cache miss, unless
		 * it is asked for some names ahead. */
		if (first + AHEAD < count)
			__builtin_prefetch(dns_load_records_name(
			    records, &records->owners[first + AHEAD]));
		end = dns_load_records_name_end(records, first);
		if (!put_name(block, first, end))
			return tell_no_memory(block->report);
		if (block->zone->apex == 0) {
			block->zone->apex = block->order[0];
			dns_load_data_put_negative(block);
		}
	}
	return true;
}

static void
put_header(struct dns_zone *zone, const uint8_t *apex, size_t apex_len)
{
	memcpy(zone->magic, DNS_ZONE_MAGIC, sizeof(zone->magic));
	zone->apex_len = (uint8_t)apex_len;
	zone->apex_labels = (uint8_t)dns_name_labels(apex);
	memcpy(zone->name, apex, apex_len);
}

void
dns_load_build_stub(uint8_t *memory, const uint8_t *apex, size_t apex_len)
{
	struct dns_zone *zone = (struct dns_zone *)(void *)memory;

	put_header(zone, apex, apex_len);
	zone->size = DNS_LOAD_BUILD_STUB;
	zone->flags = DNS_ZONE_FAILED;
}

static bool
build(struct dns_load_block *block, const uint64_t content[2])
{
	struct dns_zone *zone = block->zone;

	put_header(zone, block->records->apex, block->records->apex_len);
	block->used = sizeof(*zone);
	if (!dns_load_chain_open(&block->chain, block->records, block->report))
		return tell_no_memory(block->report);
	/* All of it, errors or not, so that all of them are told. */
	if (!put_names(block))
		return false;
	dns_load_index_put(block);
	if (!dns_load_link_put(block))
		return tell_no_memory(block->report);
	dns_load_signed_close(&block->signing);
	if (block->chain.has_failed)
		dns_load_report_error(
		    block->report, 0, 0, "libcrypto cannot hash names");
	zone->content[0] = content[0];
	zone->content[1] = content[1];
	block->used = dns_load_block_align(block->used, DNS_ZONE_ALIGN);
	zone->size = (uint32_t)block->used;
	dns_load_target_find(zone, &block->targets);
	dns_load_follow(zone, &block->targets, block->report);
	return block->report->errors == 0;
}

size_t
dns_load_build(struct dns_load_records *records, struct dns_load_report *report,
    const uint64_t content[2], uint8_t *memory)
{
	struct dns_load_block *block = calloc(1, sizeof(*block));
	size_t size = 0;

	if (block != NULL)
		block->order =
		    calloc(records->node_max, sizeof(block->order[0]));
	if (block == NULL || block->order == NULL || !dns_load_sort(records)) {
		tell_no_memory(report);
	} else {
		block->records = records;
		block->report = report;
		block->memory = memory;
		block->zone = (struct dns_zone *)(void *)memory;
		if (build(block, content))
			size = block->used;
	}
	if (block != NULL) {
		dns_load_group_close(&block->group);
		dns_load_target_close(&block->targets);
		dns_load_chain_close(&block->chain);
		free(block->order);
	}
	free(block);
	return size;
}
