/* dns_load_data.c — what a name holds. Loader process only. */
#include "services/dns/dns_load_data.h"

#include "core/bytes.h"
#include "services/dns/dns_dnssec.h"
#include "services/dns/dns_load_rules.h"
#include "services/dns/dns_rrset.h"

#include <string.h>

enum { ALL_TYPES = UINT16_MAX + 1 }; /* more than any */

/* Does the name end in the apex, so that it may have a node? */
static bool
is_in_zone(const struct dns_zone *zone, const uint8_t *name)
{
	size_t len = dns_name_length(name);

	while (len > zone->apex_len) {
		len -= 1 + (size_t)name[0];
		name += 1 + name[0];
	}
	return len == zone->apex_len &&
	       dns_name_is_equal(name, zone->name, len);
}

/* Notes the names that are to be found once all nodes are there, and leaves
 * room for them behind the RRset. */
static bool
put_targets(struct dns_load_block *block, uint32_t index)
{
	const struct dns_load_rrset *rendered = &block->rrset;

	block->used = dns_load_block_align(block->used, 4);
	for (size_t i = 0; i < rendered->target_count; i++) {
		struct dns_load_target target = {
		    .rendered = rendered->targets[i],
		    .number = block->zone->node_count,
		    .rrset = index,
		};

		if (!is_in_zone(block->zone, target.rendered.name))
			continue;
		if (!dns_load_target_add(&block->targets, &target))
			return false;
		block->used += sizeof(struct dns_target);
	}
	return true;
}

/* Copies the RRset just rendered to the block's end, described at OUT. */
static void
put_rrset(struct dns_load_block *block, struct dns_rrset *out, unsigned type,
    size_t count)
{
	const struct dns_load_rrset *rendered = &block->rrset;
	size_t fixes = rendered->fix_count * sizeof(rendered->fixes[0]);

	block->used = dns_load_block_align(block->used, 4);
	*out = (struct dns_rrset){
	    .type = (uint16_t)type,
	    .count = (uint16_t)count,
	    .wire_len = (uint16_t)(rendered->len - rendered->sig_len),
	    .sig_len = (uint16_t)rendered->sig_len,
	    .data = (uint32_t)block->used,
	    .fix_count = (uint16_t)rendered->fix_count,
	};
	memcpy(block->memory + block->used, rendered->fixes, fixes);
	block->used += fixes;
	memcpy(block->memory + block->used, rendered->wire, rendered->len);
	block->used += rendered->len;
}

/* ------------------------------------------------------------ signatures */

/* Tells that RRSIG covers nothing. Apart, for its text is to cost nothing where
 * there is nothing to tell. */
static void
tell_one_stray(
    const struct dns_load_block *block, const struct dns_load_record *rrsig)
{
	uint16_t covered = dns_dnssec_covered(dns_load_record_rdata(rrsig));
	char text[DNS_NAME_TEXT_MAX], type[DNS_LOAD_REPORT_TYPE_MAX];

	/* NSEC3 is not among what a name holds. */
	if (covered != DNS_TYPE_NSEC3)
		dns_load_report_warning(block->report, rrsig->file, rrsig->line,
		    "%s has an RRSIG for its %s, but no such data",
		    dns_name_format(block->owner.name, text),
		    dns_load_report_type(covered, type));
}

/* Tells of the signatures from START to END, which cover nothing here. */
static void
tell_stray(const struct dns_load_block *block, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		tell_one_stray(block, block->group.records[i]);
}

void
dns_load_data_tell_stray(const struct dns_load_block *block)
{
	size_t start = block->group.signatures;

	tell_stray(block, start,
	    dns_load_group_covering(&block->group, start, ALL_TYPES));
}

static void
tell_too_long(
    const struct dns_load_block *block, const struct dns_load_record *record)
{
	dns_load_report_error(block->report, record->file, record->line,
	    "more records of one name and type than any answer holds");
}

/* Appends the signatures of the set just rendered, whose first record is DATA:
 * those that come next behind CURSOR, which goes on. Only the zone's own data
 * has any (RFC 4035 §2.2): others are never served. false: no memory. */
