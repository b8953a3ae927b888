/* worker_net_test.c — which networks a host with these interfaces is in. */
#include "worker/worker_net.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* An interface's address as getifaddrs gives it. */
struct interface {
	unsigned flags;
	const char *address, *mask, *peer;
};

static struct addr
addr_of(const char *text)
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
	return addr;
}

static struct sockaddr *
sockaddr_of(struct addr *addr, const char *text)
{
	if (text == NULL)
		return NULL;
	*addr = addr_of(text);
	return &addr->any;
}

/* The networks of COUNT INTERFACES. */
static const struct prefix_table *
networks(const struct interface *interfaces, size_t count)
{
	static struct prefix_table table;
	struct ifaddrs *list = calloc(count, sizeof(*list));
	struct addr(*addrs)[3] = calloc(count, sizeof(*addrs));

	assert_true(list != NULL && addrs != NULL);
	for (size_t i = 0; i < count; i++) {
		list[i].ifa_next = i + 1 < count ? &list[i + 1] : NULL;
		list[i].ifa_flags = interfaces[i].flags;
		list[i].ifa_addr =
		    sockaddr_of(&addrs[i][0], interfaces[i].address);
		list[i].ifa_netmask =
		    sockaddr_of(&addrs[i][1], interfaces[i].mask);
		list[i].ifa_dstaddr =
		    sockaddr_of(&addrs[i][2], interfaces[i].peer);
	}
	worker_net_read(&table, list);
	free(list);
	free(addrs);
	return &table;
}

static bool
has(const struct prefix_table *table, const char *text)
{
	struct addr addr = addr_of(text);

	return prefix_table_find(table, &addr) != 0;
}

static void
addresses_and_masks_make_networks(void **state)
{
	static const struct interface interfaces[] = {
	    {IFF_UP, "127.0.0.1", "255.0.0.0", NULL},
	    {IFF_UP | IFF_BROADCAST, "192.0.2.77", "255.255.255.192",
	        "192.0.2.127"},
	    {IFF_UP, "2001:db8::1", "ffff:ffff:ffff:ffff::", NULL},
	    {IFF_UP, "fe80::1", "ffff:ffff:ffff:ffff::", NULL},
	};
	const struct prefix_table *table = networks(interfaces, 4);

	(void)state;
	assert_true(has(table, "127.255.0.1"));
	assert_true(has(table, "192.0.2.64"));
	assert_true(has(table, "192.0.2.127"));
	assert_false(has(table, "192.0.2.63"));
	assert_false(has(table, "192.0.2.128"));
	assert_true(has(table, "2001:db8::ffff"));
	assert_false(has(table, "2001:db8:0:1::1"));
	assert_true(has(table, "fe80::2"));
	assert_false(has(table, "::1"));
}

static void
a_point_to_point_link_leads_to_its_other_end(void **state)
{
	static const struct interface interfaces[] = {
	    {IFF_UP | IFF_POINTOPOINT, "10.0.0.1", "255.255.255.255",
	        "10.9.9.9"},
	};
	const struct prefix_table *table = networks(interfaces, 1);

	(void)state;
	assert_true(has(table, "10.9.9.9"));
	assert_false(has(table, "10.0.0.2"));
}

static void
what_is_down_or_has_no_address_or_all_of_them_is_no_network(void **state)
{
	static const struct interface interfaces[] = {
	    {0, "192.0.2.1", "255.255.255.0", NULL},
	    {IFF_UP, NULL, NULL, NULL},
	    {IFF_UP, "198.51.100.1", NULL, NULL},
	    {IFF_UP, "203.0.113.1", "0.0.0.0", NULL},
	};
	const struct prefix_table *table = networks(interfaces, 4);

	(void)state;
	assert_false(has(table, "192.0.2.1"));
	assert_false(has(table, "198.51.100.1"));
	assert_false(has(table, "203.0.113.1"));
	assert_int_equal(table->count4 + table->count6, 0);
}

static void
more_interfaces_than_fit_do_no_harm(void **state)
{
	static struct interface interfaces[PREFIX_TABLE_MAX + 2];
	static char texts[PREFIX_TABLE_MAX + 1][INET_ADDRSTRLEN];

	(void)state;
	for (unsigned i = 0; i <= PREFIX_TABLE_MAX; i++) {
		snprintf(
		    texts[i], sizeof(texts[i]), "10.%u.%u.1", i / 256, i % 256);
		interfaces[i] =
		    (struct interface){IFF_UP, texts[i], "255.255.255.0", NULL};
	}
	interfaces[PREFIX_TABLE_MAX + 1] =
	    (struct interface){IFF_UP, "2001:db8::1", "ffff::", NULL};
	const struct prefix_table *table =
	    networks(interfaces, PREFIX_TABLE_MAX + 2);

	assert_true(has(table, "10.0.255.9"));
	assert_false(has(table, "10.1.0.9"));
	assert_true(has(table, "2001:db8::1"));
}

/* This machine's own: loopback is there, wherever a test runs. */
static void
the_kernel_is_asked_once_in_some_seconds(void **state)
{
	static struct worker_net net;
	struct addr loopback = addr_of("127.0.0.1");
	struct addr nobody = addr_of("198.18.255.1");

	(void)state;
	assert_true(worker_net_has(&net, &loopback, 5));
	assert_false(worker_net_has(&net, &nobody, 5));
	net.table = (struct prefix_table){0};
	assert_false(worker_net_has(&net, &loopback, 4 + WORKER_NET_RENEW_MS));
	assert_true(worker_net_has(&net, &loopback, 5 + WORKER_NET_RENEW_MS));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(addresses_and_masks_make_networks),
	    cmocka_unit_test(a_point_to_point_link_leads_to_its_other_end),
	    cmocka_unit_test(
	        what_is_down_or_has_no_address_or_all_of_them_is_no_network),
	    cmocka_unit_test(more_interfaces_than_fit_do_no_harm),
	    cmocka_unit_test(the_kernel_is_asked_once_in_some_seconds),
	};

	return cmocka_run_group_tests_name("worker_net", tests, NULL, NULL);
}
