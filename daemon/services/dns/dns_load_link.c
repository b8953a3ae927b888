/* dns_load_link.c — the NSEC3 chain's place in the block. Loader process only.
 */
#include "services/dns/dns_load_link.h"

#include "services/dns/dns_load_data.h"

#include <string.h>

/* Renders the NSEC3 of link NUMBER, whose owner's other data is a node's. */
static bool
put_rrset(struct dns_load_block *block, uint32_t number)
{
	const struct dns_load_link *source = &block->chain.sources[number];
	struct dns_load_records *records = block->records;
	struct dns_load_group *group = &block->group;
	const struct dns_load_name *name =
	    dns_load_records_name(records, &records->owners[source->first]);
	size_t start = 0;

	if (!dns_load_group_fill(group, records, source->first, source->end))
		return false;
	dns_load_rrset_set_owner(&block->owner, dns_load_name_spelling(name),
	    name->name_len, records->apex, records->apex_len);
	block->flags = 0;
	while (group->records[start]->type != DNS_TYPE_NSEC3)
		start++;
	/* Signatures of the node's data have been looked at. */
	size_t cursor =
	    dns_load_group_covering(group, group->signatures, DNS_TYPE_NSEC3);

	return dns_load_data_put_set(block, start,
	    dns_load_group_type_end(group, start), &cursor,
	    &block->chain.links[number].rrset);
}

/* The salt, and what the header says of the chain. */
static void
put_parameters(struct dns_load_block *block)
{
	const struct dns_load_chain *chain = &block->chain;
	struct dns_zone *zone = block->zone;

	if (chain->count == 0)
		return;
	zone->flags |= DNS_ZONE_NSEC3;
	zone->nsec3_iterations = chain->iterations;
	zone->nsec3_salt_len = (uint8_t)chain->salt.len;
	zone->nsec3_salt = (uint32_t)block->used;
	memcpy(block->memory + block->used, chain->salt.data, chain->salt.len);
	block->used += chain->salt.len;
}

bool
dns_load_link_put(struct dns_load_block *block)
{
	const struct dns_load_chain *chain = &block->chain;
	struct dns_zone *zone = block->zone;
	size_t size = sizeof(chain->links[0]);

	if (chain->all == 0)
		return true;
	for (uint32_t i = 0; i < chain->all; i++)
		if (!put_rrset(block, i))
			return false;
	put_parameters(block);
	block->used = dns_load_block_align(block->used, 4);
	if (chain->count > 0) {
		zone->proofs = (uint32_t)block->used;
		zone->proof_count = chain->count;
	}
	zone->spare_links = (uint32_t)(block->used + chain->count * size);
	zone->spare_link_count = chain->all - chain->count;
	memcpy(block->memory + block->used, chain->links, chain->all * size);
	block->used += chain->all * size;
	return true;
}
