/* dns_lookup_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_lookup.h"

#include "example_zones.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const struct dns_zone *zone;

static struct dns_lookup
look_up(const char *name, uint16_t qtype)
{
	uint8_t wire[DNS_NAME_MAX];
	size_t len = dns_name_parse(name, wire);

	assert_true(len > 0);
	return dns_lookup(zone, wire, len, qtype);
}

/* Expects KIND, and the node whose labels below the apex begin with LABEL,
 * SKIP bytes into the name. */
static void
expect(
    const char *name, enum dns_lookup_kind kind, const char *label, size_t skip)
{
	struct dns_lookup found = look_up(name, DNS_TYPE_A);

	assert_int_equal(found.kind, kind);
	assert_int_equal(found.skip, skip);
	assert_int_equal(dns_node_name(found.node)[0], strlen(label));
	assert_memory_equal(
	    dns_node_name(found.node) + 1, label, strlen(label));
}

static void
data(void **state)
{
	(void)state;
	expect("www.example", DNS_LOOKUP_DATA, "www", 0);
	expect("ent.example", DNS_LOOKUP_DATA, "ent", 0);
	expect("old.example", DNS_LOOKUP_DATA, "old", 0);
	expect("*.wild.example", DNS_LOOKUP_DATA, "*", 0);
	assert_false(look_up("*.wild.example", DNS_TYPE_A).is_wildcard);
	assert_int_equal(
	    look_up("example", DNS_TYPE_A).node->flags & DNS_NODE_APEX,
	    DNS_NODE_APEX);
}

static void
wildcard(void **state)
{
	(void)state;
	expect("abc.wild.example", DNS_LOOKUP_DATA, "*", 2);
	expect("x.wild.example", DNS_LOOKUP_DATA, "*", 0);
	expect("x.y.abc.wild.example", DNS_LOOKUP_DATA, "*", 6);
	assert_true(look_up("x.wild.example", DNS_TYPE_A).is_wildcard);
}

static void
missing(void **state)
{
	(void)state;
	static const char *const names[] = {"nowhere.example",
	    "x.exact.wild.example", "x.*.wild.example", "a.www.example"};
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
		    look_up(names[i], DNS_TYPE_A).kind, DNS_LOOKUP_NXDOMAIN);
}

static void
cuts(void **state)
{
	(void)state;
	expect("sub.example", DNS_LOOKUP_REFERRAL, "sub", 0);
	expect("ns.sub.example", DNS_LOOKUP_REFERRAL, "sub", 3);
	expect("a.ns.sub.example", DNS_LOOKUP_REFERRAL, "sub", 5);
	expect("x.y.sub.example", DNS_LOOKUP_REFERRAL, "sub", 4);
	assert_int_equal(
	    look_up("sub.example", DNS_TYPE_DS).kind, DNS_LOOKUP_DATA);
	assert_int_equal(
	    look_up("x.sub.example", DNS_TYPE_DS).kind, DNS_LOOKUP_REFERRAL);
}

static void
dname(void **state)
{
	(void)state;
	expect("a.old.example", DNS_LOOKUP_DNAME, "old", 2);
	expect("a.b.old.example", DNS_LOOKUP_DNAME, "old", 4);
}

static int
load_zone(void **state)
{
	(void)state;
	zone = dns_catalog_zone(
	    zone_fixture_load(example_zones, EXAMPLE_ZONES), 0);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("RFC 1034 §4.3.2: names that exist", data),
	    TEST("DNS 18, RFC 4592 §3.3.1: the closest encloser's wildcard",
	        wildcard),
	    TEST("DNS 19, RFC 4592 §3.3.1: names that do not exist", missing),
	    TEST("DNS 17, DNS 27, RFC 4035 §3.1.4.1: delegations", cuts),
	    TEST("DNS 26, RFC 6672 §2.3: below a DNAME, not at it", dname),
	};
	return cmocka_run_group_tests_name(
	    "dns_lookup", tests, load_zone, NULL);
}
