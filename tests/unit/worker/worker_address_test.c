/* worker_address_test.c — the table of clients against a plain list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "worker/worker_address.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t seeds[2] = {0x9e3779b97f4a7c15, 0xc2b2ae3d27d4eb4f};

static struct addr
addr_of(const char *text)
{
	struct addr addr;

	assert_null(addr_parse(text, &addr));
	return addr;
}

static struct worker_address_entry entries[4096];

static struct worker_addresses
table_of(uint32_t max)
{
	struct worker_addresses table;

	memset(entries, 0, sizeof(entries));
	assert_true(worker_address_places(max) <= 4096);
	worker_address_init(&table, entries, max, seeds);
	return table;
}

static void
who_is_one_client(void **state)
{
	(void)state;
	static const struct {
		const char *one, *other;
		bool is_same;
	} cases[] = {
	    {"192.0.2.1:1", "192.0.2.1:2", true},
	    {"192.0.2.1:1", "192.0.2.2:1", false},
	    {"[2001:db8::1]:1", "[2001:db8::ffff:0:0:1]:1", true},
	    {"[2001:db8::1]:1", "[2001:db8:0:1::1]:1", false},
	    {"[fe80::1]:1", "[fe80::2]:1", false},
	    {"[fe80::1]:1", "[fe80::1]:2", true},
	    {"[::1]:1", "0.0.0.0:1", false},
	    {"[::1]:1", "127.0.0.1:1", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct worker_addresses table = table_of(4);
		struct addr one = addr_of(cases[i].one);
		struct addr other = addr_of(cases[i].other);

		assert_true(worker_address_enter(&table, &one, 1));
		assert_false(worker_address_enter(&table, &one, 1));
		assert_int_equal(
		    worker_address_enter(&table, &other, 1), !cases[i].is_same);
		worker_address_leave(&table, &one);
		assert_true(worker_address_enter(&table, &one, 1));
	}
}

enum { CLIENTS = 300, LIMIT = 5, MAX = 1000 };

/* As a reload of clients would be: they come and go by chance, and the table
 * agrees with a count for each. */
static void
agrees_with_a_list(void **state)
{
	static unsigned counts[CLIENTS];
	struct worker_addresses table = table_of(MAX);
	unsigned total = 0;

	(void)state;
	srandom(1);
	for (unsigned i = 0; i < 200000; i++) {
		unsigned client = (unsigned)random() % CLIENTS;
		struct addr addr = addr_of("10.0.0.0:1");

		if (client % 2 == 0) {
			addr = addr_of("[2001:db8::1]:1");
			addr.in6.sin6_addr.s6_addr[6] = (uint8_t)(client >> 8);
			addr.in6.sin6_addr.s6_addr[7] = (uint8_t)client;
		} else {
			addr.in4.sin_addr.s_addr = htonl(0x0a000000 + client);
		}
		if (random() % 2 == 0 && total < MAX) {
			bool is_in = worker_address_enter(&table, &addr, LIMIT);

			assert_int_equal(is_in, counts[client] < LIMIT);
			counts[client] += is_in;
			total += is_in;
		} else if (counts[client] > 0) {
			worker_address_leave(&table, &addr);
			counts[client]--;
			total--;
		}
	}
	unsigned left = 0;

	for (size_t i = 0; i < worker_address_places(MAX); i++)
		left += entries[i].count;
	assert_int_equal(left, total);
}

static void
places_are_twice_as_many_as_clients(void **state)
{
	(void)state;
	assert_int_equal(worker_address_places(1), 2);
	assert_int_equal(worker_address_places(3), 8);
	assert_int_equal(worker_address_places(10000), 32768);
	struct worker_addresses table = table_of(2048);

	for (uint32_t i = 0; i < 2048; i++) {
		struct addr addr = addr_of("10.0.0.0:1");

		addr.in4.sin_addr.s_addr = htonl(i << 8);
		assert_true(worker_address_enter(&table, &addr, 1));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_is_one_client),
	    cmocka_unit_test(agrees_with_a_list),
	    cmocka_unit_test(places_are_twice_as_many_as_clients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
