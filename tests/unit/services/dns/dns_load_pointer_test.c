/* dns_load_pointer_test.c — reverse = true: PTR records. */
#include "load_records.h"
#include "services/dns/dns_load_pointer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HEAD "@ 3600 SOA ns hostmaster 1 2 3 4 5\n@ NS ns.other.\n"
#define FORWARD "zone \"example\" { file = \"zone\" }\n"

/* The PTR records of 192.0.2.HOST. */
static const char *
pointers(const struct load_fixture *fixture, unsigned host)
{
	char name[64];

	snprintf(name, sizeof(name), "%u.2.0.192.in-addr.arpa", host);
	return load_records(fixture, name, DNS_TYPE_PTR);
}

static void
addresses_get_their_names(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone",
	    HEAD
	    "Www 300 A 192.0.2.1\nmail 3600 A 192.0.2.1\nmail A 192.0.2.2\n"
	    "www AAAA 2001:db8::1\n@ A 192.0.2.3\nelse A 203.0.113.1\n");
	load_fixture_load(fixture,
	    "zone \"192.0.2.0/24\" { reverse = true }\n" FORWARD
	    "zone \"8.b.d.0.1.0.0.2.ip6.arpa\" { reverse = true }\n"
	    "hosts \"box\" { address = \"192.0.2.2\" }\n");
	assert_string_equal(fixture->said, "");
	/* RFC 2181 §10.2; the smallest TTL (§5.2). */
	assert_string_equal(pointers(fixture, 1),
	    "300 TYPE12 mail.example.\n300 TYPE12 Www.example.\n");
	assert_string_equal(pointers(fixture, 2),
	    "300 TYPE12 mail.example.\n300 TYPE12 box.\n");
	assert_string_equal(pointers(fixture, 3), "3600 TYPE12 example.\n");
	assert_string_equal(pointers(fixture, 4), "none");
	assert_string_equal(
	    load_records(fixture, "1.113.0.203.in-addr.arpa", DNS_TYPE_PTR),
	    "no zone");
	assert_string_equal(
	    load_records(fixture,
	        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0."
	        "0.2.ip6.arpa",
	        DNS_TYPE_PTR),
	    "3600 TYPE12 Www.example.\n");
	assert_string_equal(
	    load_records(fixture, "2.0.192.in-addr.arpa", DNS_TYPE_NS),
	    "3600 NS ns.invalid.\n");
}

/* Only what is answered as data of that very name has a PTR record. */
static void
names_that_are_not_answered_have_none(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone",
	    HEAD "* A 192.0.2.1\nsub NS ns.sub\nns.sub A 192.0.2.2\n"
	         "x.*.y A 192.0.2.3\nw.child A 192.0.2.4\n"
	         "child NS ns.other.\n");
	load_fixture_write(fixture, "child", HEAD "w A 192.0.2.5\n");
	load_fixture_load(fixture,
	    FORWARD "zone \"child.example\" { file = \"child\" }\n"
	            "zone \"192.0.2.0/24\" { reverse = true }\n");
	assert_string_equal(pointers(fixture, 1), "none");
	assert_string_equal(pointers(fixture, 2), "none");
	assert_string_equal(
	    pointers(fixture, 3), "3600 TYPE12 x.*.y.example.\n");
	assert_string_equal(pointers(fixture, 4), "none");
	assert_string_equal(
	    pointers(fixture, 5), "3600 TYPE12 w.child.example.\n");
}

/* Its parent has names at and below a zone of ours, without an NS. */
static void
names_of_a_nearer_zone_have_none(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone",
	    HEAD "child A 192.0.2.1\nw.child A 192.0.2.2\n"
	         "wchild A 192.0.2.3\n");
	load_fixture_write(fixture, "child", HEAD);
	load_fixture_load(fixture,
	    FORWARD "zone \"child.example\" { file = \"child\" }\n"
	            "zone \"192.0.2.0/24\" { reverse = true }\n");
	assert_string_equal(fixture->said,
	    "warning: conf:3: zone \"child.example\" lies in zone "
	    "\"example\", which has no NS for it: who asks from there will "
	    "not find it\n");
	assert_string_equal(pointers(fixture, 1), "none");
	assert_string_equal(pointers(fixture, 2), "none");
	assert_string_equal(
	    pointers(fixture, 3), "3600 TYPE12 wchild.example.\n");
}

