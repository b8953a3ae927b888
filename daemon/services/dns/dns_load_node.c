/* dns_load_node.c — the tree of nodes. Loader process only. */
#include "services/dns/dns_load_node.h"

#include "services/dns/dns_load_prove.h"

#include <string.h>

uint32_t
dns_load_node_put(struct dns_load_block *block, const uint8_t *labels,
    size_t name_len, unsigned label_count, size_t rrsets)
{
	size_t offset = dns_load_block_align(block->used, 4);
	struct dns_node *node = dns_load_block_node(block, (uint32_t)offset);
	uint8_t *name = (uint8_t *)(node + 1);
	size_t names = name_len;

	*node = (struct dns_node){
	    .rrset_count = (uint16_t)rrsets,
	    .name_len = (uint8_t)name_len,
	    .name_labels = (uint8_t)label_count,
	};
	dns_name_lower(name, labels, name_len);
	if (memcmp(name, labels, name_len) != 0) {
		node->flags |= DNS_NODE_MIXED_CASE;
		memcpy(name + name_len, labels, name_len);
		names *= 2;
	}
	if (name_len >= 2 && name[0] == 1 && name[1] == '*')
		node->flags |= DNS_NODE_WILDCARD;
	if (rrsets == 0)
		node->flags |= DNS_NODE_EMPTY;
	if (name_len == 0)
		node->flags |= DNS_NODE_APEX;
	block->used = offset + sizeof(*node) + dns_load_block_align(names, 4) +
	              rrsets * sizeof(struct dns_rrset);
	if (block->chain.count > 0 && block->cut == 0) {
		node->flags |= DNS_NODE_NSEC3;
		block->used += sizeof(struct dns_node_proof);
	}
	return (uint32_t)offset;
}

uint32_t
dns_load_node_settle(struct dns_load_block *block, uint32_t start)
{
	size_t size = block->used - start;
	size_t in_line = DNS_ZONE_ALIGN - start % DNS_ZONE_ALIGN;

	if (size <= in_line || size > DNS_ZONE_ALIGN)
		return start;
	uint32_t moved = start + (uint32_t)in_line;
	struct dns_node *node = dns_load_block_node(block, moved);

	memmove(block->memory + moved, block->memory + start, size);
	memset(block->memory + start, 0, in_line);
	block->used += in_line;
	size_t rrsets =
	    (size_t)((const uint8_t *)dns_node_rrsets(node) - block->memory);

	for (unsigned i = 0; i < node->rrset_count; i++)
		dns_load_block_rrset(
		    block, rrsets + i * sizeof(struct dns_rrset))
		    ->data += (uint32_t)in_line;
	return moved;
}

/* Finds what proves NODE, where it has room for that. */
static void
prove(struct dns_load_block *block, const struct dns_node *node,
    const struct dns_node *parent)
{
	const struct dns_node_proof *proof = dns_node_proof(node);

	if (proof == NULL)
		return;
	size_t at = (size_t)((const uint8_t *)proof - block->memory);

	dns_load_prove(&block->chain, block->zone, node,
	    parent == NULL ? NULL : dns_node_proof(parent),
	    block->group.records[0],
	    (struct dns_node_proof *)(void *)(block->memory + at));
}

void
dns_load_node_push(struct dns_load_block *block, uint32_t offset,
    const uint8_t *key, size_t key_len)
{
	struct dns_node *node = dns_load_block_node(block, offset);
	const unsigned cuts = DNS_NODE_DELEGATION | DNS_NODE_DNAME;

	block->order[block->zone->node_count++] = offset;
	struct dns_node *parent = NULL;

	if (node->name_labels > 0) {
		parent = dns_load_block_node(
		    block, block->levels[block->depth].node);
		block->depth++;
		if (block->cut != 0) {
			node->flags |= DNS_NODE_OCCLUDED;
			node->link = block->cut;
			node->flags &= (uint16_t)~DNS_NODE_DELEGATION;
		} else if ((node->flags & DNS_NODE_WILDCARD) != 0) {
			parent->flags |= DNS_NODE_WILDCARD_CHILD;
			parent->link = offset;
		}
	}
	prove(block, node, parent);
	if (block->depth > block->zone->depth)
		block->zone->depth = (uint8_t)block->depth;
	if (block->cut == 0 && (node->flags & cuts) != 0) {
		block->cut = offset;
		block->cut_depth = block->depth;
	}
	block->levels[block->depth] = (struct dns_load_level){
	    .key = key,
	    .key_len = key_len,
	    .node = offset,
	};
}

void
dns_load_node_go_to_parent(
    struct dns_load_block *block, const struct dns_load_name *name)
{
	const uint8_t *key = dns_load_name_key(name);

	for (; block->depth > 0; block->depth--) {
		const struct dns_load_level *level =
		    &block->levels[block->depth];

		if (level->key_len < name->key_len &&
		    memcmp(level->key, key, level->key_len) == 0)
			break;
	}
	if (block->cut != 0 && block->depth < block->cut_depth)
		block->cut = 0;
	const uint8_t *labels = dns_load_name_spelling(name);
	size_t skipped = 0, len = block->levels[block->depth].key_len;
	uint8_t starts[DNS_LABEL_COUNT_MAX];

	for (unsigned i = 0; i < name->labels; i++) {
		starts[i] = (uint8_t)skipped;
		skipped += 1 + (size_t)labels[skipped];
	}
	while (block->depth + 1 < name->labels) {
		unsigned depth = block->depth + 1;
		size_t start = starts[name->labels - depth];

		while (key[len++] != 0)
			continue;
		uint32_t node = dns_load_node_put(
		    block, labels + start, name->name_len - start, depth, 0);

		dns_load_node_push(
		    block, dns_load_node_settle(block, node), key, len);
	}
}
