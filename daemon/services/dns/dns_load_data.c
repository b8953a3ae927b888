/* dns_load_data.c — what a name holds. Loader process only. */
#include "services/dns/dns_load_data.h"

#include "core/bytes.h"
#include "services/dns/dns_load_rules.h"

#include <string.h>

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
	    .wire_len = (uint16_t)rendered->len,
	    .data = (uint32_t)block->used,
	    .fix_count = (uint16_t)rendered->fix_count,
	};
	memcpy(block->memory + block->used, rendered->fixes, fixes);
	block->used += fixes;
	memcpy(block->memory + block->used, rendered->wire, rendered->len);
	block->used += rendered->len;
}

/* Renders the records from START to END, of one type, as RRset INDEX whose
 * place is OUT. false: no memory. */
static bool
put_records(struct dns_load_block *block, size_t start, size_t end,
    uint32_t index, struct dns_rrset *out)
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
	        &block->rrset, &block->owner, records, count, ttl)) {
		dns_load_report_error(block->report, records[0]->file,
		    records[0]->line,
		    "more records of one name and type than any answer holds");
		return true;
	}
	put_rrset(block, out, records[0]->type, count);
	return put_targets(block, index);
}

bool
dns_load_data_put(struct dns_load_block *block, size_t list)
{
	const struct dns_load_group *group = &block->group;
	uint32_t index = 0;

	for (size_t start = 0, end; start < group->count; start = end) {
		struct dns_rrset *out = dns_load_block_rrset(
		    block, list + index * sizeof(struct dns_rrset));

		end = dns_load_group_type_end(group, start);
		if (!put_records(block, start, end, index++, out))
			return false;
	}
	return true;
}

void
dns_load_data_put_negative(struct dns_load_block *block)
{
	const struct dns_load_group *group = &block->group;
	const struct dns_load_record *soa = NULL;

	for (size_t i = 0; i < group->count && soa == NULL; i++)
		if (group->records[i]->type == DNS_TYPE_SOA)
			soa = group->records[i];
	if (soa == NULL)
		return;
	const uint8_t *end = dns_load_record_rdata(soa) + soa->length;
	uint32_t minimum = bytes_get32be(end - 4);
	uint32_t ttl = soa->ttl < minimum ? soa->ttl : minimum;

	if (ttl > INT32_MAX) /* RFC 2181 §8 */
		ttl = 0;
	block->zone->serial = bytes_get32be(end - 20);
	if (dns_load_rrset_render(&block->rrset, &block->owner, &soa, 1, ttl))
		put_rrset(block, &block->zone->negative, DNS_TYPE_SOA, 1);
}
