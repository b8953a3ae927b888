/* dns_text_zone.c — a zone's block as a master file. Pure. */
#include "services/dns/dns_text_zone.h"

#include "core/bytes.h"
#include "services/dns/dns_base32.h"
#include "services/dns/dns_nsec3.h"
#include "services/dns/dns_text_record.h"

#include <string.h>

enum { OWNER_AT = DNS_HEADER_SIZE };

struct dns_text_zone
dns_text_zone_open(const struct dns_zone *zone, uint8_t *message)
{
	return (struct dns_text_zone){.zone = zone, .message = message};
}

/* The message's question: LEN bytes of LABELS below the apex. */
static size_t
put_owner(struct dns_text_zone *walk, const uint8_t *labels, size_t len)
{
	const struct dns_zone *zone = walk->zone;
	uint8_t *owner = walk->message + OWNER_AT;

	memcpy(owner, labels, len);
	memcpy(owner + len, zone->name, zone->apex_len);
	return OWNER_AT + len + zone->apex_len + DNS_QUESTION_FIXED;
}

/* The message's answer, as stored: its question is for the owner. */
static void
put_rrset(struct dns_text_zone *walk, const struct dns_rrset *rrset,
    const uint8_t *labels, size_t len)
{
	size_t size = (size_t)rrset->wire_len + rrset->sig_len;

	walk->at = put_owner(walk, labels, len);
	walk->end = walk->at + size;
	memcpy(
	    walk->message + walk->at, dns_rrset_wire(walk->zone, rrset), size);
}

/* ------------------------------------------------------------------ order */

/* NSEC3's own label, with its length. */
static void
put_hash(const struct dns_nsec3 *nsec3, uint8_t label[1 + DNS_NSEC3_LABEL])
{
	label[0] = DNS_NSEC3_LABEL;
	dns_base32_encode(label + 1, nsec3->hash, sizeof(nsec3->hash));
}

/* Does a name of one label below the apex come before NODE? */
static bool
is_before(const uint8_t *label, const struct dns_node *node)
{
	const uint8_t *top = dns_node_name(node);

	if (node->name_labels == 0)
		return false;
	for (unsigned i = 1; i < node->name_labels; i++)
		top += 1 + top[0];
	int order = dns_name_compare_labels(label, top);

	return order < 0 || (order == 0 && node->name_labels > 1);
}

/* Puts the next RRset of the NSEC3 chain, or behind all nodes of other chains;
 * false: the next node is first, or there is none. */
static bool
put_nsec3(struct dns_text_zone *walk)
{
	const struct dns_zone *zone = walk->zone;
	bool has_chain = (zone->flags & DNS_ZONE_NSEC3) != 0;
	uint32_t count = has_chain ? zone->proof_count : 0;
	uint32_t number = walk->next_nsec3;
	bool is_last = walk->next_node == zone->node_count;
	uint8_t label[1 + DNS_NSEC3_LABEL];

	if (number >= count &&
	    (!is_last || number - count == zone->spare_link_count))
		return false;
	const struct dns_nsec3 *nsec3 =
	    number < count ? dns_zone_nsec3(zone, number)
	                   : dns_zone_spare_link(zone, number - count);

	put_hash(nsec3, label);
	if (!is_last && !is_before(label, dns_zone_nth(zone, walk->next_node)))
		return false;
	walk->next_nsec3++;
	put_rrset(walk, &nsec3->rrset, label, sizeof(label));
	return true;
}

/* RRset NUMBER of NODE, by type, but for the SOA that begins a zone: there are
 * programs that want it so. */
static const struct dns_rrset *
nth_rrset(const struct dns_node *node, unsigned number)
{
	const struct dns_rrset *rrsets = dns_node_rrsets(node);
	const struct dns_rrset *soa = dns_node_find(node, DNS_TYPE_SOA);

	if ((node->flags & DNS_NODE_APEX) == 0 || soa == NULL)
		return &rrsets[number];
	if (number == 0)
		return soa;
	return &rrsets[number - (&rrsets[number] <= soa)];
}

/* Puts the next RRset; false: the zone is at its end. */
static bool
put_next(struct dns_text_zone *walk)
{
	const struct dns_node *node = walk->node;

	while (node == NULL || walk->rrset == node->rrset_count) {
		if (put_nsec3(walk))
			return true;
		if (walk->next_node == walk->zone->node_count)
			return false;
		node = dns_zone_nth(walk->zone, walk->next_node++);
		walk->node = node;
		walk->rrset = 0;
	}
	put_rrset(walk, nth_rrset(node, walk->rrset++), dns_node_spelling(node),
	    node->name_len);
	return true;
}

bool
dns_text_zone_next(struct dns_text_zone *walk, struct dns_text *text)
{
	if (walk->at == walk->end && !put_next(walk))
		return false;
	const uint8_t *rr = walk->message + walk->at;
	const struct dns_text_record record = {
	    .name = walk->message + OWNER_AT,
	    .ttl = bytes_get32be(rr + DNS_RR_TTL),
	    .type = bytes_get16be(rr + DNS_RR_TYPE),
	    .message = walk->message,
	    .at = walk->at + DNS_RR_RDATA,
	    .len = bytes_get16be(rr + DNS_RR_LENGTH),
	};

	walk->at = record.at + record.len;
	dns_text_record(text, &record);
	dns_text_char(text, '\n');
	return true;
}
