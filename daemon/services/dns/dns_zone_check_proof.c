/* dns_zone_check_proof.c — are the proofs what dns_zone.h says? Pure. */
#include "services/dns/dns_zone_check_proof.h"

#include "services/dns/dns_base32.h"
#include "services/dns/dns_nsec3.h"
#include "services/dns/dns_zone_check_rrset.h"

#include <string.h>

static const char *
check_nsec(const struct dns_zone *zone)
{
	const uint32_t *proofs =
	    (const uint32_t *)dns_zone_at(zone, zone->proofs);

	if (zone->proofs % 4 != 0 || zone->proof_count == 0 ||
	    !dns_zone_check_rrset_is_inside(
	        zone, zone->proofs, zone->proof_count, sizeof(proofs[0])))
		return "NSEC outside the block";
	if (proofs[0] != zone->apex)
		return "no NSEC of the apex";
	for (uint32_t i = 0; i < zone->proof_count; i++) {
		if (!dns_zone_check_rrset_is_node(zone, proofs[i]) ||
		    dns_node_find(dns_zone_nsec(zone, i), DNS_TYPE_NSEC) ==
		        NULL)
			return "a node without NSEC";
		if (i > 0 && proofs[i - 1] >= proofs[i])
			return "NSEC out of order";
	}
	return NULL;
}

/* COUNT links at OFFSET, of a chain or not. */
static const char *
check_links(const struct dns_zone *zone, uint32_t offset, uint32_t count)
{
	const struct dns_nsec3 *links =
	    (const struct dns_nsec3 *)dns_zone_at(zone, offset);

	if (offset % 4 != 0 || !dns_zone_check_rrset_is_inside(
	                           zone, offset, count, sizeof(links[0])))
		return "NSEC3 outside the block";
	for (uint32_t i = 0; i < count; i++) {
		uint8_t name[1 + DNS_NSEC3_LABEL + DNS_NAME_MAX] = {
		    DNS_NSEC3_LABEL};

		dns_base32_encode(
		    name + 1, links[i].hash, sizeof(links[i].hash));
		memcpy(name + 1 + DNS_NSEC3_LABEL, zone->name, zone->apex_len);
		if (links[i].rrset.type != DNS_TYPE_NSEC3)
			return "a link that is no NSEC3";
		const char *error = dns_zone_check_rrset(zone, &links[i].rrset,
		    name, (size_t)1 + DNS_NSEC3_LABEL + zone->apex_len);

		if (error != NULL)
			return error;
	}
	return NULL;
}

static bool
is_link(const struct dns_zone *zone, uint32_t number)
{
	return number < zone->proof_count || number == DNS_NODE_UNPROVEN;
}

static const char *
check_node(const struct dns_zone *zone, const struct dns_node *node)
{
	const struct dns_node_proof *proof = dns_node_proof(node);
	bool is_occluded = (node->flags & DNS_NODE_OCCLUDED) != 0;

	if ((zone->flags & DNS_ZONE_NSEC3) == 0 || is_occluded)
		return proof == NULL ? NULL : "a proof of nothing";
	if (proof == NULL)
		return "a node without a proof";
	if (!is_link(zone, proof->match) || !is_link(zone, proof->wildcard) ||
	    !is_link(zone, proof->encloser) ||
	    !is_link(zone, proof->next_closer))
		return "a proof outside the chain";
	return NULL;
}

static const char *
check_chain(const struct dns_zone *zone)
{
	if (zone->proof_count == 0)
		return "no NSEC3";
	if (!dns_zone_check_rrset_is_inside(
	        zone, zone->nsec3_salt, zone->nsec3_salt_len, 1))
		return "a salt outside the block";
	if (zone->nsec3_iterations > DNS_NSEC3_ITERATIONS_MAX)
		return "too many iterations";
	const char *error = check_links(zone, zone->proofs, zone->proof_count);

	for (uint32_t i = 1; i < zone->proof_count && error == NULL; i++)
		if (memcmp(dns_zone_nsec3(zone, i - 1)->hash,
		        dns_zone_nsec3(zone, i)->hash,
		        DNS_NSEC3_HASH_SIZE) >= 0)
			error = "NSEC3 out of order";
	return error;
}

const char *
dns_zone_check_proof(const struct dns_zone *zone)
{
	const unsigned both = DNS_ZONE_NSEC | DNS_ZONE_NSEC3;
	const char *error = NULL;

	if ((zone->flags & both) == both)
		return "NSEC and NSEC3 at once";
	if ((zone->flags & both) == 0 && zone->proof_count != 0)
		return "proofs of an unsigned zone";
	if ((zone->flags & DNS_ZONE_NSEC) != 0)
		error = check_nsec(zone);
	if ((zone->flags & DNS_ZONE_NSEC3) != 0)
		error = check_chain(zone);
	if (error == NULL && zone->spare_link_count != 0)
		error = check_links(
		    zone, zone->spare_links, zone->spare_link_count);
	for (uint32_t i = 0; i < zone->node_count && error == NULL; i++)
		error = check_node(zone, dns_zone_nth(zone, i));
	return error;
}
