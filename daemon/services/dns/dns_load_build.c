/* dns_load_build.c — records → zone block. Loader process only. */
#include "services/dns/dns_load_build.h"

#include "core/bytes.h"
#include "services/dns/dns_load_group.h"
#include "services/dns/dns_load_rrset.h"
#include "services/dns/dns_load_rules.h"
#include "services/dns/dns_load_sort.h"
#include "services/dns/dns_load_target.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 8 }; /* names: some 100 ns each */

/* An ancestor of the name at work, or that name. */
struct level {
	const uint8_t *key;
	size_t key_len;
	uint32_t node;
};

struct builder {
	struct dns_load_records *records;
	struct dns_load_report *report;
	struct dns_zone *zone; /* the block */
	uint8_t *block;
	size_t used;
	uint32_t *order;
	struct level levels[DNS_LABEL_COUNT_MAX + 1]; /* the apex is 0 */
	unsigned depth;                               /* the last of LEVELS */
	unsigned cut_depth; /* of the topmost delegation or DNAME; 0 may be
	                       the apex's, so see CUT */
	uint32_t cut;       /* its node, 0: none */
	struct dns_load_group group;
	struct dns_load_targets targets;
	struct dns_load_rrset_owner owner;
	struct dns_load_rrset rrset;
};

uint64_t
dns_load_build_size(const struct dns_load_records *records,
    const struct dns_load_report *report)
{
	uint64_t size = records->size_max + DNS_ZONE_ALIGN;

	/* The second SOA: two names of any length. */
	size += 4 * DNS_NAME_MAX;
	for (unsigned i = 0; i < report->file_count; i++)
		size += strlen(report->files[i]) + 1;
	return size;
}

static size_t
align_up(size_t value, size_t align)
{
	return (value + align - 1) & ~(align - 1);
}

static struct dns_node *
node_at(const struct builder *builder, uint32_t offset)
{
	return (struct dns_node *)(void *)(builder->block + offset);
}

static struct dns_rrset *
rrset_at(const struct builder *builder, size_t offset)
{
	return (struct dns_rrset *)(void *)(builder->block + offset);
}

/* ----------------------------------------------------------------- a node */

/* Writes a node and its names at the block's end, with room for RRSETS, and
 * returns its offset. LABELS: NAME_LEN bytes below the apex, as spelled. */
static uint32_t
put_node(struct builder *builder, const uint8_t *labels, size_t name_len,
    unsigned label_count, size_t rrsets)
{
	size_t offset = align_up(builder->used, 4);
	struct dns_node *node = node_at(builder, (uint32_t)offset);
	uint8_t *name = (uint8_t *)(node + 1);
	size_t names = name_len;

	*node = (struct dns_node){
	    .rrset_count = (uint16_t)rrsets,
	    .name_len = (uint8_t)name_len,
	    .name_labels = (uint8_t)label_count,
	};
	dns_name_lower(name, labels, name_len);
	if (memcmp(name, labels, name_len) != 0) {
		node->flags |= DNS_NODE_MIXED_CASE;
		memcpy(name + name_len, labels, name_len);
		names *= 2;
	}
	if (name_len >= 2 && name[0] == 1 && name[1] == '*')
		node->flags |= DNS_NODE_WILDCARD;
	if (rrsets == 0)
		node->flags |= DNS_NODE_EMPTY;
	if (name_len == 0)
		node->flags |= DNS_NODE_APEX;
	builder->used = offset + sizeof(*node) + align_up(names, 4) +
	                rrsets * sizeof(struct dns_rrset);
	return (uint32_t)offset;
}

/* Moves the node from START to the block's end on, where it would lie in two
 * cache lines and could lie in one. */
static uint32_t
settle(struct builder *builder, uint32_t start)
{
	size_t size = builder->used - start;
	size_t in_line = DNS_ZONE_ALIGN - start % DNS_ZONE_ALIGN;

	if (size <= in_line || size > DNS_ZONE_ALIGN)
		return start;
	uint32_t moved = start + (uint32_t)in_line;
	struct dns_node *node = node_at(builder, moved);

	memmove(builder->block + moved, builder->block + start, size);
	memset(builder->block + start, 0, in_line);
	builder->used += in_line;
	size_t rrsets =
	    (size_t)((const uint8_t *)dns_node_rrsets(node) - builder->block);

	for (unsigned i = 0; i < node->rrset_count; i++)
		rrset_at(builder, rrsets + i * sizeof(struct dns_rrset))
		    ->data += (uint32_t)in_line;
	return moved;
}

/* Makes the node the deepest of the levels: its place in the order, and what it
 * is to the nodes above. */
