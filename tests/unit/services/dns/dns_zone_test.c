/* dns_zone_test.c — what lookups find in a block, and what nodes say. */
#include "load_fixture.h"

#include "core/bytes.h"
#include "services/dns/dns_rrset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char text[] = "$TTL 300\n"
                           "@ 600 SOA ns hostmaster 7 2 3 4 60\n"
                           "@ NS ns\n"
                           "  NS ns.other.\n"
                           "  MX 10 Mail\n"
                           "  MX 20 in.sub\n"
                           "ns A 192.0.2.1\n"
                           "Mail A 192.0.2.2\n"
                           "  AAAA 2001:db8::2\n"
                           "sub NS NS.sub\n"
                           "  NS ns.peer\n"
                           "  NS ns\n"
                           "  NS sub\n"
                           "  A 192.0.2.9\n"
                           "ns.sub A 192.0.2.3\n"
                           "x.ns.sub NS ns\n"
                           "in.sub A 192.0.2.4\n"
                           "*.sub A 192.0.2.4\n"
                           "peer NS ns.peer\n"
                           "ns.peer A 192.0.2.5\n"
                           "www CNAME mail\n"
                           "d DNAME other.\n"
                           "c.b.a TXT deep\n"
                           "*.w MX 1 host.w\n"
                           "f.*.e A 192.0.2.6\n"
                           "_sip._tcp SRV 1 2 3 mail\n"
                           "_sip._tcp SRV 1 2 3 mail.other.\n"
                           "\\000 A 192.0.2.7\n"
                           "\\000a A 192.0.2.7\n"
                           "a\\000 A 192.0.2.8\n"
                           "a\\.b A 192.0.2.8\n";

static struct load_fixture *fixture;
static const struct dns_zone *zone;

static int
open_zone(void **state)
{
	(void)state;
	fixture = load_fixture_open();
	zone = load_fixture_zone(fixture, text);
	return zone->flags == 0 ? 0 : -1;
}

static int
close_zone(void **state)
{
	(void)state;
	load_fixture_close(fixture);
	return 0;
}

static const struct dns_node *
node(const char *name)
{
	const struct dns_node *found = load_fixture_node(zone, name);

	assert_non_null(found);
	return found;
}

static const struct dns_rrset *
rrset(const char *name, uint16_t type)
{
	const struct dns_rrset *found = dns_node_find(node(name), type);

	assert_non_null(found);
	return found;
}

static void
header(void **state)
{
	(void)state;
	assert_int_equal(zone->serial, 7);
	assert_int_equal(zone->apex_labels, 1);
	assert_int_equal(zone->apex_len, 9);
	assert_int_equal(zone->depth, 3);
	assert_ptr_equal(dns_zone_apex(zone), node("example"));
	/* RFC 2308 §3: min(600, 60). */
	assert_int_equal(dns_rrset_ttl(zone, &zone->negative), 60);
	assert_int_equal(
	    dns_rrset_ttl(zone, rrset("example", DNS_TYPE_SOA)), 600);
}

