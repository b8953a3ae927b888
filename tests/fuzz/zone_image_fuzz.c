/*
 * zone_image_fuzz.c — any bytes as a zone's block: dns_zone_check refuses it,
 * or all lookups, answers and texts that are made of it stay inside.
 */
#include "services/dns/dns_answer.h"
#include "services/dns/dns_text_zone.h"
#include "services/dns/dns_zone_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	NODES_MAX = 64, /* asked for: they cost some 50 answers each */
	SLOTS = 2,
};

/* A part of the image with one zone, its block behind it. */
struct part {
	struct dns_catalog catalog;
	uint64_t block;
	struct dns_catalog_slot slots[SLOTS];
};

enum { BLOCK = (sizeof(struct part) + DNS_ZONE_ALIGN) & -DNS_ZONE_ALIGN };

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

/* Asks for NAME, LEN bytes, with DO, by TCP. */
static void
ask(const struct dns_context *context, const uint8_t *name, size_t len)
{
	static const uint8_t types[] = {1, 2, 5, 6, 16, 39, 43, 46, 47, 255};
	static const uint8_t opt[] = {0, 0, 41, 16, 0, 0, 0, 0x80, 0, 0, 0};
	static uint8_t out[DNS_TCP_MAX];
	uint8_t query[512] = {0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1};
	size_t end = DNS_HEADER_SIZE + len;

	if (len > DNS_NAME_MAX)
		return;
	memcpy(query + DNS_HEADER_SIZE, name, len);
	memcpy(query + end, (const uint8_t[]){0, 0, 0, 1}, 4);
	memcpy(query + end + 4, opt, sizeof(opt));
	for (size_t i = 0; i < sizeof(types); i++) {
		query[end + 1] = types[i];
		(void)dns_answer(context,
		    (struct span){query, end + 4 + sizeof(opt)},
		    (struct space){out, sizeof(out)});
	}
}

/* Asks for the node, for what is below it, and deeper. */
static void
ask_node(const struct dns_context *context, const struct dns_zone *zone,
    const struct dns_node *node)
{
	uint8_t name[3 * DNS_NAME_MAX] = "\1b\1*\1~";

	memcpy(name + 6, dns_node_name(node), node->name_len);
	memcpy(name + 6 + node->name_len, zone->name, zone->apex_len);
	for (size_t at = 0; at <= 6; at += 2)
		ask(context, name + at,
		    6 - at + node->name_len + zone->apex_len);
}

static void
print(const struct dns_zone *zone)
{
	static uint8_t message[DNS_TEXT_ZONE_MESSAGE];
	static uint8_t line[DNS_TEXT_ZONE_RECORD_MAX];
	struct dns_text_zone walk = dns_text_zone_open(zone, message);
	bool is_more;

	do {
		struct dns_text text =
		    dns_text_open((struct space){line, sizeof(line)});

		is_more = dns_text_zone_next(&walk, &text);
	} while (is_more);
}

static void
use(const struct part *part, const struct dns_zone *zone)
{
	static struct digest *digest;
	static const struct addr peer = {.in4 = {.sin_family = AF_INET}};
	struct dns_context context = {
	    .catalog = &part->catalog,
	    .peer = &peer,
	    .transport = TRANSPORT_TCP,
	};

	if (digest == NULL)
		digest = digest_open();
	context.digest = digest;
	for (uint32_t i = 0; i < zone->node_count; i++)
		look_up(zone, dns_zone_nth(zone, i));
	for (uint32_t i = 0; i < zone->node_count && i < NODES_MAX; i++)
		ask_node(&context, zone, dns_zone_nth(zone, i));
	print(zone);
}

/* PART with the zone whose block lies behind it, as dns_load makes it. */
static void
list(struct part *part, const struct dns_zone *zone)
{
	uint64_t hash = dns_name_hash(zone->name, zone->apex_len);

	*part = (struct part){
	    .catalog =
	        {
	            .zone_count = 1,
	            .slot_count = SLOTS,
	            .blocks = offsetof(struct part, block),
	            .slots = offsetof(struct part, slots),
	        },
	    .block = BLOCK,
	};
	memcpy(part->catalog.magic, DNS_CATALOG_MAGIC,
	    sizeof(part->catalog.magic));
	part->catalog.labels[zone->apex_labels / 64] =
	    (uint64_t)1 << zone->apex_labels % 64;
	part->slots[(hash >> 32) * SLOTS >> 32] =
	    (struct dns_catalog_slot){.hash = hash, .block = BLOCK};
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t aligned =
	    (BLOCK + size + DNS_ZONE_ALIGN) & ~(size_t)(DNS_ZONE_ALIGN - 1);
	struct part *part = aligned_alloc(DNS_ZONE_ALIGN, aligned);

	if (part == NULL)
		abort();
	uint8_t *block = (uint8_t *)part + BLOCK;
	const struct dns_zone *zone =
	    (const struct dns_zone *)(const void *)block;

	memcpy(block, data, size);
	if (dns_zone_check(block, size) == NULL &&
	    (zone->flags & DNS_ZONE_FAILED) == 0) {
		list(part, zone);
		use(part, zone);
	}
	free(part);
	return 0;
}
