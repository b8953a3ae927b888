/* ntp_interleaved_test.c — the table of replies that left. */
#include "services/ntp/ntp_interleaved.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function), .setup_func = set_up, \
		.teardown_func = tear_down                                     \
	}

static const uint64_t key[2] = {0x0123456789abcdef, 0xfedcba9876543210};
static const uint64_t receive = 0xedf4a3c185868789;
static const uint64_t transmit = 0xedf4a3c185900000;

static struct ntp_interleaved it;

static int
set_up(void **state)
{
	(void)state;
	it.key = key;
	it.table = mmap(NULL, sizeof(*it.table), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return it.table == MAP_FAILED ? -1 : 0;
}

static int
tear_down(void **state)
{
	(void)state;
	return munmap(it.table, sizeof(*it.table));
}

/* Client NUMBER of IPv4, from PORT. */
static struct addr
client(uint32_t number, uint16_t port)
{
	struct addr addr = {.len = sizeof(addr.in4)};

	addr.in4.sin_family = AF_INET;
	addr.in4.sin_port = htons(port);
	addr.in4.sin_addr.s_addr = htonl(0x0a000000 + number);
	return addr;
}

static bool
keep(uint32_t number, uint64_t received, uint64_t sent)
{
	struct addr addr = client(number, 1000);

	return ntp_interleaved_keep(&it, &addr, received, sent);
}

static uint64_t
take(uint32_t number, uint64_t received)
{
	struct addr addr = client(number, 2000);

	return ntp_interleaved_take(&it, &addr, received);
}

static void
taken_once(void **state)
{
	(void)state;
	assert_true(take(1, receive) == 0);
	assert_true(keep(1, receive, transmit));
	assert_true(take(1, receive) == transmit);
	assert_true(take(1, receive) == 0);
}

static void
by_client_and_stamp(void **state)
{
	(void)state;
	assert_true(keep(1, receive, transmit));
	assert_true(take(2, receive) == 0);
	assert_true(take(1, receive + 2) == 0);
	assert_true(take(1, 0) == 0);
	assert_true(take(1, transmit) == 0);
	assert_true(take(1, receive) == transmit);
}

static void
ipv6(void **state)
{
	struct addr addr = {.len = sizeof(addr.in6)};

	(void)state;
	addr.in6.sin6_family = AF_INET6;
	assert_int_equal(
	    inet_pton(AF_INET6, "fe80::1:2", &addr.in6.sin6_addr), 1);
	/* The frame that comes back knows no scope. */
	addr.in6.sin6_scope_id = 3;
	assert_true(ntp_interleaved_keep(&it, &addr, receive, transmit));
	addr.in6.sin6_scope_id = 0;
	addr.in6.sin6_port = htons(4);
	addr.in6.sin6_addr.s6_addr[15] = 3;
	assert_true(ntp_interleaved_take(&it, &addr, receive) == 0);
	addr.in6.sin6_addr.s6_addr[15] = 2;
	assert_true(ntp_interleaved_take(&it, &addr, receive) == transmit);
}

static void
stamps_of_a_client_differ(void **state)
{
	(void)state;
	assert_true(keep(1, receive, transmit));
	assert_false(keep(1, receive, transmit + 2));
	assert_true(keep(2, receive, transmit + 4));
	assert_true(take(1, receive) == transmit);
	assert_true(keep(1, receive, transmit + 6));
	assert_true(take(1, receive) == transmit + 6);
}

static void
improved(void **state)
{
	struct addr addr = client(1, 3000);

	(void)state;
	/* What nobody remembers is not remembered now. */
	ntp_interleaved_improve(&it, &addr, receive, transmit);
	assert_true(take(1, receive) == 0);
	assert_true(keep(1, receive, transmit));
	ntp_interleaved_improve(&it, &addr, receive, transmit + 1000);
	ntp_interleaved_improve(&it, &addr, receive + 2, transmit + 2000);
	assert_true(take(1, receive) == transmit + 1000);
	ntp_interleaved_improve(&it, &addr, receive, transmit + 3000);
	assert_true(take(1, receive) == 0);
}

/* More than its share: the youngest are there, and of others nearly all. */
static void
one_client_cannot_drive_out_others(void **state)
{
	enum { OTHERS = 1000, FLOOD = 100000 };
	unsigned lost = 0;

	(void)state;
	for (uint32_t i = 0; i < OTHERS; i++)
		assert_true(keep(i + 1, receive, transmit + 2 * i));
	for (uint64_t i = 0; i < FLOOD; i++)
		assert_true(keep(0, receive + 2 * i, transmit + 10000 + 2 * i));
	for (uint64_t i = FLOOD - NTP_INTERLEAVED_WAYS; i < FLOOD; i++)
		assert_true(take(0, receive + 2 * i) != 0);
	for (uint32_t i = 0; i < OTHERS; i++)
		lost += take(i + 1, receive) == 0;
	/* A share is a 2048th of the table. */
	assert_in_range(lost, 0, OTHERS / 100);
}

/* All that fits stays; beyond that, the old goes first. Stamps as at the end
 * of an era. */
static void
the_oldest_go_first(void **state)
{
	enum { CLIENTS = 200000 };
	const uint64_t first = UINT64_MAX - CLIENTS + 1;
	unsigned young = 0, old = 0;

	(void)state;
	for (uint32_t i = 0; i < CLIENTS; i++)
		assert_true(
		    keep(i, receive, first + 2 * i == 0 ? 2 : first + 2 * i));
	for (uint32_t i = 0; i < 10000; i++)
		old += take(i, receive) != 0;
	for (uint32_t i = CLIENTS - 10000; i < CLIENTS; i++)
		young += take(i, receive) != 0;
	assert_in_range(young, 9500, 10000);
	assert_in_range(old, 0, 2000);
}

/* Two processes at the same few entries: what is found is whole, and each
 * stamp is found by one of them at most. */
static void
two_processes(void **state)
{
	enum { ROUNDS = 200000, STAMPS = 8 };
	_Atomic unsigned *taken = mmap(NULL, ROUNDS * sizeof(unsigned),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct addr addr = client(0, 1);
	int status = -1;

	(void)state;
	assert_ptr_not_equal(taken, MAP_FAILED);
	pid_t child = fork();

	for (uint64_t i = 0; i < ROUNDS; i++) {
		uint64_t stamp = receive + 2 * (i % STAMPS);
		/* Says whose it is: the lowest bits are the stamp's. */
		uint64_t sent = (transmit + i) << 8 | (stamp & 0xff);

		(void)keep(0, stamp, sent);
		ntp_interleaved_improve(&it, &addr, stamp, sent);
		stamp = receive + 2 * ((i + 3) % STAMPS);
		uint64_t found = take(0, stamp);

		if (found != 0 && (found & 0xff) != (stamp & 0xff))
			abort();
		/* Each is written by both, twice at most by each. */
		if (found != 0 &&
		    atomic_fetch_add(
		        &taken[(found >> 8) - (transmit & (UINT64_MAX >> 8))],
		        1) >= 4)
			abort();
	}
	if (child == 0)
		_exit(0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	munmap(taken, ROUNDS * sizeof(unsigned));
}

/* Two processes want the same entry: one gets it. */
static void
one_of_two_takers(void **state)
{
	enum { ROUNDS = 20000 };
	_Atomic unsigned *got = mmap(NULL, sizeof(unsigned),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned mine = 0;
	int status = -1;

	(void)state;
	assert_ptr_not_equal(got, MAP_FAILED);
	for (uint32_t i = 0; i < ROUNDS; i++)
		assert_true(keep(i, receive, transmit));
	pid_t child = fork();

	for (uint32_t i = 0; i < ROUNDS; i++)
		mine += take(i, receive) != 0;
	atomic_fetch_add(got, mine);
	if (child == 0)
		_exit(0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	/* Nearly all had a place, and none was served twice. */
	assert_in_range(atomic_load(got), ROUNDS * 9 / 10, ROUNDS);
	munmap(got, sizeof(unsigned));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 33: a transmit stamp is served once (RFC 9769 §2)",
	        taken_once),
	    TEST("to its client alone, whatever the port", by_client_and_stamp),
	    TEST("IPv6, whatever the scope", ipv6),
	    TEST("two replies to a client have two receive stamps",
	        stamps_of_a_client_differ),
	    TEST("a stamp that comes late improves what is remembered",
	        improved),
	    TEST("a client alone cannot drive out the others",
	        one_client_cannot_drive_out_others),
	    TEST("the oldest go first", the_oldest_go_first),
	    TEST("two processes write the same entries", two_processes),
	    TEST("of two that take an entry, one gets it", one_of_two_takers),
	};

	return cmocka_run_group_tests_name(
	    "ntp_interleaved", tests, NULL, NULL);
}
