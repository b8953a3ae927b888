/* dns_proof_nsec.c — see dns_proof_nsec.h. */
#include "services/dns/dns_proof_nsec.h"

#include <string.h>

/*
 * Does NODE, which comes behind ENCLOSER in canonical order, come before the
 * name of LABEL and ENCLOSER? It does where it lies below ENCLOSER and its
 * label there sorts before LABEL: first come all names below a name, then what
 * is behind it. No node has that name or lies below it.
 */
static bool
is_before(const struct dns_node *node, const struct dns_node *encloser,
    const uint8_t *label)
{
	const uint8_t *own = dns_node_name(node);

	if (node->name_labels <= encloser->name_labels)
		return false;
	for (unsigned i = encloser->name_labels + 1U; i < node->name_labels;
	     i++)
		own += 1 + own[0];
	const uint8_t *above = own + 1 + own[0];
	size_t above_len =
	    node->name_len - (size_t)(above - dns_node_name(node));

	return above_len == encloser->name_len &&
	       memcmp(above, dns_node_name(encloser), above_len) == 0 &&
	       dns_name_compare_labels(own, label) < 0;
}

uint32_t
dns_proof_nsec_at(const struct dns_zone *zone, const struct dns_node *node)
{
	uint32_t offset =
	    (uint32_t)((const uint8_t *)node - (const uint8_t *)zone);
	const uint32_t *nodes =
	    (const uint32_t *)dns_zone_at(zone, zone->proofs);

	/* The apex has the first, and is asked for most. */
	if (offset == zone->apex)
		return 0;
	return dns_zone_last_at(nodes, zone->proof_count, offset);
}

uint32_t
dns_proof_nsec_cover(const struct dns_zone *zone,
    const struct dns_node *encloser, const uint8_t *label)
{
	uint32_t low = dns_proof_nsec_at(zone, encloser);
	uint32_t high = zone->proof_count, middle = low + 1;

	/* Right behind the encloser is looked first: hardly anything sorts
	 * before a "*". */
	for (; high - low > 1; middle = low + (high - low) / 2) {
		if (is_before(dns_zone_nsec(zone, middle), encloser, label))
			low = middle;
		else
			high = middle;
	}
	return low;
}