static void
flags(void **state)
{
	static const struct {
		const char *name;
		unsigned flags;
	} expected[] = {
	    {"example", DNS_NODE_APEX},
	    {"mail.example", DNS_NODE_MIXED_CASE},
	    {"sub.example", DNS_NODE_DELEGATION},
	    {"ns.sub.example", DNS_NODE_OCCLUDED},
	    {"x.ns.sub.example", DNS_NODE_OCCLUDED},
	    {"*.sub.example", DNS_NODE_OCCLUDED | DNS_NODE_WILDCARD},
	    {"www.example", DNS_NODE_CNAME},
	    {"d.example", DNS_NODE_DNAME},
	    {"b.a.example", DNS_NODE_EMPTY},
	    {"a.example", DNS_NODE_EMPTY},
	    {"c.b.a.example", 0},
	    {"w.example", DNS_NODE_EMPTY | DNS_NODE_WILDCARD_CHILD},
	    {"*.w.example", DNS_NODE_WILDCARD},
	    {"*.e.example", DNS_NODE_EMPTY | DNS_NODE_WILDCARD},
	    {"e.example", DNS_NODE_EMPTY | DNS_NODE_WILDCARD_CHILD},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		assert_int_equal(
		    node(expected[i].name)->flags, expected[i].flags);
	assert_ptr_equal(
	    dns_zone_cut(zone, node("x.ns.sub.example")), node("sub.example"));
	assert_ptr_equal(
	    dns_zone_cut(zone, node("sub.example")), node("sub.example"));
	assert_null(dns_zone_cut(zone, node("www.example")));
	assert_ptr_equal(
	    dns_zone_wildcard(zone, node("w.example")), node("*.w.example"));
	assert_null(dns_zone_wildcard(zone, node("sub.example")));
}

static void
canonical_order(void **state)
{
	static const char *const first[] = {"example", "\\000.example",
	    "\\000a.example", "_tcp.example", "_sip._tcp.example", "a.example",
	    "b.a.example", "c.b.a.example", "a\\000.example", "a\\.b.example",
	    "d.example", "e.example", "*.e.example", "f.*.e.example",
	    "mail.example"};

	(void)state;
	for (uint32_t i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
		assert_ptr_equal(dns_zone_nth(zone, i), node(first[i]));
		assert_int_equal(dns_zone_number(zone, node(first[i])), i);
	}
}

static void
spelling(void **state)
{
	(void)state;
	assert_memory_equal(dns_node_name(node("mail.example")), "\4mail", 5);
	assert_memory_equal(
	    dns_node_spelling(node("mail.example")), "\4Mail", 5);
	assert_memory_equal(dns_node_spelling(node("ns.example")), "\2ns", 3);
}

static void
closest_encloser(void **state)
{
	static const struct {
		const char *name, *encloser;
		size_t skipped;
	} expected[] = {
	    {"nil.example", "example", 4},
	    {"a.b.c.d.e.f.nil.example", "example", 16},
	    {"nil.www.example", "www.example", 4},
	    {"a.nil.c.b.a.example", "c.b.a.example", 6},
	    {"q.b.a.example", "b.a.example", 2},
	    {"nil.sub.example", "sub.example", 4},
	    {"nil.in.sub.example", "in.sub.example", 4},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		uint8_t name[DNS_NAME_MAX];
		size_t skipped, len = dns_name_parse(expected[i].name, name);

		assert_null(dns_zone_find(zone, name, len));
		assert_ptr_equal(dns_zone_encloser(zone, name, len, &skipped),
		    node(expected[i].encloser));
		assert_int_equal(skipped, expected[i].skipped);
	}
}

/* The nodes of NAME's RRset of TYPE, in their order, as flags and names. */
static void
expect_targets(const char *name, uint16_t type, size_t count,
    const char *const names[], const unsigned target_flags[])
{
	const struct dns_rrset *found = rrset(name, type);
	const struct dns_target *targets = dns_rrset_targets(zone, found);

	assert_int_equal(found->target_count, count);
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(
		    dns_zone_node(zone, targets[i].node), node(names[i]));
		assert_int_equal(targets[i].flags, target_flags[i]);
	}
}

static void
targets(void **state)
{
	(void)state;
	expect_targets("sub.example", DNS_TYPE_NS, 4,
	    (const char *const[]){"ns.sub.example", "sub.example",
	        "ns.peer.example", "ns.example"},
	    (const unsigned[]){DNS_TARGET_IN_DOMAIN | DNS_TARGET_OCCLUDED,
	        DNS_TARGET_IN_DOMAIN | DNS_TARGET_OCCLUDED, DNS_TARGET_OCCLUDED,
	        0});
	expect_targets("example", DNS_TYPE_NS, 1,
	    (const char *const[]){"ns.example"}, (const unsigned[]){0});
	expect_targets("example", DNS_TYPE_MX, 2,
	    (const char *const[]){"mail.example", "in.sub.example"},
	    (const unsigned[]){0, DNS_TARGET_OCCLUDED});
	expect_targets("www.example", DNS_TYPE_CNAME, 1,
	    (const char *const[]){"mail.example"}, (const unsigned[]){0});
	expect_targets("_sip._tcp.example", DNS_TYPE_SRV, 1,
	    (const char *const[]){"mail.example"}, (const unsigned[]){0});
}

/* Reads the name at AT of MESSAGE, following pointers, as text. */
static const char *
name_at(const uint8_t *message, size_t at)
{
	static char out[DNS_NAME_TEXT_MAX];
	uint8_t name[DNS_NAME_MAX];
	size_t len = 0;

	while (message[at] != 0) {
		if (message[at] >= 0xc0) {
			size_t to = bytes_get16be(message + at) & 0x3fffu;

			assert_true(to < at);
			at = to;
			continue;
		}
		memcpy(name + len, message + at, 1 + (size_t)message[at]);
		len += 1 + (size_t)message[at];
		at += 1 + (size_t)message[at];
	}
	name[len] = 0;
	return dns_name_format(name, out);
}

/* A message with a question for NAME; the offset behind it. */
static size_t
put_question(uint8_t *message, const char *name)
{
	return 12 + dns_name_parse(name, message + 12) + 4;
}

static void
answer_is_a_copy(void **state)
{
	uint8_t message[600] = {0}, placed[600];
	size_t at = put_question(message, "example");
	const struct dns_rrset *mx = rrset("example", DNS_TYPE_MX);

	(void)state;
	memcpy(placed, message, sizeof(placed));
	memcpy(message + at, dns_rrset_wire(zone, mx), mx->wire_len);
	assert_int_equal(dns_rrset_place(zone, mx, false, placed, at,
	                     &(struct dns_owner){.owner = 12, .tail = 12}),
	    mx->wire_len);
	assert_memory_equal(placed, message, sizeof(placed));
	assert_string_equal(name_at(message, at), "example.");
	assert_string_equal(name_at(message, at + 14), "Mail.example.");
	/* 2 + 2 + 2 + 4 + 2, 2, "\4Mail" and a pointer */
	assert_string_equal(name_at(message, at + 21 + 14), "in.sub.example.");
}

