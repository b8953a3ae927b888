/* dns_load_hosts_test.c — hosts "NAME" { … } → zones. */
#include "load_records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HEAD "@ 3600 SOA ns hostmaster 1 2 3 4 5\n@ NS ns.other.\n"

static uint32_t
zone_count(const struct load_fixture *fixture)
{
	return dns_catalog_of(fixture->part)->zone_count;
}

static void
a_name_is_a_zone_of_its_own(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_load(fixture,
	    "hosts \"Google.com\" { address = { \"192.165.1.1\","
	    " \"192.165.1.10\", \"2001:db8::1\" } ttl = 260 }\n"
	    "hosts \"google.ca\" { address = \"192.165.1.2\" }\n");
	assert_string_equal(fixture->said, "");
	assert_int_equal(zone_count(fixture), 2);
	assert_string_equal(load_records(fixture, "google.com", DNS_TYPE_A),
	    "260 A c0a50101\n260 A c0a5010a\n");
	assert_string_equal(load_records(fixture, "google.com", DNS_TYPE_AAAA),
	    "260 AAAA 20010db8000000000000000000000001\n");
	assert_string_equal(
	    load_records(fixture, "google.ca", DNS_TYPE_A), "300 A c0a50102\n");
	assert_string_equal(load_records(fixture, "google.ca", DNS_TYPE_NS),
	    "3600 NS ns.invalid.\n");
	assert_string_equal(
	    load_records(fixture, "www.google.ca", DNS_TYPE_A), "none");
}

static void
a_name_joins_the_zone_it_lies_in(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone", HEAD "www A 192.0.2.1\n");
	load_fixture_load(fixture,
	    "zone \"example\" { file = \"zone\" }\n"
	    "hosts \"a.b.example\" { address = \"192.0.2.2\" }\n"
	    "hosts \"www.example\" { address = { \"192.0.2.1\","
	    " \"192.0.2.3\" } ttl = 3600 }\n"
	    "hosts \"example\" { address = \"192.0.2.4\" }\n");
	assert_string_equal(fixture->said, "");
	assert_int_equal(zone_count(fixture), 1);
	assert_string_equal(load_records(fixture, "a.b.example", DNS_TYPE_A),
	    "300 A c0000202\n");
	assert_string_equal(load_records(fixture, "www.example", DNS_TYPE_A),
	    "3600 A c0000201\n3600 A c0000203\n");
	assert_string_equal(
	    load_records(fixture, "example", DNS_TYPE_A), "300 A c0000204\n");
}

static void
shorter_names_make_the_zones(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_load(fixture,
	    "hosts \"www.a.test\" { address = \"192.0.2.1\" }\n"
	    "hosts \"a.test\" { address = \"192.0.2.2\" }\n");
	assert_int_equal(zone_count(fixture), 1);
	assert_string_equal(load_records(fixture, "www.a.test", DNS_TYPE_A),
	    "300 A c0000201\n");
}

static void
a_wildcard_is_its_parents(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_load(
	    fixture, "hosts \"*.a.test\" { address = \"192.0.2.1\" }\n");
	assert_string_equal(fixture->said, "");
	const struct dns_zone *zone = load_records_zone(fixture, "x.a.test");

	assert_non_null(zone);
	assert_int_equal(zone->apex_labels, 2);
	assert_int_not_equal(
	    dns_zone_apex(zone)->flags & DNS_NODE_WILDCARD_CHILD, 0);
}

static void
mistakes_are_told_with_their_lines(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_load(fixture,
	    "hosts \"a..b\" { address = \"192.0.2.1\" }\n"
	    "hosts \"a\" {\n address = { \"192.0.2.1\",\n \"192.0.2\",\n"
	    " \"[::1]\" }\n ttl = -1 }\n"
	    "hosts \"b\" { ttl = 5 }\n"
	    "hosts \"c\" { address = \"192.0.2.1\" }\n"
	    "hosts \"C.\" { address = \"192.0.2.1\" }\n");
	assert_string_equal(fixture->said,
	    "conf:2: hosts \"a..b\": not a domain name\n"
	    "conf:5: 'address': \"192.0.2\": not an IPv4 or IPv6 address\n"
	    "conf:6: 'address': \"[::1]\": not an IPv4 or IPv6 address\n"
	    "conf:7: 'ttl' is from 0 to 2147483647, not -1\n"
	    "conf:8: hosts \"b\" needs an address\n"
	    "conf:10: hosts \"C.\" is already there on line 9\n");
	assert_int_equal(fixture->report.errors, 6);
}

/* What the file says of such a name is told where both stand. */
static void
contradictions_are_told(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone",
	    HEAD "www CNAME elsewhere.\nsub NS ns.elsewhere.\n");
	load_fixture_load(fixture,
	    "zone \"example\" { file = \"zone\" }\n"
	    "hosts \"www.example\" { address = \"192.0.2.2\" }\n");
	assert_non_null(strstr(fixture->said, "zone:3: "));
	assert_non_null(strstr(fixture->said, "CNAME and other data"));
	assert_int_equal(fixture->report.broken, 1);
	load_fixture_load(fixture,
	    "zone \"example\" { file = \"zone\" }\n"
	    "hosts \"a.sub.example\" { address = \"192.0.2.2\" }\n");
	assert_non_null(strstr(fixture->said,
	    "warning: conf:3: zone example: hosts \"a.sub.example.\" is not "
	    "answered: the zone delegates that name\n"));
	assert_int_equal(fixture->report.broken, 0);
}