static bool
put_signatures(struct dns_load_block *block, const struct dns_load_record *data,
    uint32_t ttl, size_t *cursor)
{
	struct dns_load_group *group = &block->group;

	if (block->records->rrsig_count == 0)
		return true;
	size_t start = dns_load_group_covering(group, *cursor, data->type);
	size_t end = dns_load_group_covering_end(group, start, data->type);
	const struct dns_load_record *const *records = group->records + start;

	tell_stray(block, *cursor, start);
	*cursor = end;
	if (!dns_load_signed_is_own(block->flags, data->type))
		return true;
	if (start < end) {
		end = dns_load_group_unique(group, start, end);
		if (end == 0)
			return false;
	}
	dns_load_signed_rrset(
	    &block->signing, block->owner.name, data, records, end - start);
	if (!dns_load_rrset_sign(&block->rrset, records, end - start, ttl))
		tell_too_long(block, data);
	return true;
}

/* ---------------------------------------------------------------- RRsets */

bool
dns_load_data_put_set(struct dns_load_block *block, size_t start, size_t end,
    size_t *cursor, struct dns_rrset *out)
{
	const struct dns_load_record *const *records =
	    block->group.records + start;
	const uint8_t *name = block->owner.name;

	end = dns_load_group_unique(&block->group, start, end);
	if (end == 0)
		return false;
	size_t count = end - start;
	uint32_t ttl = records[0]->ttl;

	if (count > 1) {
		dns_load_rules_rrset(block->report, name, records, count);
		ttl = dns_load_rules_ttl(block->report, name, records, count);
	}
	if (!dns_load_rrset_render(
	        &block->rrset, &block->owner, records, count, ttl))
		tell_too_long(block, records[0]);
	if (!put_signatures(block, records[0], ttl, cursor))
		return false;
	put_rrset(block, out, records[0]->type, count);
	return true;
}

/* Are records of TYPE an RRset of their node? RRSIGs are part of the sets that
 * they cover; NSEC3 has a place of its own (RFC 5155 §7.2.8). */
static bool
is_node_type(unsigned type)
{
	return type != DNS_TYPE_RRSIG && type != DNS_TYPE_NSEC3;
}

size_t
dns_load_data_count(const struct dns_load_group *group)
{
	size_t count = 0;

	for (size_t i = 0; i < group->count;
	     i = dns_load_group_type_end(group, i))
		count += is_node_type(group->records[i]->type);
	return count;
}

bool
dns_load_data_put(struct dns_load_block *block, const struct dns_node *node)
{
	const struct dns_load_group *group = &block->group;
	size_t cursor = group->signatures;
	size_t list =
	    (size_t)((const uint8_t *)dns_node_rrsets(node) - block->memory);
	uint32_t index = 0;

	for (size_t start = 0, end; start < group->count; start = end) {
		struct dns_rrset *out = dns_load_block_rrset(
		    block, list + index * sizeof(struct dns_rrset));

		end = dns_load_group_type_end(group, start);
		if (!is_node_type(group->records[start]->type))
			continue;
		if (!dns_load_data_put_set(block, start, end, &cursor, out) ||
		    !put_targets(block, index++))
			return false;
	}
	tell_stray(
	    block, cursor, dns_load_group_covering(group, cursor, ALL_TYPES));
	return true;
}

/* ----------------------------------------------------- negative answers */

/* The apex' SOA once more, with its signatures: what they sign is the original
 * TTL, whichever the records have (RFC 4034 §3.1.8.1). */
void
dns_load_data_put_negative(struct dns_load_block *block)
{
	struct dns_zone *zone = block->zone;
	const struct dns_rrset *soa =
	    dns_node_find(dns_zone_apex(zone), DNS_TYPE_SOA);

	if (soa == NULL)
		return;
	const uint8_t *end = dns_rrset_wire(zone, soa) + soa->wire_len;
	uint32_t minimum = bytes_get32be(end - DNS_SOA_MINIMUM);
	uint32_t ttl = dns_rrset_ttl(zone, soa);
	size_t fixes = soa->fix_count * sizeof(struct dns_fix);
	size_t size = (size_t)soa->wire_len + soa->sig_len;
	uint8_t *out = block->memory + dns_load_block_align(block->used, 4);

	if (minimum < ttl) /* RFC 2308 §3 */
		ttl = minimum;
	zone->serial = bytes_get32be(end - DNS_SOA_SERIAL);
	zone->negative = *soa;
	zone->negative.data = (uint32_t)(out - block->memory);
	memcpy(out, dns_rrset_fixes(zone, soa), fixes + size);
	out += fixes;
	for (size_t rr = 0; rr < size;
	     rr += DNS_RR_RDATA + bytes_get16be(out + rr + DNS_RR_LENGTH))
		bytes_put32be(out + rr + DNS_RR_TTL, ttl);
	block->used = (size_t)(out - block->memory) + size;
}
