/* prefix_table_test.c — which of many prefixes an address lies in. */
#include "core/prefix_table.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct prefix
prefix_of(const char *text)
{
	struct prefix prefix;

	assert_null(prefix_parse(text, &prefix));
	return prefix;
}

static void
add(struct prefix_table *table, const char *text, uint8_t value)
{
	struct prefix prefix = prefix_of(text);

	assert_true(prefix_table_add(table, &prefix, value));
}

static uint8_t
find(const struct prefix_table *table, const char *text)
{
	struct addr addr = {0};

	if (strchr(text, ':') == NULL) {
		addr.any.sa_family = AF_INET;
		assert_int_equal(
		    inet_pton(AF_INET, text, &addr.in4.sin_addr), 1);
	} else {
		addr.any.sa_family = AF_INET6;
		assert_int_equal(
		    inet_pton(AF_INET6, text, &addr.in6.sin6_addr), 1);
	}
	return prefix_table_find(table, &addr);
}

static void
the_longest_prefix_wins_whatever_the_order(void **state)
{
	static struct prefix_table table;

	(void)state;
	add(&table, "10.0.0.0/8", 1);
	add(&table, "10.1.2.3", 4);
	add(&table, "10.1.0.0/16", 2);
	add(&table, "10.1.2.0/23", 3);
	add(&table, "2001:db8::/32", 5);
	add(&table, "2001:db8:0:1::/64", 6);
	add(&table, "2001:db8:0:1:8000::/65", 7);
	add(&table, "2001:db8::1", 8);
	assert_int_equal(find(&table, "10.255.0.1"), 1);
	assert_int_equal(find(&table, "10.1.255.255"), 2);
	assert_int_equal(find(&table, "10.1.4.0"), 2);
	assert_int_equal(find(&table, "10.1.3.255"), 3);
	assert_int_equal(find(&table, "10.1.2.3"), 4);
	assert_int_equal(find(&table, "10.1.2.4"), 3);
	assert_int_equal(find(&table, "11.0.0.0"), 0);
	assert_int_equal(find(&table, "2001:db8:ffff::"), 5);
	assert_int_equal(find(&table, "2001:db8:0:1::1"), 6);
	assert_int_equal(find(&table, "2001:db8:0:1:8000::1"), 7);
	assert_int_equal(find(&table, "2001:db8::1"), 8);
	assert_int_equal(find(&table, "2001:db9::1"), 0);
}

static void
of_two_that_are_the_same_the_first_counts(void **state)
{
	static struct prefix_table table;

	(void)state;
	add(&table, "0.0.0.0/0", 1);
	add(&table, "0.0.0.0/0", 2);
	add(&table, "::/0", 3);
	add(&table, "::/0", 4);
	assert_int_equal(find(&table, "192.0.2.1"), 1);
	assert_int_equal(find(&table, "::1"), 3);
}

static void
families_are_apart_and_an_empty_table_has_nobody(void **state)
{
	static struct prefix_table table;

	(void)state;
	assert_int_equal(find(&table, "0.0.0.0"), 0);
	assert_int_equal(find(&table, "::"), 0);
	add(&table, "::/0", 1);
	assert_int_equal(find(&table, "0.0.0.0"), 0);
}

static void
a_full_table_takes_no_more_of_that_family(void **state)
{
	static struct prefix_table table;
	struct prefix prefix = prefix_of("10.0.0.0/16");

	(void)state;
	for (unsigned i = 0; i < PREFIX_TABLE_MAX; i++) {
		prefix.bytes[1] = (uint8_t)i;
		assert_true(prefix_table_add(&table, &prefix, 1));
	}
	assert_false(prefix_table_add(&table, &prefix, 1));
	assert_int_equal(find(&table, "10.255.0.1"), 1);
	add(&table, "::/0", 2);
	assert_int_equal(find(&table, "::1"), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_longest_prefix_wins_whatever_the_order),
	    cmocka_unit_test(of_two_that_are_the_same_the_first_counts),
	    cmocka_unit_test(families_are_apart_and_an_empty_table_has_nobody),
	    cmocka_unit_test(a_full_table_takes_no_more_of_that_family),
	};

	return cmocka_run_group_tests_name("prefix_table", tests, NULL, NULL);
}