static void
push(struct builder *builder, uint32_t offset, const uint8_t *key,
    size_t key_len)
{
	struct dns_node *node = node_at(builder, offset);
	const unsigned cuts = DNS_NODE_DELEGATION | DNS_NODE_DNAME;

	builder->order[builder->zone->node_count++] = offset;
	if (node->name_labels > 0) {
		struct dns_node *parent =
		    node_at(builder, builder->levels[builder->depth].node);

		builder->depth++;
		if (builder->cut != 0) {
			node->flags |= DNS_NODE_OCCLUDED;
			node->link = builder->cut;
			node->flags &= (uint16_t)~DNS_NODE_DELEGATION;
		} else if ((node->flags & DNS_NODE_WILDCARD) != 0) {
			parent->flags |= DNS_NODE_WILDCARD_CHILD;
			parent->link = offset;
		}
	}
	if (builder->depth > builder->zone->depth)
		builder->zone->depth = (uint8_t)builder->depth;
	if (builder->cut == 0 && (node->flags & cuts) != 0) {
		builder->cut = offset;
		builder->cut_depth = builder->depth;
	}
	builder->levels[builder->depth] = (struct level){
	    .key = key,
	    .key_len = key_len,
	    .node = offset,
	};
}

/* Leaves the levels that are no ancestors of NAME, and makes the missing
 * ancestors: empty non-terminals (RFC 4592 §2.2.2). */
static void
go_to_parent(struct builder *builder, const struct dns_load_name *name)
{
	const uint8_t *key = dns_load_name_key(name);

	for (; builder->depth > 0; builder->depth--) {
		const struct level *level = &builder->levels[builder->depth];

		if (level->key_len < name->key_len &&
		    memcmp(level->key, key, level->key_len) == 0)
			break;
	}
	if (builder->cut != 0 && builder->depth < builder->cut_depth)
		builder->cut = 0;
	const uint8_t *labels = dns_load_name_spelling(name);
	size_t skipped = 0, len = builder->levels[builder->depth].key_len;
	uint8_t starts[DNS_LABEL_COUNT_MAX];

	for (unsigned i = 0; i < name->labels; i++) {
		starts[i] = (uint8_t)skipped;
		skipped += 1 + (size_t)labels[skipped];
	}
	while (builder->depth + 1 < name->labels) {
		unsigned depth = builder->depth + 1;
		size_t start = starts[name->labels - depth];

		while (key[len++] != 0)
			continue;
		uint32_t node = put_node(
		    builder, labels + start, name->name_len - start, depth, 0);

		push(builder, settle(builder, node), key, len);
	}
}

/* --------------------------------------------------------------- its data */

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
put_targets(struct builder *builder, uint32_t index)
{
	const struct dns_load_rrset *rendered = &builder->rrset;

	builder->used = align_up(builder->used, 4);
	for (size_t i = 0; i < rendered->target_count; i++) {
		struct dns_load_target target = {
		    .rendered = rendered->targets[i],
		    .number = builder->zone->node_count,
		    .rrset = index,
		};

		if (!is_in_zone(builder->zone, target.rendered.name))
			continue;
		if (!dns_load_target_add(&builder->targets, &target))
			return false;
		builder->used += sizeof(struct dns_target);
	}
	return true;
}

/* Copies the RRset just rendered to the block's end, described at OUT. */
static void
put_rrset(
    struct builder *builder, struct dns_rrset *out, unsigned type, size_t count)
{
	const struct dns_load_rrset *rendered = &builder->rrset;
	size_t fixes = rendered->fix_count * sizeof(rendered->fixes[0]);

	builder->used = align_up(builder->used, 4);
	*out = (struct dns_rrset){
	    .type = (uint16_t)type,
	    .count = (uint16_t)count,
	    .wire_len = (uint16_t)rendered->len,
	    .data = (uint32_t)builder->used,
	    .fix_count = (uint16_t)rendered->fix_count,
	};
	memcpy(builder->block + builder->used, rendered->fixes, fixes);
	builder->used += fixes;
	memcpy(builder->block + builder->used, rendered->wire, rendered->len);
	builder->used += rendered->len;
}

static size_t
type_end(const struct dns_load_group *group, size_t start)
{
	size_t end = start + 1;

	while (end < group->count &&
	       group->records[end]->type == group->records[start]->type)
		end++;
	return end;
}

static unsigned
flags_of(const struct dns_load_group *group)
{
	unsigned flags = 0;

	for (size_t i = 0; i < group->count; i++) {
		if (group->records[i]->type == DNS_TYPE_NS)
			flags |= DNS_NODE_DELEGATION;
		if (group->records[i]->type == DNS_TYPE_CNAME)
			flags |= DNS_NODE_CNAME;
		if (group->records[i]->type == DNS_TYPE_DNAME)
			flags |= DNS_NODE_DNAME;
	}
	return flags;
}

