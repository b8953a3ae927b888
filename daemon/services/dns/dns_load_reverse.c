/* dns_load_reverse.c — addresses with names, in their order. Loader process
 * only. */
#include "services/dns/dns_load_reverse.h"

#include "core/bytes.h"
#include "services/dns/dns_zone.h"

#include <stdlib.h>
#include <string.h>

static bool
add_entry(struct dns_load_reverse *reverse,
    const struct dns_load_reverse_entry *entry)
{
	if (reverse->count == reverse->cap) {
		size_t cap = reverse->cap == 0 ? 1024 : 2 * reverse->cap;
		struct dns_load_reverse_entry *entries =
		    realloc(reverse->entries, cap * sizeof(entries[0]));

		if (entries == NULL)
			return false;
		reverse->entries = entries;
		reverse->cap = cap;
	}
	reverse->entries[reverse->count++] = *entry;
	return true;
}

/* Adds the addresses of NODE that are of TYPE, SIZE bytes each. */
static bool
add_addresses(struct dns_load_reverse *reverse, size_t index,
    const struct dns_zone *block, const struct dns_node *node, uint16_t type)
{
	const struct dns_rrset *rrset = dns_node_find(node, type);
	size_t size = type == DNS_TYPE_AAAA ? 16 : 4;

	for (unsigned i = 0; rrset != NULL && i < rrset->count; i++) {
		const uint8_t *rr =
		    dns_rrset_wire(block, rrset) + i * (DNS_RR_RDATA + size);
		struct dns_load_reverse_entry entry = {
		    .is_ipv6 = type == DNS_TYPE_AAAA,
		    .zone = (uint32_t)index,
		    .node = (uint32_t)((const uint8_t *)node -
		                       (const uint8_t *)block),
		    .ttl = bytes_get32be(rr + DNS_RR_TTL),
		};

		memcpy(entry.address, rr + DNS_RR_RDATA, size);
		if (!add_entry(reverse, &entry))
			return false;
	}
	return true;
}

/* Is what NODE has answered, from the zone at INDEX? */
static bool
is_answered(const struct dns_load_reverse *reverse, size_t index,
    const struct dns_node *node)
{
	const unsigned unseen = DNS_NODE_OCCLUDED | DNS_NODE_DELEGATION |
	                        DNS_NODE_WILDCARD | DNS_NODE_EMPTY;
	const struct dns_load_zone *zone = reverse->zones->list[index];
	uint8_t name[DNS_NAME_MAX];

	if ((node->flags & unseen) != 0)
		return false;
	memcpy(name, dns_node_name(node), node->name_len);
	memcpy(name + node->name_len, zone->apex, zone->apex_len);
	return dns_load_zones_find(reverse->zones, name,
	           (size_t)node->name_len + zone->apex_len) == zone;
}

static bool
add_zone(struct dns_load_reverse *reverse, size_t index)
{
	const struct dns_zone *block =
	    image_writer_at(reverse->image, reverse->zones->list[index]->block);

	if ((block->flags & DNS_ZONE_FAILED) != 0)
		return true;
	for (uint32_t i = 0; i < block->node_count; i++) {
		const struct dns_node *node = dns_zone_nth(block, i);

		if (!is_answered(reverse, index, node))
			continue;
		if (!add_addresses(reverse, index, block, node, DNS_TYPE_A) ||
		    !add_addresses(reverse, index, block, node, DNS_TYPE_AAAA))
			return false;
	}
	return true;
}

static int
compare_numbers(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

/* Within a block, offsets ascend in canonical order. */
static int
compare(const void *a, const void *b)
{
	const struct dns_load_reverse_entry *x = a, *y = b;
	int order = compare_numbers(x->is_ipv6, y->is_ipv6);

	if (order == 0)
		order = memcmp(x->address, y->address, sizeof(x->address));
	if (order == 0)
		order = compare_numbers(x->zone, y->zone);
	if (order == 0)
		order = compare_numbers(x->node, y->node);
	return order;
}

bool
dns_load_reverse_open(struct dns_load_reverse *reverse,
    const struct dns_load_zones *zones, const struct image_writer *image)
{
	*reverse = (struct dns_load_reverse){
	    .zones = zones,
	    .image = image,
	};
	for (size_t i = 0; i < zones->count; i++)
		if (!zones->list[i]->is_reverse && !add_zone(reverse, i))
			return false;
	if (reverse->count > 0)
		qsort(reverse->entries, reverse->count,
		    sizeof(reverse->entries[0]), compare);
	return true;
}

void
dns_load_reverse_close(struct dns_load_reverse *reverse)
{
	free(reverse->entries);
	reverse->entries = NULL;
	reverse->count = 0;
}
