/* dns_zone_check.c — is a block what dns_zone.h says? Pure. */
#include "services/dns/dns_zone_check.h"

#include "services/dns/dns_zone_check_proof.h"
#include "services/dns/dns_zone_check_rrset.h"

#include <string.h>

static bool
is_lower(const uint8_t *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (name[i] != dns_name_lower_byte(name[i]))
			return false;
	return true;
}

static const char *
check_header(const struct dns_zone *zone, size_t size)
{
	if (size < sizeof(*zone) ||
	    memcmp(zone->magic, DNS_ZONE_MAGIC, sizeof(zone->magic)) != 0)
		return "no zone";
	if (zone->size > size || zone->size < sizeof(*zone))
		return "a wrong size";
	if (zone->apex_len == 0)
		return "an apex of no length";
	if (dns_name_measure(zone->name, zone->apex_len) != zone->apex_len ||
	    !is_lower(zone->name, zone->apex_len) ||
	    dns_name_labels(zone->name) != zone->apex_labels)
		return "an apex that is no name";
	if ((zone->flags & DNS_ZONE_FAILED) != 0)
		return NULL;
	if (zone->order % 4 != 0 || zone->node_count == 0 ||
	    !dns_zone_check_rrset_is_inside(
	        zone, zone->order, zone->node_count, sizeof(uint32_t)))
		return "an order outside the block";
	if (zone->index % 8 != 0 || zone->slot_count <= zone->node_count ||
	    !dns_zone_check_rrset_is_inside(
	        zone, zone->index, zone->slot_count, sizeof(struct dns_slot)))
		return "an index outside the block";
	if (!dns_zone_check_rrset_is_inside(
	        zone, zone->files, zone->files_len, 1))
		return "files outside the block";
	if (zone->files_len > 0 && *((const uint8_t *)dns_zone_at(zone,
	                               zone->files + zone->files_len - 1)) != 0)
		return "files without an end";
	return NULL;
}

/* The node, its names, its list of RRsets and its proof lie in the block. */
static bool
is_node_inside(const struct dns_zone *zone, uint32_t offset)
{
	if (offset % 4 != 0 || !dns_zone_check_rrset_is_inside(
	                           zone, offset, 1, sizeof(struct dns_node)))
		return false;
	const struct dns_node *node = dns_zone_node(zone, offset);
	size_t list = (size_t)((const uint8_t *)dns_node_rrsets(node) -
	                       (const uint8_t *)zone);

	size_t size = node->rrset_count * sizeof(struct dns_rrset);

	if ((node->flags & DNS_NODE_NSEC3) != 0)
		size += sizeof(struct dns_node_proof);
	return dns_zone_check_rrset_is_inside(zone, list, size, 1);
}

/* Labels that end with the name, and the same count of them as it says. */
static bool
is_name(const struct dns_node *node)
{
	const uint8_t *name = dns_node_name(node);
	size_t at = 0;
	unsigned labels = 0;

	for (; at < node->name_len; labels++) {
		if (name[at] == 0 || name[at] > DNS_LABEL_MAX)
			return false;
		at += 1 + (size_t)name[at];
	}
	return at == node->name_len && labels == node->name_labels &&
	       is_lower(name, at) &&
	       dns_name_is_equal(name, dns_node_spelling(node), at);
}

/* NODE lies below ABOVE. */
static bool
is_below(const struct dns_node *node, const struct dns_node *above)
{
	const uint8_t *name = dns_node_name(node);
	size_t len = node->name_len;

	while (len > above->name_len) {
		len -= 1 + (size_t)name[0];
		name += 1 + name[0];
	}
	return len == above->name_len && node->name_len > len &&
	       memcmp(name, dns_node_name(above), len) == 0;
}

/* The node's link is to a node, and to one of the right kind and place. */
static bool
is_linked(const struct dns_zone *zone, const struct dns_node *node)
{
	const unsigned cuts = DNS_NODE_DELEGATION | DNS_NODE_DNAME;
	bool is_occluded = (node->flags & DNS_NODE_OCCLUDED) != 0;
	bool has_wildcard = (node->flags & DNS_NODE_WILDCARD_CHILD) != 0;

	if (!is_occluded && !has_wildcard)
		return node->link == 0;
	if (is_occluded == has_wildcard ||
	    !dns_zone_check_rrset_is_node(zone, node->link))
		return false;
	const struct dns_node *other = dns_zone_node(zone, node->link);

	if (!is_name(other))
		return false;
	if (is_occluded)
		return is_below(node, other) && (other->flags & cuts) != 0 &&
		       (other->flags & DNS_NODE_OCCLUDED) == 0;
	return is_below(other, node) && dns_node_name(other)[0] == 1 &&
	       dns_node_name(other)[1] == '*' &&
	       other->name_len == node->name_len + 2;
}

