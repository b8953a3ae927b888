/* dns_load_zones_test.c — the zones of the configuration. */
#include "services/dns/dns_load_zones.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static struct dns_load_zone *
add(struct dns_load_zones *zones, const char *title)
{
	uint8_t name[DNS_NAME_MAX];

	assert_int_not_equal(dns_name_parse(title, name), 0);
	struct dns_load_zone *zone = dns_load_zones_add(zones, title, name);

	assert_non_null(zone);
	return zone;
}

static struct dns_load_zone *
find(const struct dns_load_zones *zones, const char *text)
{
	uint8_t name[DNS_NAME_MAX];
	size_t len = dns_name_parse(text, name);

	return dns_load_zones_find(zones, name, len);
}

static struct dns_load_zone *
exact(const struct dns_load_zones *zones, const char *text)
{
	uint8_t name[DNS_NAME_MAX];
	size_t len = dns_name_parse(text, name);

	return dns_load_zones_exact(zones, name, len);
}

static void
the_longest_apex_has_a_name(void **state)
{
	struct dns_load_zones zones = {0};

	(void)state;
	assert_null(find(&zones, "a.example"));
	const struct dns_load_zone *outer = add(&zones, "EXAMPLE");
	const struct dns_load_zone *inner = add(&zones, "b.example");

	assert_ptr_equal(find(&zones, "example"), outer);
	assert_ptr_equal(find(&zones, "a.example"), outer);
	assert_ptr_equal(find(&zones, "a.b.example"), inner);
	assert_ptr_equal(find(&zones, "xb.example"), outer);
	assert_null(find(&zones, "a.test"));
	assert_null(exact(&zones, "a.b.example"));
	assert_ptr_equal(exact(&zones, "b.example"), inner);
	const struct dns_load_zone *root = add(&zones, ".");

	assert_ptr_equal(find(&zones, "a.test"), root);
	assert_ptr_equal(find(&zones, "a.b.example"), inner);
	dns_load_zones_close(&zones);
}

static void
many_zones_stay_where_they_are(void **state)
{
	enum { COUNT = 20000 };
	struct dns_load_zones zones = {0};
	char title[32];

	(void)state;
	const struct dns_load_zone *first = add(&zones, "first.test");

	for (unsigned i = 0; i < COUNT; i++) {
		(void)snprintf(title, sizeof(title), "z%u.test", i);
		assert_null(exact(&zones, title));
		add(&zones, title);
	}
	assert_int_equal(zones.count, COUNT + 1);
	assert_ptr_equal(exact(&zones, "first.test"), first);
	for (unsigned i = 0; i < COUNT; i++) {
		(void)snprintf(title, sizeof(title), "a.z%u.test", i);
		assert_ptr_equal(find(&zones, title), zones.list[i + 1]);
	}
	dns_load_zones_close(&zones);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_longest_apex_has_a_name),
	    cmocka_unit_test(many_zones_stay_where_they_are),
	};

	return cmocka_run_group_tests_name("dns_load_zones", tests, NULL, NULL);
}
