/* dns_zone_check.c — is a block what dns_zone.h says? Pure. */
#include "services/dns/dns_zone_check.h"

#include "core/bytes.h"

#include <string.h>

enum { TYPE_RRSIG = 46 };

/* COUNT items of SIZE bytes at OFFSET lie in the block. */
static bool
is_inside(const struct dns_zone *zone, size_t offset, size_t count, size_t size)
{
	return offset >= sizeof(*zone) && offset <= zone->size &&
	       count <= (zone->size - offset) / size;
}

static const char *
check_header(const struct dns_zone *zone, size_t size)
{
	size_t at = 0;

	if (size < sizeof(*zone) ||
	    memcmp(zone->magic, DNS_ZONE_MAGIC, sizeof(zone->magic)) != 0)
		return "no zone";
	if (zone->size > size || zone->size < sizeof(*zone))
		return "a wrong size";
	if (zone->apex_len == 0)
		return "an apex of no length";
	while (at < zone->apex_len && zone->name[at] != 0 &&
	       zone->name[at] <= DNS_LABEL_MAX)
		at += 1 + (size_t)zone->name[at];
	if (at + 1 != zone->apex_len || zone->name[at] != 0 ||
	    dns_name_labels(zone->name) != zone->apex_labels)
		return "an apex that is no name";
	if ((zone->flags & DNS_ZONE_FAILED) != 0)
		return NULL;
	if (zone->order % 4 != 0 || zone->node_count == 0 ||
	    !is_inside(zone, zone->order, zone->node_count, sizeof(uint32_t)))
		return "an order outside the block";
	if (zone->index % 8 != 0 || zone->slot_count <= zone->node_count ||
	    !is_inside(
	        zone, zone->index, zone->slot_count, sizeof(struct dns_slot)))
		return "an index outside the block";
	if (!is_inside(zone, zone->files, zone->files_len, 1) ||
	    zone->files_len == 0 ||
	    *((const uint8_t *)dns_zone_at(
	        zone, zone->files + zone->files_len - 1)) != 0)
		return "no files";
	return NULL;
}

/* OFFSET is that of a node. All nodes are known to lie in the block. */
static bool
is_node(const struct dns_zone *zone, uint32_t offset)
{
	if (!is_inside(zone, offset, 1, sizeof(struct dns_node)))
		return false;
	uint32_t number = dns_zone_number(zone, dns_zone_node(zone, offset));

	return dns_zone_nth(zone, number) == dns_zone_node(zone, offset);
}

/* The node, its names and its list of RRsets lie in the block. */
static bool
is_node_inside(const struct dns_zone *zone, uint32_t offset)
{
	if (offset % 4 != 0 ||
	    !is_inside(zone, offset, 1, sizeof(struct dns_node)))
		return false;
	const struct dns_node *node = dns_zone_node(zone, offset);
	size_t list = (size_t)((const uint8_t *)dns_node_rrsets(node) -
	                       (const uint8_t *)zone);

	return is_inside(
	    zone, list, node->rrset_count, sizeof(struct dns_rrset));
}

/* The number of RRs of TYPE that LEN bytes are made of, and of nothing else; 0:
 * they are not. */
static unsigned
count_rrs(const uint8_t *wire, size_t len, unsigned type)
{
	unsigned count = 0;

	for (size_t at = 0; at < len; count++) {
		if (len - at < 12 || bytes_get16be(wire + at + 2) != type ||
		    bytes_get16be(wire + at) != (DNS_POINTER | DNS_HEADER_SIZE))
			return 0;
		size_t rdata = bytes_get16be(wire + at + 10);

		if (rdata > len - at - 12)
			return 0;
		at += 12 + rdata;
	}
	return count;
}

static const char *
check_fixes(const struct dns_zone *zone, const struct dns_rrset *rrset,
    size_t owner_len)
{
	const struct dns_fix *fixes = dns_rrset_fixes(zone, rrset);
	const uint8_t *wire = dns_rrset_wire(zone, rrset);

	for (unsigned i = 0; i < rrset->fix_count; i++) {
		size_t to = fixes[i].to, base = DNS_HEADER_SIZE;

		if (fixes[i].at + 2u > rrset->wire_len)
			return "a pointer outside its RRset";
		if ((to & DNS_FIX_SELF) != 0) {
			to &= ~(size_t)DNS_FIX_SELF;
			base += owner_len + 4;
			if (to >= DNS_FIX_SELF_MAX || to >= fixes[i].at)
				return "a pointer that does not point back";
		} else if (to >= owner_len) {
			return "a pointer behind the owner's name";
		}
		if (bytes_get16be(wire + fixes[i].at) !=
		    (DNS_POINTER | (base + to)))
			return "a pointer that is not as its fix says";
	}
	return NULL;
}

static const char *
check_rrset(const struct dns_zone *zone, const struct dns_rrset *rrset,
    size_t owner_len)
{
	size_t size = rrset->fix_count * sizeof(struct dns_fix) +
	              rrset->wire_len + rrset->sig_len + 3 +
	              rrset->target_count * sizeof(struct dns_target);

	if (rrset->data % 4 != 0 || rrset->count == 0 ||
	    !is_inside(zone, rrset->data, size, 1))
		return "an RRset outside the block";
	const uint8_t *wire = dns_rrset_wire(zone, rrset);

	if (count_rrs(wire, rrset->wire_len, rrset->type) != rrset->count)
		return "an RRset that is not made of RRs";
	if (rrset->sig_len > 0 &&
	    count_rrs(wire + rrset->wire_len, rrset->sig_len, TYPE_RRSIG) == 0)
		return "signatures that are not made of RRs";
	const struct dns_target *targets = dns_rrset_targets(zone, rrset);

	for (unsigned i = 0; i < rrset->target_count; i++)
		if (targets[i].at >= rrset->wire_len ||
		    !is_node(zone, targets[i].node))
			return "a target that is no node";
	return check_fixes(zone, rrset, owner_len);
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
	       dns_name_is_equal(name, dns_node_spelling(node), at);
}

static const char *
check_node(const struct dns_zone *zone, const struct dns_node *node)
{
	const unsigned links = DNS_NODE_OCCLUDED | DNS_NODE_WILDCARD_CHILD;
	size_t owner_len = (size_t)node->name_len + zone->apex_len;
	const struct dns_rrset *rrsets = dns_node_rrsets(node);
	uint8_t qname[2 * DNS_NAME_MAX];

	if (owner_len > DNS_NAME_MAX || !is_name(node) ||
	    node->name_labels > zone->depth)
		return "a node without a name";
	if ((node->flags & links) == links)
		return "a node of two links";
	if ((node->flags & links) != 0 ? !is_node(zone, node->link)
	                               : node->link != 0)
		return "a link to no node";
	memcpy(qname, dns_node_name(node), node->name_len);
	memcpy(qname + node->name_len, zone->name, zone->apex_len);
	if (dns_zone_find(zone, qname, owner_len) != node)
		return "a node that is not found";
	for (unsigned i = 0; i < node->rrset_count; i++) {
		const char *error = check_rrset(zone, &rrsets[i], owner_len);

		if (error != NULL)
			return error;
		if (i > 0 && rrsets[i - 1].type >= rrsets[i].type)
			return "RRsets out of order";
	}
	return NULL;
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
		if (!is_node(zone, slots[i].node))
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
	if (error == NULL)
		error = check_rrset(zone, &zone->negative, zone->apex_len);
	return error;
}
