/* chat_peer_table_test.c — the people that talk by datagrams. */
#include "services/chat/chat_peer_table.h"

#include "chat_memory_fixture.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

enum { MAX = 100 };

static const uint64_t key[2] = {1, 2};
static struct memory_fixture blocks;
static const struct chat_memory memory = MEMORY_FIXTURE(&blocks);

static struct addr
addr4(uint32_t host, uint16_t port)
{
	struct addr addr = {
	    .in4 = {.sin_family = AF_INET}, .len = sizeof(addr.in4)};

	addr.in4.sin_port = htons(port);
	addr.in4.sin_addr.s_addr = htonl(host);
	return addr;
}

static struct addr
addr6(uint8_t host, uint16_t port)
{
	struct addr addr = {
	    .in6 = {.sin6_family = AF_INET6}, .len = sizeof(addr.in6)};

	addr.in6.sin6_port = htons(port);
	addr.in6.sin6_addr.s6_addr[15] = host;
	return addr;
}

static void
open_table(struct chat_peer_table *table)
{
	blocks = (struct memory_fixture){0};
	assert_true(chat_peer_table_init(table, MAX, key, &memory));
}

static void
close_table(struct chat_peer_table *table)
{
	struct chat_peer *peer;

	while ((peer = chat_peer_table_oldest(table)) != NULL)
		chat_peer_table_remove(table, peer);
	assert_int_equal(table->count, 0);
	chat_peer_table_end(table);
}

static void
found_by_both_ends(void **state)
{
	struct chat_peer_table table;
	struct addr us = addr4(1, 31621), alias = addr4(2, 31621);
	struct addr one = addr4(9, 5000), port = addr4(9, 5001);
	struct addr six = addr6(1, 5000), us6 = addr6(2, 31621);
	struct chat_peer *peer, *other, *peer6;

	(void)state;
	open_table(&table);
	assert_null(chat_peer_table_find(&table, &one, &us));
	peer = chat_peer_table_add(&table, &one, &us, 1);
	peer6 = chat_peer_table_add(&table, &six, &us6, 1);
	assert_int_equal(peer->person.kind, CHAT_PERSON_DATAGRAM);
	assert_ptr_equal(chat_peer_table_find(&table, &one, &us), peer);
	assert_ptr_equal(chat_peer_table_find(&table, &six, &us6), peer6);
	assert_null(chat_peer_table_find(&table, &port, &us));
	assert_null(chat_peer_table_find(&table, &one, &alias));
	other = chat_peer_table_add(&table, &one, &alias, 1);
	assert_ptr_not_equal(other, peer);
	assert_ptr_equal(chat_peer_table_find(&table, &one, &alias), other);
	chat_peer_table_remove(&table, peer);
	assert_null(chat_peer_table_find(&table, &one, &us));
	assert_ptr_equal(chat_peer_table_find(&table, &one, &alias), other);
	close_table(&table);
}

static void
full_is_full(void **state)
{
	struct chat_peer_table table;
	struct addr us = addr4(1, 31621), last = addr4(77, 7);

	(void)state;
	open_table(&table);
	for (uint32_t i = 0; i < MAX; i++) {
		struct addr addr = addr4(i, 5000);

		assert_non_null(chat_peer_table_add(&table, &addr, &us, i));
	}
	assert_null(chat_peer_table_add(&table, &last, &us, MAX));
	for (uint32_t i = 0; i < MAX; i++) {
		struct addr addr = addr4(i, 5000);

		assert_non_null(chat_peer_table_find(&table, &addr, &us));
	}
	chat_peer_table_remove(&table, chat_peer_table_oldest(&table));
	assert_non_null(chat_peer_table_add(&table, &last, &us, MAX));
	close_table(&table);
}

static void
in_order_of_last_words(void **state)
{
	struct chat_peer_table table;
	struct addr us = addr4(1, 31621), addrs[3];
	struct chat_peer *peers[3];

	(void)state;
	open_table(&table);
	assert_null(chat_peer_table_oldest(&table));
	for (uint16_t i = 0; i < 3; i++) {
		addrs[i] = addr4(9, (uint16_t)(5000 + i));
		peers[i] = chat_peer_table_add(&table, &addrs[i], &us, i);
	}
	assert_ptr_equal(chat_peer_table_oldest(&table), peers[0]);
	chat_peer_table_hear(&table, peers[0], 10);
	assert_int_equal(peers[0]->heard_ms, 10);
	assert_ptr_equal(chat_peer_table_oldest(&table), peers[1]);
	chat_peer_table_remove(&table, peers[1]);
	assert_ptr_equal(chat_peer_table_oldest(&table), peers[2]);
	close_table(&table);
}

static void
counted_by_address(void **state)
{
	struct chat_peer_table table;
	struct addr us = addr4(1, 31621), us6 = addr6(1, 31621);
	struct addr host = addr4(9, 1), host6 = addr6(9, 1);

	(void)state;
	open_table(&table);
	for (uint16_t i = 0; i < 3; i++) {
		struct addr one = addr4(9, (uint16_t)(5000 + i));
		struct addr two = addr6(9, (uint16_t)(5000 + i));
		struct addr other = addr4(10, (uint16_t)(5000 + i));

		chat_peer_table_add(&table, &one, &us, 1);
		chat_peer_table_add(&table, &two, &us6, 1);
		chat_peer_table_add(&table, &other, &us, 1);
		assert_int_equal(chat_peer_table_at(&table, &host), i + 1);
		assert_int_equal(chat_peer_table_at(&table, &host6), i + 1);
	}
	close_table(&table);
}

static void
no_memory(void **state)
{
	struct chat_peer_table table;
	struct addr us = addr4(1, 31621), peer = addr4(9, 5000);

	(void)state;
	blocks = (struct memory_fixture){.is_bounded = true};
	assert_false(chat_peer_table_init(&table, MAX, key, &memory));
	blocks.left = 1;
	assert_true(chat_peer_table_init(&table, MAX, key, &memory));
	assert_null(chat_peer_table_add(&table, &peer, &us, 1));
	assert_null(chat_peer_table_find(&table, &peer, &us));
	close_table(&table);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("found by both ends", found_by_both_ends),
	    TEST("full is full", full_is_full),
	    TEST("in order of last words", in_order_of_last_words),
	    TEST("counted by address", counted_by_address),
	    TEST("no memory", no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
