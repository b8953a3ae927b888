/* dns_load_node.h — the tree of nodes: where they lie, and what they are to
 * each other. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_NODE_H
#define NETLAB_SERVICES_DNS_LOAD_NODE_H

#include "services/dns/dns_load_block.h"

/* Leaves the levels that are no ancestors of NAME, and makes the missing
 * ancestors: empty non-terminals (RFC 4592 §2.2.2). */
void dns_load_node_go_to_parent(
    struct dns_load_block *block, const struct dns_load_name *name);

/* Writes a node and its names at the block's end, with room for RRSETS and,
 * where the zone has NSEC3, for its proof. Returns its offset. LABELS: NAME_LEN
 * bytes below the apex, as spelled. */
uint32_t dns_load_node_put(struct dns_load_block *block, const uint8_t *labels,
    size_t name_len, unsigned label_count, size_t rrsets);

/* Moves the node from START to the block's end on, where it would lie in two
 * cache lines and could lie in one. Returns where it lies then. */
uint32_t dns_load_node_settle(struct dns_load_block *block, uint32_t start);

/* Makes the node the deepest of the levels: its place in the order, and what it
 * is to the nodes above. KEY is kept. */
void dns_load_node_push(struct dns_load_block *block, uint32_t offset,
    const uint8_t *key, size_t key_len);

#endif