/* A reload that changes nothing copies the zone; one that changes it makes the
 * serial grow, whatever the file says. */
static void
serials_grow_with_changes(void **state)
{
	struct load_fixture *fixture = *state;
	static const char before[] =
	    "zone \"example\" { file = \"zone\" }\n"
	    "hosts \"a.example\" { address = \"192.0.2.1\" }\n"
	    "hosts \"b\" { address = \"192.0.2.1\" }\n";
	static const char after[] =
	    "zone \"example\" { file = \"zone\" }\n"
	    "hosts \"a.example\" { address = \"192.0.2.9\" }\n"
	    "hosts \"b\" { address = \"192.0.2.9\" }\n";

	load_fixture_write(fixture, "zone", HEAD);
	load_fixture_load(fixture, before);
	uint32_t made = load_records_serial(fixture, "b");

	assert_int_equal(load_records_serial(fixture, "example"), 1);
	load_fixture_load(fixture, before);
	assert_int_equal(load_records_serial(fixture, "example"), 1);
	assert_int_equal(load_records_serial(fixture, "b"), made);
	load_fixture_load(fixture, after);
	assert_string_equal(fixture->said, "");
	assert_int_equal(load_records_serial(fixture, "example"), 2);
	assert_int_not_equal(load_records_serial(fixture, "b"), made);
	assert_string_equal(
	    load_records(fixture, "b", DNS_TYPE_A), "300 A c0000209\n");
	assert_string_equal(
	    load_records(fixture, "a.example", DNS_TYPE_A), "300 A c0000209\n");
}

/* What a zone loses makes it grow as well, and so does what its file says from
 * then on, until the file's own serial is ahead again. */
static void
serials_grow_without_hosts(void **state)
{
	struct load_fixture *fixture = *state;
	static const char without[] = "zone \"example\" { file = \"zone\" }\n";
	static const char with[] =
	    "zone \"example\" { file = \"zone\" }\n"
	    "hosts \"a.example\" { address = \"192.0.2.1\" }\n";

	load_fixture_write(fixture, "zone", HEAD);
	load_fixture_load(fixture, with);
	load_fixture_load(fixture, without);
	assert_string_equal(fixture->said, "");
	assert_int_equal(load_records_serial(fixture, "example"), 2);
	load_fixture_load(fixture, without);
	assert_int_equal(load_records_serial(fixture, "example"), 2);
	load_fixture_write(fixture, "zone", HEAD "b A 192.0.2.2\n");
	load_fixture_load(fixture, without);
	assert_string_equal(fixture->said, "");
	assert_int_equal(load_records_serial(fixture, "example"), 3);
	load_fixture_write(fixture, "zone",
	    "@ 3600 SOA ns hostmaster 4 2 3 4 5\n@ NS ns.other.\n");
	load_fixture_load(fixture, without);
	assert_int_equal(load_records_serial(fixture, "example"), 4);
	load_fixture_write(fixture, "zone",
	    "@ 3600 SOA ns hostmaster 4 2 3 4 5\n@ NS ns.more.\n");
	load_fixture_load(fixture, without);
	assert_non_null(strstr(fixture->said, "has not grown from 4"));
	assert_int_equal(load_records_serial(fixture, "example"), 4);
}

static void
signed_files_take_no_more(void **state)
{
	struct load_fixture *fixture = *state;

	load_fixture_write(fixture, "zone",
	    HEAD "@ RRSIG SOA 13 1 60 20300101000000 20200101000000 1 example. "
	         "AAAA\n");
	load_fixture_load(fixture,
	    "zone \"example\" { file = \"zone\" }\n"
	    "hosts \"a.example\" { address = \"192.0.2.1\" }\n");
	assert_non_null(strstr(fixture->said,
	    "conf:2: zone example: its file is signed: what hosts or reverse "
	    "would add has no signature\n"));
	assert_string_equal(
	    load_records(fixture, "a.example", DNS_TYPE_A), "failed");
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(                                       \
	    function, load_fixture_set_up, load_fixture_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_name_is_a_zone_of_its_own),
	    TEST(a_name_joins_the_zone_it_lies_in),
	    TEST(shorter_names_make_the_zones),
	    TEST(a_wildcard_is_its_parents),
	    TEST(mistakes_are_told_with_their_lines),
	    TEST(contradictions_are_told),
	    TEST(serials_grow_with_changes),
	    TEST(serials_grow_without_hosts),
	    TEST(signed_files_take_no_more),
	};

	return cmocka_run_group_tests_name("dns_load_hosts", tests, NULL, NULL);
}
