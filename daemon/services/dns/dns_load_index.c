/* dns_load_index.c — what lies behind the nodes. Loader process only. */
#include "services/dns/dns_load_index.h"

#include <string.h>

static void
put_order(struct dns_load_block *block)
{
	struct dns_zone *zone = block->zone;
	size_t size = zone->node_count * sizeof(block->order[0]);

	block->used = dns_load_block_align(block->used, 4);
	zone->order = (uint32_t)block->used;
	memcpy(block->memory + block->used, block->order, size);
	block->used += size;
}

static void
put_slot(struct dns_load_block *block, struct dns_slot *slots, uint32_t node,
    uint64_t hash)
{
	const struct dns_zone *zone = block->zone;
	size_t i = dns_zone_slot(zone, hash);

	while (slots[i].node != 0)
		if (++i == zone->slot_count)
			i = 0;
	slots[i] = (struct dns_slot){.tag = (uint32_t)hash, .node = node};
}

/* Three of five slots are taken: a hit looks at 1.8 of them, a miss at 3.6, of
 * eight in a cache line. The apex needs none. */
static void
put_index(struct dns_load_block *block)
{
	struct dns_zone *zone = block->zone;
	struct dns_slot *slots;

	block->used = dns_load_block_align(block->used, DNS_ZONE_ALIGN);
	zone->index = (uint32_t)block->used;
	zone->slot_count = zone->node_count + zone->node_count / 3 * 2 + 2;
	slots = (struct dns_slot *)(void *)(block->memory + block->used);
	block->used += zone->slot_count * sizeof(slots[0]);
	for (uint32_t i = 1; i < zone->node_count; i++) {
		const struct dns_node *node =
		    dns_load_block_node(block, block->order[i]);

		put_slot(block, slots, block->order[i],
		    dns_name_hash(dns_node_name(node), node->name_len));
	}
}

/* The nodes that have an NSEC, where NSEC proves what does not exist. */
static void
put_nsec(struct dns_load_block *block)
{
	struct dns_zone *zone = block->zone;

	if (!block->signing.has_nsec)
		return;
	block->used = dns_load_block_align(block->used, 4);
	uint32_t *proofs = (uint32_t *)(void *)(block->memory + block->used);

	zone->flags |= DNS_ZONE_NSEC;
	zone->proofs = (uint32_t)block->used;
	for (uint32_t i = 0; i < zone->node_count; i++) {
		const struct dns_node *node = dns_zone_nth(zone, i);

		if ((node->flags & DNS_NODE_OCCLUDED) == 0 &&
		    dns_node_find(node, DNS_TYPE_NSEC) != NULL)
			proofs[zone->proof_count++] = block->order[i];
	}
	block->used += zone->proof_count * sizeof(proofs[0]);
}

static void
put_files(struct dns_load_block *block)
{
	const struct dns_load_report *report = block->report;

	block->zone->files = (uint32_t)block->used;
	for (unsigned i = 0; i < report->file_count; i++) {
		size_t size = strlen(report->files[i]) + 1;

		memcpy(block->memory + block->used, report->files[i], size);
		block->used += size;
	}
	block->zone->files_len = (uint32_t)block->used - block->zone->files;
}

void
dns_load_index_put(struct dns_load_block *block)
{
	put_order(block);
	put_index(block);
	put_nsec(block);
	put_files(block);
}
