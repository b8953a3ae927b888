/*
 * zone_image_fuzz.c — any bytes as a zone's block: dns_zone_check refuses it,
 * or all lookups in it stay inside.
 */
#include "services/dns/dns_rrset.h"
#include "services/dns/dns_zone_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
look_up(const struct dns_zone *zone, const struct dns_node *node)
{
	uint8_t name[2 * DNS_NAME_MAX] = "\1~";
	size_t len = (size_t)node->name_len + zone->apex_len, skipped;

	memcpy(name + 2, dns_node_name(node), node->name_len);
	memcpy(name + 2 + node->name_len, zone->name, zone->apex_len);
	if (dns_zone_find(zone, name + 2, len) != node)
		abort();
	/* Below it: not there, or what lies there has it as an ancestor. */
	if (dns_zone_find(zone, name, len + 2) == NULL &&
	    dns_zone_encloser(zone, name, len + 2, &skipped) != node)
		abort();
	(void)dns_zone_cut(zone, node);
	(void)dns_zone_wildcard(zone, node);
}

static void
place(const struct dns_zone *zone, const struct dns_rrset *rrset)
{
	static uint8_t message[DNS_FIX_SELF_MAX + 2 * DNS_TCP_MAX];

	dns_rrset_place(zone, rrset, true, message, DNS_FIX_SELF_MAX,
	    &(struct dns_owner){.owner = 12, .tail = 12});
	(void)dns_rrset_ttl(zone, rrset);
}

static void
use(const struct dns_zone *zone)
{
	for (uint32_t i = 0; i < zone->node_count; i++) {
		const struct dns_node *node = dns_zone_nth(zone, i);

		look_up(zone, node);
		for (unsigned n = 0; n < node->rrset_count; n++)
			place(zone, &dns_node_rrsets(node)[n]);
	}
	place(zone, &zone->negative);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t aligned =
	    (size + DNS_ZONE_ALIGN) & ~(size_t)(DNS_ZONE_ALIGN - 1);
	uint8_t *block = aligned_alloc(DNS_ZONE_ALIGN, aligned);

	if (block == NULL)
		abort();
	memcpy(block, data, size);
	if (dns_zone_check(block, size) == NULL) {
		const struct dns_zone *zone =
		    (const struct dns_zone *)(void *)block;

		if ((zone->flags & DNS_ZONE_FAILED) == 0)
			use(zone);
	}
	free(block);
	return 0;
}
