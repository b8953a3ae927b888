/* dns_load_target.c — names in RDATA, found in the zone. Loader process only.
 */
#include "services/dns/dns_load_target.h"

#include <stdlib.h>
#include <string.h>

bool
dns_load_target_add(
    struct dns_load_targets *targets, const struct dns_load_target *target)
{
	if (targets->count == targets->cap) {
		size_t cap = targets->cap == 0 ? 256 : 2 * targets->cap;
		struct dns_load_target *list =
		    realloc(targets->list, cap * sizeof(list[0]));

		if (list == NULL)
			return false;
		targets->list = list;
		targets->cap = cap;
	}
	targets->list[targets->count++] = *target;
	return true;
}

void
dns_load_target_close(struct dns_load_targets *targets)
{
	free(targets->list);
	*targets = (struct dns_load_targets){0};
}

/* Is NODE, as a target of the RRset of a delegation at OWNER, within it? */
static bool
is_in_domain(const struct dns_zone *zone, const struct dns_node *owner,
    const struct dns_node *node)
{
	if ((owner->flags & DNS_NODE_DELEGATION) == 0)
		return false;
	return node == owner || ((node->flags & DNS_NODE_OCCLUDED) != 0 &&
	                            dns_zone_node(zone, node->link) == owner);
}

static const struct dns_node *
find_node(const struct dns_zone *zone, const uint8_t *name)
{
	uint8_t lower[DNS_NAME_MAX];
	size_t len = dns_name_length(name);

	dns_name_lower(lower, name, len);
	return dns_zone_find(zone, lower, len);
}

/* The target that TARGET becomes, unless there is nothing to find. */
static bool
resolve(const struct dns_zone *zone, const struct dns_load_target *target,
    struct dns_target *out)
{
	const struct dns_node *owner = dns_zone_nth(zone, target->number);
	const struct dns_node *node = target->node;
	unsigned flags = 0;

	if (node == NULL)
		return false;
	if (target->rendered.record->type != DNS_TYPE_CNAME &&
	    !dns_node_has_address(node))
		return false;
	if (is_in_domain(zone, owner, node))
		flags |= DNS_TARGET_IN_DOMAIN;
	if ((node->flags & (DNS_NODE_OCCLUDED | DNS_NODE_DELEGATION)) != 0)
		flags |= DNS_TARGET_OCCLUDED;
	*out = (struct dns_target){
	    .node = (uint32_t)((const uint8_t *)node - (const uint8_t *)zone),
	    .at = target->rendered.at,
	    .flags = (uint16_t)flags,
	};
	return true;
}

/* Fills the RRset of the COUNT targets at LIST: in-domain ones first. */
static void
fill(struct dns_zone *zone, struct dns_load_target *list, size_t count)
{
	uint8_t *block = (uint8_t *)zone;
	const struct dns_node *node = dns_zone_nth(zone, list[0].number);
	const struct dns_rrset *rrset = &dns_node_rrsets(node)[list[0].rrset];
	size_t at =
	    (size_t)((const uint8_t *)dns_rrset_targets(zone, rrset) - block);
	struct dns_target *out = (struct dns_target *)(void *)(block + at);
	uint16_t filled = 0;

	for (size_t i = 0; i < count; i++)
		list[i].node = find_node(zone, list[i].rendered.name);
	for (int wanted = DNS_TARGET_IN_DOMAIN; wanted >= 0; wanted--) {
		for (size_t i = 0; i < count; i++) {
			struct dns_target target;

			if (resolve(zone, &list[i], &target) &&
			    (target.flags & DNS_TARGET_IN_DOMAIN) == wanted)
				out[filled++] = target;
		}
	}
	at = (size_t)((const uint8_t *)rrset - block);
	((struct dns_rrset *)(void *)(block + at))->target_count = filled;
}

void
dns_load_target_find(struct dns_zone *zone, struct dns_load_targets *targets)
{
	struct dns_load_target *list = targets->list;

	for (size_t start = 0, end; start < targets->count; start = end) {
		for (end = start + 1; end < targets->count &&
		                      list[end].number == list[start].number &&
		                      list[end].rrset == list[start].rrset;
		     end++)
			continue;
		fill(zone, &list[start], end - start);
	}
}