/* Renders the records from START to END, of one type, as RRset INDEX whose
 * place is OUT. false: no memory. */
static bool
put_records(struct builder *builder, size_t start, size_t end, uint32_t index,
    struct dns_rrset *out)
{
	const struct dns_load_record *const *records =
	    builder->group.records + start;
	const uint8_t *name = builder->owner.name;

	end = dns_load_group_unique(&builder->group, start, end);
	if (end == 0)
		return false;
	size_t count = end - start;
	uint32_t ttl = records[0]->ttl;

	if (count > 1) {
		dns_load_rules_rrset(builder->report, name, records, count);
		ttl = dns_load_rules_ttl(builder->report, name, records, count);
	}
	if (!dns_load_rrset_render(
	        &builder->rrset, &builder->owner, records, count, ttl)) {
		dns_load_report_error(builder->report, records[0]->file,
		    records[0]->line,
		    "more records of one name and type than any answer holds");
		return true;
	}
	put_rrset(builder, out, records[0]->type, count);
	return put_targets(builder, index);
}

/* Renders the group as the RRsets of NODE, whose list is at offset LIST. */
static bool
put_data(struct builder *builder, size_t list)
{
	const struct dns_load_group *group = &builder->group;
	uint32_t index = 0;

	for (size_t start = 0, end; start < group->count; start = end) {
		struct dns_rrset *out =
		    rrset_at(builder, list + index * sizeof(struct dns_rrset));

		end = type_end(group, start);
		if (!put_records(builder, start, end, index++, out))
			return false;
	}
	return true;
}

/* The node of owners FIRST … END, which are one name. false: no memory. */
static bool
put_name(struct builder *builder, size_t first, size_t end)
{
	struct dns_load_records *records = builder->records;
	struct dns_load_group *group = &builder->group;
	const struct dns_load_name *name =
	    dns_load_records_name(records, &records->owners[first]);
	const uint8_t *labels = dns_load_name_spelling(name);
	size_t rrsets = 0;

	if (!dns_load_group_fill(group, records, first, end))
		return false;
	for (size_t i = 0; i < group->count; i = type_end(group, i))
		rrsets++;
	if (name->labels > 0)
		go_to_parent(builder, name);
	dns_load_rrset_set_owner(&builder->owner, labels, name->name_len,
	    records->apex, records->apex_len);
	uint32_t offset =
	    put_node(builder, labels, name->name_len, name->labels, rrsets);
	struct dns_node *node = node_at(builder, offset);

	node->flags |= (uint16_t)flags_of(group);
	if ((node->flags & DNS_NODE_APEX) != 0)
		node->flags &= (uint16_t)~DNS_NODE_DELEGATION;
	dns_load_rules_name(builder->report, builder->owner.name, group,
	    node->flags,
	    builder->cut == 0 ? 0 : node_at(builder, builder->cut)->flags);
	if (!put_data(
	        builder, builder->used - rrsets * sizeof(struct dns_rrset)))
		return false;
	push(builder, settle(builder, offset), dns_load_name_key(name),
	    name->key_len);
	return true;
}

/* RFC 2308 §3: what negative answers carry. The group is the apex's still; no
 * SOA in it has been told. */
static void
put_negative(struct builder *builder)
{
	const struct dns_load_group *group = &builder->group;
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
	builder->zone->serial = bytes_get32be(end - 20);
	if (dns_load_rrset_render(
	        &builder->rrset, &builder->owner, &soa, 1, ttl))
		put_rrset(builder, &builder->zone->negative, DNS_TYPE_SOA, 1);
}

/* All nodes, in order. The first is the apex: where it has no records there is
 * no SOA, which is told in its stead. false: not a zone, as told. */
static bool
put_names(struct builder *builder)
{
	struct dns_load_records *records = builder->records;
	size_t count = records->owner_count;

	if (count == 0 ||
	    dns_load_records_name(records, &records->owners[0])->labels > 0) {
		dns_load_report_error(builder->report, 0, 0, "has no SOA");
		return false;
	}
	for (size_t first = 0, end; first < count; first = end) {
		/* In a file without order each name is a cache miss, unless
		 * it is asked for some names ahead. */
		if (first + AHEAD < count)
			__builtin_prefetch(dns_load_records_name(
			    records, &records->owners[first + AHEAD]));
		for (end = first + 1;
		     end < count &&
		     dns_load_records_is_same(records, &records->owners[first],
		         &records->owners[end]);
		     end++)
			continue;
		if (!put_name(builder, first, end)) {
			dns_load_report_error(
			    builder->report, 0, 0, "not enough memory");
			return false;
		}
		if (first == 0) {
			builder->zone->apex = builder->order[0];
			put_negative(builder);
		}
	}
	return true;
}

