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

struct finder {
	struct dns_zone *zone;
	struct dns_load_report *report;
};

static void
warn(const struct finder *finder, const struct dns_load_target *target,
    const char *what)
{
	char text[DNS_NAME_TEXT_MAX];

	dns_load_report_warning(finder->report, target->rendered.record->file,
	    target->rendered.record->line, "%s %s",
	    dns_name_format(target->rendered.name, text), what);
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

static bool
has_address(const struct dns_node *node)
{
	return dns_node_find(node, DNS_TYPE_A) != NULL ||
	       dns_node_find(node, DNS_TYPE_AAAA) != NULL;
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
resolve(const struct finder *finder, const struct dns_load_target *target,
    struct dns_target *out)
{
	const struct dns_zone *zone = finder->zone;
	const struct dns_node *owner = dns_zone_nth(zone, target->number);
	const struct dns_node *node = find_node(zone, target->rendered.name);
	unsigned flags = 0;

	if (node == NULL)
		return false;
	if (target->rendered.record->type != DNS_TYPE_CNAME &&
	    !has_address(node))
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

/* Warns where a name that should have addresses can have none. */
static void
check(const struct finder *finder, const struct dns_load_target *target)
{
	const struct dns_zone *zone = finder->zone;
	unsigned type = target->rendered.record->type;
	const struct dns_node *node = find_node(zone, target->rendered.name);

	if (node == NULL || type == DNS_TYPE_CNAME)
		return;
	if ((node->flags & DNS_NODE_CNAME) != 0)
		warn(finder, target,
		    type == DNS_TYPE_NS
		        ? "is a name server's name and an alias (RFC 2181 "
		          "§10.3)"
		        : "is a host's name and an alias (RFC 2181 §10.3)");
}

/* Fills the RRset of the COUNT targets at LIST: in-domain ones first. */
static void
fill(const struct finder *finder, const struct dns_load_target *list,
    size_t count)
{
	uint8_t *block = (uint8_t *)finder->zone;
	const struct dns_node *node =
	    dns_zone_nth(finder->zone, list[0].number);
	const struct dns_rrset *rrset = &dns_node_rrsets(node)[list[0].rrset];
	size_t at =
	    (size_t)((const uint8_t *)dns_rrset_targets(finder->zone, rrset) -
	             block);
	struct dns_target *out = (struct dns_target *)(void *)(block + at);
	uint16_t filled = 0;

	for (int wanted = DNS_TARGET_IN_DOMAIN; wanted >= 0; wanted--) {
		for (size_t i = 0; i < count; i++) {
			struct dns_target target;

			if (resolve(finder, &list[i], &target) &&
			    (target.flags & DNS_TARGET_IN_DOMAIN) == wanted)
				out[filled++] = target;
		}
	}
	for (size_t i = 0; i < count; i++)
		check(finder, &list[i]);
	at = (size_t)((const uint8_t *)rrset - block);
	((struct dns_rrset *)(void *)(block + at))->target_count = filled;
}

void
dns_load_target_find(struct dns_zone *zone,
    const struct dns_load_targets *targets, struct dns_load_report *report)
{
	struct finder finder = {.zone = zone, .report = report};
	const struct dns_load_target *list = targets->list;

	for (size_t start = 0, end; start < targets->count; start = end) {
		for (end = start + 1; end < targets->count &&
		                      list[end].number == list[start].number &&
		                      list[end].rrset == list[start].rrset;
		     end++)
			continue;
		fill(&finder, &list[start], end - start);
	}
}