static void
the_files_own_records_win(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone",
	    HEAD "a A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n"
	         "d A 192.0.2.4\ne A 192.0.2.5\n");
	load_fixture_write(fixture, "reverse",
	    HEAD "1 60 PTR one.\n2 TXT mine\n3 NS ns.other.\n"
	         "x.4 PTR four.\n* PTR any.\n");
	load_fixture_load(fixture,
	    FORWARD "zone \"192.0.2.0/24\" { reverse = true "
	            "file = \"reverse\" }\n");
	assert_string_equal(fixture->said, "");
	assert_string_equal(pointers(fixture, 1), "60 TYPE12 one.\n");
	assert_string_equal(pointers(fixture, 2), "none");
	assert_string_equal(pointers(fixture, 3), "none");
	assert_string_equal(pointers(fixture, 4), "3600 TYPE12 d.example.\n");
	assert_string_equal(pointers(fixture, 5), "3600 TYPE12 e.example.\n");
	assert_int_equal(
	    load_records_serial(fixture, "2.0.192.in-addr.arpa"), 1);
}

/* Nothing is put below what the file delegates or renames. */
static void
cuts_of_the_file_are_heeded(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone",
	    HEAD "a A 10.1.1.1\nb A 10.2.1.1\nc A 10.2.1.2\nd A 10.3.0.1\n");
	load_fixture_write(
	    fixture, "reverse", HEAD "1 NS ns.other.\n1.2 DNAME d.other.\n");
	load_fixture_load(fixture,
	    FORWARD "zone \"10.0.0.0/8\" { reverse = true "
	            "file = \"reverse\" }\n");
	assert_string_equal(fixture->said, "");
	assert_string_equal(
	    load_records(fixture, "1.1.1.10.in-addr.arpa", DNS_TYPE_PTR),
	    "none");
	assert_string_equal(
	    load_records(fixture, "2.1.2.10.in-addr.arpa", DNS_TYPE_PTR),
	    "none");
	assert_string_equal(
	    load_records(fixture, "1.0.3.10.in-addr.arpa", DNS_TYPE_PTR),
	    "3600 TYPE12 d.example.\n");
}

/* RFC 2317 §4: the network's own zone and that of a part of it. */
static void
classless_zones_have_their_part(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(
	    fixture, "zone", HEAD "a A 192.0.2.7\nb A 192.0.2.8\n");
	load_fixture_load(fixture,
	    FORWARD "zone \"192.0.2.0/24\" { reverse = true }\n"
	            "zone \"0/29.2.0.192.in-addr.arpa\" { reverse = true }\n");
	assert_string_equal(fixture->said, "");
	assert_string_equal(
	    load_records(fixture, "7.0/29.2.0.192.in-addr.arpa", DNS_TYPE_PTR),
	    "3600 TYPE12 a.example.\n");
	assert_string_equal(
	    load_records(fixture, "8.0/29.2.0.192.in-addr.arpa", DNS_TYPE_PTR),
	    "none");
	assert_string_equal(pointers(fixture, 7), "3600 TYPE12 a.example.\n");
	assert_string_equal(pointers(fixture, 8), "3600 TYPE12 b.example.\n");
}

/* An address lies in the zone that is nearest to its name. */
static void
nested_zones_share_the_addresses(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(
	    fixture, "zone", HEAD "a A 10.1.0.1\nb A 10.2.0.1\n");
	load_fixture_load(fixture,
	    FORWARD "zone \"10.0.0.0/8\" { reverse = true }\n"
	            "zone \"10.1.0.0/16\" { reverse = true }\n");
	const struct dns_catalog *catalog = dns_catalog_of(fixture->part);

	/* SOA and one PTR each, with the empty names between. */
	assert_int_equal(dns_catalog_zone(catalog, 1)->node_count, 4);
	assert_int_equal(dns_catalog_zone(catalog, 2)->node_count, 3);
	assert_string_equal(
	    load_records(fixture, "1.0.1.10.in-addr.arpa", DNS_TYPE_PTR),
	    "3600 TYPE12 a.example.\n");
}