/* ------------------------------------------------------- what comes behind */

static void
put_order(struct builder *builder)
{
	struct dns_zone *zone = builder->zone;
	size_t size = zone->node_count * sizeof(builder->order[0]);

	builder->used = align_up(builder->used, 4);
	zone->order = (uint32_t)builder->used;
	memcpy(builder->block + builder->used, builder->order, size);
	builder->used += size;
}

static void
put_slot(struct builder *builder, struct dns_slot *slots, uint32_t node,
    uint64_t hash)
{
	const struct dns_zone *zone = builder->zone;
	size_t i = (size_t)((hash >> 32) * zone->slot_count >> 32);

	while (slots[i].node != 0)
		if (++i == zone->slot_count)
			i = 0;
	slots[i] = (struct dns_slot){.tag = (uint32_t)hash, .node = node};
}

/* Three of five slots are taken: a hit looks at 1.8 of them, a miss at 3.6, of
 * eight in a cache line. The apex needs none. */
static void
put_index(struct builder *builder)
{
	struct dns_zone *zone = builder->zone;
	struct dns_slot *slots;

	builder->used = align_up(builder->used, DNS_ZONE_ALIGN);
	zone->index = (uint32_t)builder->used;
	zone->slot_count = zone->node_count + zone->node_count / 3 * 2 + 2;
	slots = (struct dns_slot *)(void *)(builder->block + builder->used);
	builder->used += zone->slot_count * sizeof(slots[0]);
	for (uint32_t i = 1; i < zone->node_count; i++) {
		const struct dns_node *node =
		    node_at(builder, builder->order[i]);

		put_slot(builder, slots, builder->order[i],
		    dns_name_hash(dns_node_name(node), node->name_len));
	}
}

static void
put_files(struct builder *builder)
{
	const struct dns_load_report *report = builder->report;

	builder->zone->files = (uint32_t)builder->used;
	for (unsigned i = 0; i < report->file_count; i++) {
		size_t size = strlen(report->files[i]) + 1;

		memcpy(builder->block + builder->used, report->files[i], size);
		builder->used += size;
	}
	builder->zone->files_len =
	    (uint32_t)builder->used - builder->zone->files;
}

static void
put_header(struct dns_zone *zone, const uint8_t *apex, size_t apex_len)
{
	memcpy(zone->magic, DNS_ZONE_MAGIC, sizeof(zone->magic));
	zone->apex_len = (uint8_t)apex_len;
	zone->apex_labels = (uint8_t)dns_name_labels(apex);
	memcpy(zone->name, apex, apex_len);
}

void
dns_load_build_stub(uint8_t *memory, const uint8_t *apex, size_t apex_len)
{
	struct dns_zone *zone = (struct dns_zone *)(void *)memory;

	put_header(zone, apex, apex_len);
	zone->size = DNS_LOAD_BUILD_STUB;
	zone->flags = DNS_ZONE_FAILED;
}

static bool
build(struct builder *builder, const uint64_t content[2])
{
	struct dns_zone *zone = builder->zone;
	unsigned errors = builder->report->errors;

	put_header(zone, builder->records->apex, builder->records->apex_len);
	builder->used = sizeof(*zone);
	if (!put_names(builder) || builder->report->errors != errors)
		return false;
	put_order(builder);
	put_index(builder);
	put_files(builder);
	zone->content[0] = content[0];
	zone->content[1] = content[1];
	builder->used = align_up(builder->used, DNS_ZONE_ALIGN);
	zone->size = (uint32_t)builder->used;
	dns_load_target_find(zone, &builder->targets, builder->report);
	return true;
}

size_t
dns_load_build(struct dns_load_records *records, struct dns_load_report *report,
    const uint64_t content[2], uint8_t *memory)
{
	struct builder *builder = calloc(1, sizeof(*builder));
	size_t size = 0;

	if (builder != NULL)
		builder->order =
		    calloc(records->node_max, sizeof(builder->order[0]));
	if (builder == NULL || builder->order == NULL ||
	    !dns_load_sort(records)) {
		dns_load_report_error(report, 0, 0, "not enough memory");
	} else {
		builder->records = records;
		builder->report = report;
		builder->block = memory;
		builder->zone = (struct dns_zone *)(void *)memory;
		if (build(builder, content))
			size = builder->used;
	}
	if (builder != NULL) {
		dns_load_group_close(&builder->group);
		dns_load_target_close(&builder->targets);
		free(builder->order);
	}
	free(builder);
	return size;
}
