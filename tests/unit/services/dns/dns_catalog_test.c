/* dns_catalog_test.c — which zone a name belongs to. */
#include "load_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char zone_text[] = "@ SOA ns host 1 2 3 4 5\n@ NS ns\n";

static struct load_fixture *fixture;
static const struct dns_catalog *catalog;

static int
open_catalog(void **state)
{
	(void)state;
	fixture = load_fixture_open();
	load_fixture_write(fixture, "zone", zone_text);
	load_fixture_load(fixture, "zone \"example\" { file = \"zone\" }\n"
	                           "zone \"b.Example\" { file = \"zone\" }\n"
	                           "zone \"c.b.a.test.\" { file = \"zone\" }\n"
	                           "zone \"bad.test\" { file = \"nil\" }\n");
	catalog = dns_catalog_of(fixture->part);
	return catalog == NULL ? -1 : 0;
}

static int
close_catalog(void **state)
{
	(void)state;
	load_fixture_close(fixture);
	return 0;
}

/* The apex of the zone that NAME is in, "" where it is in none. */
static const char *
zone_of(const char *name)
{
	static char text[DNS_NAME_TEXT_MAX];
	const struct dns_zone *zone = load_fixture_find(catalog, name);

	return zone == NULL ? "" : dns_name_format(zone->name, text);
}

static void
longest_apex_wins(void **state)
{
	(void)state;
	assert_string_equal(zone_of("example"), "example.");
	assert_string_equal(zone_of("x.y.example"), "example.");
	assert_string_equal(zone_of("b.example"), "b.example.");
	assert_string_equal(zone_of("a.b.example"), "b.example.");
	assert_string_equal(zone_of("ab.example"), "example.");
	assert_string_equal(zone_of("c.b.a.test"), "c.b.a.test.");
	assert_string_equal(zone_of("d.c.b.a.test"), "c.b.a.test.");
}

static void
other_names_are_in_no_zone(void **state)
{
	(void)state;
	assert_string_equal(zone_of("."), "");
	assert_string_equal(zone_of("test"), "");
	assert_string_equal(zone_of("b.a.test"), "");
	assert_string_equal(zone_of("notexample"), "");
}

static void
unloaded_zone_is_found_as_failed(void **state)
{
	uint8_t wire[DNS_NAME_MAX];
	size_t len = dns_name_parse("bad.test", wire);
	const struct dns_zone *zone = dns_catalog_exact(catalog, wire, len);

	(void)state;
	assert_non_null(zone);
	assert_int_equal(zone->flags, DNS_ZONE_FAILED);
	assert_null(dns_zone_check(zone, zone->size));
}

static void
zones_keep_their_order(void **state)
{
	static const char *const names[] = {
	    "example.", "b.example.", "c.b.a.test.", "bad.test."};
	char text[DNS_NAME_TEXT_MAX];

	(void)state;
	assert_int_equal(catalog->zone_count, 4);
	for (uint32_t i = 0; i < 4; i++)
		assert_string_equal(
		    dns_name_format(dns_catalog_zone(catalog, i)->name, text),
		    names[i]);
}

static void
other_parts_are_no_catalog(void **state)
{
	static const uint8_t zeroes[512] = {0};

	(void)state;
	assert_null(dns_catalog_of((struct span){0}));
	assert_null(dns_catalog_of((struct span){zeroes, sizeof(zeroes)}));
	assert_null(dns_catalog_of((struct span){fixture->part.data, 8}));
}

static void
root_zone_holds_all(void **state)
{
	struct load_fixture *root = load_fixture_open();

	(void)state;
	load_fixture_write(
	    root, "zone", "@ SOA ns host 1 2 3 4 5\n@ NS ns.\nns A 1.2.3.4\n");
	load_fixture_load(root, "zone \".\" { file = \"zone\" }\n");
	const struct dns_zone *zone =
	    load_fixture_find(dns_catalog_of(root->part), "any.thing");

	assert_non_null(zone);
	assert_null(dns_zone_check(zone, zone->size));
	assert_non_null(load_fixture_node(zone, "ns"));
	assert_null(load_fixture_node(zone, "any.thing"));
	load_fixture_close(root);
}

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("DNS 16: the longest matching apex wins", longest_apex_wins),
	    TEST("DNS 13: other names are in no zone",
	        other_names_are_in_no_zone),
	    TEST("a zone that did not load is found, as FAILED",
	        unloaded_zone_is_found_as_failed),
	    TEST(
	        "zones keep the configuration's order", zones_keep_their_order),
	    TEST("other parts are no catalog", other_parts_are_no_catalog),
	    TEST("the root zone holds every name", root_zone_holds_all),
	};

	return cmocka_run_group_tests_name(
	    "dns_catalog", tests, open_catalog, close_catalog);
}