static void
many_names_are_cut_and_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone",
	    HEAD "$GENERATE 1-17 n${0,2} A 192.0.2.1\n"
	         "$GENERATE 1-16 m${0,2} A 192.0.2.2\n");
	load_fixture_load(
	    fixture, FORWARD "zone \"192.0.2.0/24\" { reverse = true }\n");
	assert_string_equal(fixture->said,
	    "warning: conf:3: zone 192.0.2.0/24: 192.0.2.1 has 17 names: its "
	    "PTR records are the first 16\n");
	assert_null(strstr(pointers(fixture, 1), "n17.example."));
	assert_non_null(strstr(pointers(fixture, 1), "n16.example."));
	assert_non_null(strstr(pointers(fixture, 2), "m16.example."));
}

/* A reverse zone follows the zones that it is made from, and only when they
 * change what it has of them. */
static void
changes_of_other_zones_are_seen(void **state)
{
	struct load_fixture *fixture = *state;
	static const char conf[] =
	    FORWARD "zone \"192.0.2.0/24\" { reverse = true }\n";

	load_fixture_write(fixture, "zone", HEAD "a A 192.0.2.1\n");
	load_fixture_load(fixture, conf);
	uint32_t first = load_records_serial(fixture, "2.0.192.in-addr.arpa");

	load_fixture_write(fixture, "zone", HEAD "a A 192.0.2.1\na TXT x\n");
	load_fixture_load(fixture, conf);
	assert_int_equal(
	    load_records_serial(fixture, "2.0.192.in-addr.arpa"), first);
	load_fixture_write(fixture, "zone", HEAD "b A 192.0.2.1\n");
	load_fixture_load(fixture, conf);
	uint32_t second = load_records_serial(fixture, "2.0.192.in-addr.arpa");

	assert_string_equal(pointers(fixture, 1), "3600 TYPE12 b.example.\n");
	/* RFC 1982, though less than a second has passed. */
	assert_true((int32_t)(second - first) > 0);
	/* A forward zone that is broken keeps its names. */
	load_fixture_write(fixture, "zone", "b A\n");
	load_fixture_load(fixture, conf);
	assert_string_equal(pointers(fixture, 1), "3600 TYPE12 b.example.\n");
}

static void
mistakes_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_load(fixture,
	    "zone \"example\" {\n reverse = true }\n"
	    "zone \"192.0.2.1/24\" { reverse = true }\n"
	    "zone \"192.0.0.0/20\" { reverse = true }\n"
	    "zone \"192.0.2.0/24\" { reverse = true }\n"
	    "zone \"2.0.192.in-addr.arpa\" { reverse = true }\n");
	assert_string_equal(fixture->said,
	    "conf:3: 'reverse': zone \"example\" has no names of addresses: "
	    "it would lie in in-addr.arpa or ip6.arpa, or be a prefix like "
	    "192.0.2.0/24\n"
	    "conf:4: zone \"192.0.2.1/24\": bits are set behind the prefix: "
	    "write zeros there, or the address alone\n"
	    "conf:5: zone \"192.0.0.0/20\": no zone has just these addresses: "
	    "an IPv4 prefix is of 0, 8, 16 or 24 to 32 bits, an IPv6 one of a "
	    "multiple of 4\n"
	    "conf:7: zone \"2.0.192.in-addr.arpa\" is already defined on line "
	    "6\n");
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(                                       \
	    function, load_fixture_set_up, load_fixture_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(addresses_get_their_names),
	    TEST(names_that_are_not_answered_have_none),
	    TEST(names_of_a_nearer_zone_have_none),
	    TEST(the_files_own_records_win),
	    TEST(cuts_of_the_file_are_heeded),
	    TEST(classless_zones_have_their_part),
	    TEST(nested_zones_share_the_addresses),
	    TEST(many_names_are_cut_and_told),
	    TEST(changes_of_other_zones_are_seen),
	    TEST(mistakes_are_told),
	};

	return cmocka_run_group_tests_name(
	    "dns_load_pointer", tests, NULL, NULL);
}