static void
negative_soa_is_placed(void **state)
{
	uint8_t message[600] = {0};
	size_t at = put_question(message, "nil.deep.example");
	const uint16_t apex = 12 + 9;

	(void)state;
	dns_rrset_place(zone, &zone->negative, false, message, at,
	    &(struct dns_owner){.owner = apex, .tail = apex});
	assert_string_equal(name_at(message, at), "example.");
	assert_string_equal(name_at(message, at + 12), "ns.example.");
	assert_string_equal(
	    name_at(message, at + 12 + 5), "hostmaster.example.");
}

static void
wildcard_is_placed_at_a_longer_name(void **state)
{
	uint8_t message[600] = {0};
	size_t at = put_question(message, "x.y.w.example");

	(void)state;
	/* "*.w.example." has 13 bytes, the question 15. */
	dns_rrset_place(zone, rrset("*.w.example", DNS_TYPE_MX), false, message,
	    at, &(struct dns_owner){.owner = 12, .tail = 12 + 15 - 13});
	assert_string_equal(name_at(message, at), "x.y.w.example.");
	assert_string_equal(name_at(message, at + 14), "host.w.example.");
}

/* The owner as labels at 100 and a pointer to the apex at 12. */
static void
owner_in_two_pieces(void **state)
{
	uint8_t message[600] = {0};

	(void)state;
	put_question(message, "example");
	memcpy(message + 100, "\3sub\xc0\x0c", 6);
	size_t len = dns_rrset_place(zone, rrset("sub.example", DNS_TYPE_NS),
	    false, message, 200,
	    &(struct dns_owner){
	        .owner = 100,
	        .head = 100,
	        .head_len = 4,
	        .tail = 12,
	    });
	static const char *const names[] = {"NS.sub.example.",
	    "ns.peer.example.", "ns.example.", "sub.example."};
	size_t at = 200;

	for (unsigned i = 0; i < 4; i++) {
		assert_string_equal(name_at(message, at), "sub.example.");
		assert_string_equal(name_at(message, at + 12), names[i]);
		at += 12 + (size_t)bytes_get16be(message + at + 10);
	}
	assert_int_equal(at, 200 + len);
}

static void
only_old_types_are_compressed(void **state)
{
	(void)state;
	assert_int_equal(rrset("d.example", DNS_TYPE_DNAME)->fix_count, 0);
	assert_int_equal(
	    rrset("_sip._tcp.example", DNS_TYPE_SRV)->fix_count, 0);
	assert_int_equal(rrset("www.example", DNS_TYPE_CNAME)->fix_count, 1);
	assert_int_equal(rrset("example", DNS_TYPE_MX)->fix_count, 2);
	assert_int_equal(rrset("example", DNS_TYPE_NS)->fix_count, 1);
}

static void
node_fits_a_cache_line(void **state)
{
	size_t at = (size_t)((const uint8_t *)node("ns.example") -
	                     (const uint8_t *)zone);

	(void)state;
	assert_in_range(at % DNS_ZONE_ALIGN, 0, 12);
	assert_in_range(
	    sizeof(struct dns_node) + 4 + sizeof(struct dns_rrset) + 16, 0, 64);
}

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static void
index_alone_finds_every_node_by_its_hash(void **state)
{
	(void)state;
	for (uint32_t i = 1; i < zone->node_count; i++) {
		const struct dns_node *node = dns_zone_nth(zone, i);
		uint64_t hash =
		    dns_name_hash(dns_node_name(node), node->name_len);

		assert_ptr_equal(dns_zone_candidate(zone, hash), node);
		assert_null(dns_zone_candidate(zone, hash ^ 1));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("DNS 15, RFC 2308 §3: header and negative SOA", header),
	    TEST(
	        "DNS 14, RFC 4592 §2.2.2: what nodes say of themselves", flags),
	    TEST("RFC 4034 §6.1: canonical order", canonical_order),
	    TEST("DNS 37: names keep the file's case", spelling),
	    TEST("RFC 4592 §3.3.1: closest encloser", closest_encloser),
	    TEST("DNS 28, RFC 9471 §3: targets of additional data", targets),
	    TEST("an answer to the owner's name is a copy", answer_is_a_copy),
	    TEST("the SOA of a negative answer", negative_soa_is_placed),
	    TEST("DNS 18, RFC 4592 §3.3.1: a wildcard at a longer name",
	        wildcard_is_placed_at_a_longer_name),
	    TEST("DNS 36: an owner in two pieces", owner_in_two_pieces),
	    TEST("DNS 35, RFC 3597 §4: only old types are compressed",
	        only_old_types_are_compressed),
	    TEST("a node with its address fits a cache line",
	        node_fits_a_cache_line),
	    cmocka_unit_test(index_alone_finds_every_node_by_its_hash),
	};

	return cmocka_run_group_tests_name(
	    "dns_zone", tests, open_zone, close_zone);
}