/* The node has the RRsets that its flags name. */
static bool
has_flagged(const struct dns_node *node)
{
	static const struct {
		unsigned flag;
		uint16_t type;
	} needs[] = {
	    {DNS_NODE_DELEGATION, DNS_TYPE_NS},
	    {DNS_NODE_CNAME, DNS_TYPE_CNAME},
	    {DNS_NODE_DNAME, DNS_TYPE_DNAME},
	};

	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
		if ((node->flags & needs[i].flag) != 0 &&
		    dns_node_find(node, needs[i].type) == NULL)
			return false;
	return true;
}

static const char *
check_rrsets(const struct dns_zone *zone, const struct dns_node *node,
    const uint8_t *name, size_t len)
{
	const struct dns_rrset *rrsets = dns_node_rrsets(node);

	for (unsigned i = 0; i < node->rrset_count; i++) {
		const char *error =
		    dns_zone_check_rrset(zone, &rrsets[i], name, len);

		if (error != NULL)
			return error;
		if (i > 0 && rrsets[i - 1].type >= rrsets[i].type)
			return "RRsets out of order";
		if (rrsets[i].type == DNS_TYPE_NSEC3)
			return "NSEC3 as data of a name";
	}
	return NULL;
}

static const char *
check_node(const struct dns_zone *zone, const struct dns_node *node)
{
	size_t len = (size_t)node->name_len + zone->apex_len;
	uint8_t name[2 * DNS_NAME_MAX];

	if (len > DNS_NAME_MAX || !is_name(node) ||
	    node->name_labels > zone->depth)
		return "a node without a name";
	if (!is_linked(zone, node))
		return "a link to no such node";
	if (!has_flagged(node))
		return "a node without what its flags say";
	memcpy(name, dns_node_name(node), node->name_len);
	memcpy(name + node->name_len, zone->name, zone->apex_len);
	if (dns_zone_find(zone, name, len) != node)
		return "a node that is not found";
	return check_rrsets(zone, node, name, len);
}

/* Each slot is free or a node's; all nodes but the apex have one. */
static const char *
check_index(const struct dns_zone *zone)
{
	const struct dns_slot *slots =
	    (const struct dns_slot *)dns_zone_at(zone, zone->index);
	uint32_t taken = 0;

	for (uint32_t i = 0; i < zone->slot_count; i++) {
		if (slots[i].node == 0)
			continue;
		taken++;
		if (!dns_zone_check_rrset_is_node(zone, slots[i].node))
			return "a slot of no node";
	}
	return taken == zone->node_count - 1 ? NULL : "slots without a node";
}

const char *
dns_zone_check(const void *block, size_t size)
{
	const struct dns_zone *zone = block;
	const char *error = check_header(zone, size);

	if (error != NULL || (zone->flags & DNS_ZONE_FAILED) != 0)
		return error;
	const uint32_t *order =
	    (const uint32_t *)dns_zone_at(zone, zone->order);

	for (uint32_t i = 0; i < zone->node_count; i++) {
		if (!is_node_inside(zone, order[i]))
			return "a node outside the block";
		if (i > 0 && order[i - 1] >= order[i])
			return "nodes out of order";
	}
	if (zone->apex != order[0])
		return "an apex that is not the first node";
	error = check_index(zone);
	for (uint32_t i = 0; i < zone->node_count && error == NULL; i++)
		error = check_node(zone, dns_zone_nth(zone, i));
	if (error == NULL && zone->negative.type != DNS_TYPE_SOA)
		error = "no SOA for negative answers";
	if (error == NULL)
		error = dns_zone_check_rrset(
		    zone, &zone->negative, zone->name, zone->apex_len);
	return error == NULL ? dns_zone_check_proof(zone) : error;
}
