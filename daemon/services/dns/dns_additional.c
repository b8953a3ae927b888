/* dns_additional.c — see dns_additional.h. */
#include "services/dns/dns_additional.h"

#include "core/bytes.h"

/* Targets of an answer that are looked at: more would not fit a datagram, and
 * finding the repeated ones costs the square of their number. */
enum { TARGET_MAX = 64 };

static const uint16_t address_types[] = {DNS_TYPE_A, DNS_TYPE_AAAA};

/* Where the name at AT begins in earnest: RDATA may hold but a pointer. */
static size_t
name_at(const struct dns_reply *reply, size_t at)
{
	unsigned value = bytes_get16be(reply->data + at);

	return value >= DNS_POINTER ? value & (DNS_POINTER_LIMIT - 1) : at;
}

/* Appends RRSET, an address of NODE whose name lies where no pointer reaches
 * (RFC 1035 §4.1.4): it is written again. Glue has no signatures; other data
 * that has some is left out. */
static bool
append_spelled(struct dns_reply *reply, const struct dns_zone *zone,
    const struct dns_node *node, const struct dns_rrset *rrset)
{
	const struct dns_message *query = reply->query;
	const struct dns_spelled_owner owner = {
	    .labels = dns_node_spelling(node),
	    .len = node->name_len,
	    .tail =
	        (uint16_t)(DNS_HEADER_SIZE + query->qname_len - zone->apex_len),
	};

	return rrset->sig_len == 0 &&
	       dns_reply_add_spelled(
	           reply, DNS_REPLY_ADDITIONAL, zone, rrset, &owner);
}

/* Appends RRSET, an address of NODE. What lies at or below a cut is unsigned;
 * where signatures of other data do not fit, it is better than nothing (RFC
 * 4035 §3.1.1). */
static bool
append_address(struct dns_reply *reply, const struct dns_zone *zone,
    const struct dns_node *node, const struct dns_rrset *rrset,
    const struct dns_owner *owner)
{
	const unsigned glue = DNS_NODE_OCCLUDED | DNS_NODE_DELEGATION;

	if ((node->flags & glue) == 0 &&
	    dns_reply_add(reply, DNS_REPLY_ADDITIONAL, zone, rrset, owner))
		return true;
	return dns_reply_add_unsigned(
	    reply, DNS_REPLY_ADDITIONAL, zone, rrset, owner);
}

/* Appends the addresses of TARGET, whose name is in the RRset at AT. False:
 * one of the two sets did not fit. */
static bool
append_addresses(struct dns_reply *reply, const struct dns_zone *zone,
    const struct dns_target *target, size_t at)
{
	const struct dns_node *node = dns_zone_node(zone, target->node);
	size_t name = name_at(reply, at + target->at);
	bool is_whole = true;

	struct dns_owner owner = {
	    .owner = (uint16_t)name,
	    .tail = (int32_t)name,
	};
	for (unsigned i = 0; i < 2; i++) {
		const struct dns_rrset *rrset =
		    dns_node_find(node, address_types[i]);
		if (rrset == NULL)
			continue;
		if (name < DNS_POINTER_LIMIT
		        ? !append_address(reply, zone, node, rrset, &owner)
		        : !append_spelled(reply, zone, node, rrset))
			is_whole = false;
	}
	return is_whole;
}

/* Two MX or SRV records may name one host. */
static bool
is_repeated(const struct dns_target *targets, unsigned number)
{
	for (unsigned i = 0; i < number; i++)
		if (targets[i].node == targets[number].node)
			return true;
	return false;
}

void
dns_additional_data(struct dns_reply *reply, const struct dns_zone *zone,
    const struct dns_rrset *rrset, size_t at)
{
	const struct dns_target *targets = dns_rrset_targets(zone, rrset);
	unsigned count = rrset->target_count;

	if (count > TARGET_MAX)
		count = TARGET_MAX;
	for (unsigned i = 0; i < count; i++)
		/* What lies below a cut is not ours to give as data. */
		if ((targets[i].flags & DNS_TARGET_OCCLUDED) == 0 &&
		    !is_repeated(targets, i))
			(void)append_addresses(reply, zone, &targets[i], at);
}

bool
dns_additional_glue(struct dns_reply *reply, const struct dns_zone *zone,
    const struct dns_rrset *rrset, size_t at)
{
	const struct dns_target *targets = dns_rrset_targets(zone, rrset);
	bool is_whole = true;

	for (unsigned i = 0; i < rrset->target_count; i++)
		if (!append_addresses(reply, zone, &targets[i], at) &&
		    (targets[i].flags & DNS_TARGET_IN_DOMAIN) != 0)
			is_whole = false;
	return is_whole;
}
