/* limit_test.c — how often each source is answered, by a clock of the test's.
 */
#include "core/limit.h"

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

enum { BURST = 16, INTERVAL = 1000, SPAN = BURST * INTERVAL };

static const struct limit_rate rate = {INTERVAL, SPAN};
static const uint64_t key[2] = {1, 2};
static struct limit_table *table;

static uint64_t
source4(unsigned service, uint32_t host)
{
	struct addr addr = {.in4 = {.sin_family = AF_INET,
	                        .sin_port = htons((uint16_t)(host * 7)),
	                        .sin_addr.s_addr = htonl(host)}};

	return limit_source(key, service, &addr);
}

static uint64_t
source6(const char *text)
{
	struct addr addr = {.in6.sin6_family = AF_INET6};

	assert_int_equal(inet_pton(AF_INET6, text, &addr.in6.sin6_addr), 1);
	return limit_source(key, 1, &addr);
}

/* How many of COUNT at once are admitted at NOW_MS. */
static unsigned
admitted(uint64_t source, unsigned count, uint64_t now_ms)
{
	unsigned sum = 0;

	while (count-- > 0)
		sum += limit_admit(table, &rate, source, now_ms);
	return sum;
}

static int
empty_table(void **state)
{
	(void)state;
	memset(table, 0, sizeof(*table));
	return 0;
}

static void
a_burst_and_then_one_an_interval(void **state)
{
	uint64_t source = source4(1, 0xc0000201), now = 123456;

	(void)state;
	assert_int_equal(admitted(source, 1000, now), BURST);
	assert_int_equal(admitted(source, 1000, now + INTERVAL - 1), 0);
	assert_int_equal(admitted(source, 1000, now + INTERVAL), 1);
	assert_int_equal(admitted(source, 1000, now + 4 * INTERVAL), 3);
	/* Who pauses for a while has saved up a burst, and no more. */
	assert_int_equal(admitted(source, 1000, now + 1000 * INTERVAL), BURST);
	/* Once an interval is fine for ever. */
	for (unsigned i = 0; i < 1000; i++)
		assert_true(limit_admit(table, &rate, source,
		    now + (1000 + i + 1) * (uint64_t)INTERVAL));
}

static void
a_burst_of_one_is_one_an_interval(void **state)
{
	const struct limit_rate strict = {500, 500};

	(void)state;
	assert_true(limit_admit(table, &strict, 7, 1));
	assert_false(limit_admit(table, &strict, 7, 1));
	assert_false(limit_admit(table, &strict, 7, 500));
	assert_true(limit_admit(table, &strict, 7, 501));
}

static void
sources_and_services_do_not_share(void **state)
{
	(void)state;
	assert_int_equal(admitted(source4(1, 0x0a000001), 100, 5), BURST);
	assert_int_equal(admitted(source4(1, 0x0a000002), 100, 5), BURST);
	assert_int_equal(admitted(source4(2, 0x0a000001), 100, 5), BURST);
	assert_int_equal(admitted(source4(1, 0x0a000001), 100, 5), 0);
}

static void
a_source_is_an_address_a_network_of_64_or_a_machine_of_a_link(void **state)
{
	struct addr addr = {.in4 = {.sin_family = AF_INET, .sin_port = 1}};
	uint64_t source = limit_source(key, 1, &addr);

	(void)state;
	addr.in4.sin_port = 2;
	assert_true(limit_source(key, 1, &addr) == source);
	assert_true(source6("2001:db8::1") == source6("2001:db8::ffff:1:1"));
	assert_true(source6("2001:db8::1") != source6("2001:db8:0:1::1"));
	assert_true(source6("fe80::1") == source6("fe80::1"));
	assert_true(source6("fe80::1") != source6("fe80::2"));
	/* The same eight bytes, by another meaning. */
	assert_true(source6("::1:0:0:0:0") != source6("fe80::1:0:0:0"));
	const uint64_t other[2] = {1, 3};

	assert_true(limit_source(other, 1, &addr) != source);
}

/* Both clocks of a word wrap: 2^28 ms is the shorter turn's end. */
static void
clocks_wrap(void **state)
{
	static const uint64_t ends[] = {UINT64_C(1) << 28, UINT64_C(1) << 29,
	    UINT64_C(1) << 24, UINT64_C(1) << 32, UINT64_C(1) << 40};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		uint64_t source = source4(1, 0x0a000001), now = ends[i] - 2500;

		empty_table(state);
		assert_int_equal(admitted(source, 100, now), BURST);
		assert_true(limit_tell(table, source, now));
		assert_int_equal(admitted(source, 100, now + 5000), 5);
		assert_false(limit_tell(table, source, now + 5000));
		assert_int_equal(admitted(source, 100, now + 100000), BURST);
		assert_true(limit_tell(table, source, now + 100000));
	}
}

/* Idle for so long that its due time seems to lie ahead. */
static void
who_was_away_for_ages_owes_nothing(void **state)
{
	static const uint64_t ages[] = {UINT64_C(1) << 27,
	    (UINT64_C(1) << 27) + 1, 200000000, UINT64_C(1) << 33};

	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		uint64_t source = source4(1, 0x0a000001);

		empty_table(state);
		assert_int_equal(admitted(source, 100, 1), BURST);
		assert_int_equal(
		    admitted(source, 100, 1 + SPAN + ages[i]), BURST);
	}
}

static void
another_process_may_have_an_earlier_clock(void **state)
{
	uint64_t source = source4(1, 0x0a000001), now = 1 << 20;

	(void)state;
	assert_int_equal(admitted(source, 100, now), BURST);
	assert_int_equal(admitted(source, 100, now - 50), 0);
	assert_true(limit_tell(table, source, now));
	/* The earlier clock's unit is the one before. */
	assert_false(limit_tell(table, source, now - 50));
	assert_false(limit_tell(table, source, now - 5000));
}

static void
a_reload_may_make_spans_longer_or_shorter(void **state)
{
	const struct limit_rate slow = {64000, 64000 * 1024};
	uint64_t source = source4(1, 0x0a000001);
	unsigned sum = 0;

	(void)state;
	for (unsigned i = 0; i < 2000; i++)
		sum += limit_admit(table, &slow, source, 1);
	assert_int_equal(sum, 1024);
	/* A debt of 18 hours under the old rate is forgiven under the new. */
	assert_int_equal(admitted(source, 100, 2), BURST);
}

static void
who_asks_too_fast_is_told_once_in_64_seconds(void **state)
{
	uint64_t source = source4(1, 0x0a000001), last = 0;
	unsigned told = 0;

	(void)state;
	for (uint64_t now = 1000; now < 1000000; now += 100) {
		bool is_admitted = limit_admit(table, &rate, source, now);

		if (is_admitted || !limit_tell(table, source, now))
			continue;
		assert_true(told == 0 || now - last >= LIMIT_TELL_MS);
		assert_true(told == 0 || now - last < LIMIT_TELL_MS + 10000);
		last = now;
		told++;
	}
	assert_in_range(told, 13, 16);
	assert_false(limit_tell(table, source4(1, 0x0a000002), 1000));
}

/* A flood of forged sources makes the table forget neither who is over the
 * limit, nor refuse anybody new. */
static void
a_flood_of_sources_pushes_out_who_owes_least(void **state)
{
	uint64_t abuser = source4(1, 0x0a000001), now = 1 << 20;
	uint32_t forged = 0x0b000000;
	unsigned sum = admitted(abuser, 100, now);

	(void)state;
	assert_int_equal(sum, BURST);
	for (unsigned second = 1; second <= 60; second++) {
		now += 1000;
		for (unsigned i = 0; i < 20000; i++)
			assert_true(limit_admit(
			    table, &rate, source4(1, forged++), now));
		sum += admitted(abuser, 100, now);
	}
	assert_int_equal(sum, BURST + 60);
}

/* A table full of sources whose due time seems to lie ahead. */
static void
who_was_away_for_ages_makes_room_first(void **state)
{
	uint64_t now = (UINT64_C(1) << 27) + 2 * INTERVAL;
	uint64_t abuser = source4(1, 0x0a000001);

	(void)state;
	for (uint32_t i = 0; i < 200000; i++)
		assert_true(
		    limit_admit(table, &rate, source4(1, 0x0b000000 + i), 1));
	assert_int_equal(admitted(abuser, 100, now), BURST);
	for (uint32_t i = 0; i < 100000; i++)
		assert_true(
		    limit_admit(table, &rate, source4(1, 0x0c000000 + i), now));
	assert_int_equal(admitted(abuser, 100, now), 0);
}

static void
thirty_thousand_sources_are_remembered(void **state)
{
	enum { SOURCES = 32768 };
	unsigned remembered = 0;

	(void)state;
	for (uint32_t i = 0; i < SOURCES; i++)
		assert_int_equal(
		    admitted(source4(1, 0x0a000000 + i), BURST, 9), BURST);
	for (uint32_t i = 0; i < SOURCES; i++)
		remembered +=
		    !limit_admit(table, &rate, source4(1, 0x0a000000 + i), 9);
	/* Half full, a bucket of eight rarely runs over. */
	assert_true(remembered > SOURCES * 97 / 100);
}

/* What COUNT processes get in all of one source that each asks 20,000 times. */
static unsigned
admitted_by_processes(unsigned count, uint64_t source)
{
	_Atomic unsigned *sum = mmap(NULL, sizeof(*sum), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned out;

	assert_true(sum != MAP_FAILED);
	for (unsigned i = 0; i < count; i++) {
		pid_t pid = fork();

		assert_true(pid != -1);
		if (pid != 0)
			continue;
		for (unsigned k = 0; k < 20000; k++)
			if (limit_admit(table, &rate, source, 1 + k / 10))
				atomic_fetch_add(sum, 1);
		_exit(0);
	}
	for (unsigned i = 0; i < count; i++)
		assert_true(wait(NULL) > 0);
	out = *sum;
	munmap((void *)(uintptr_t)sum, sizeof(*sum));
	return out;
}

static void
two_processes_share_one_limit(void **state)
{
	(void)state;
	/* A burst, and one at 1 s of the test's two. Each clock runs from the
	 * same start, whenever its process does: the later one finds the debt
	 * of the other. */
	assert_in_range(admitted_by_processes(2, source4(1, 0x0a000001)),
	    BURST + 1, BURST + 2);
}

static void
a_total_is_spread_over_the_second(void **state)
{
	static struct limit_total total;
	unsigned sum = 0;

	(void)state;
	for (uint64_t now = 1000; now < 11000; now += 4)
		sum += limit_take(&total, 5000, 32, now);
	assert_in_range(sum, 50000, 50000 + 501);
	/* A tenth of a second's at once, after any pause. */
	sum = 0;
	for (unsigned i = 0; i < 100; i++)
		sum += limit_take(&total, 5000, 32, 100000);
	assert_int_equal(sum, 501);
}

static void
a_total_may_be_one_a_second_or_as_good_as_none(void **state)
{
	static struct limit_total slow, fast;

	(void)state;
	assert_int_equal(limit_take(&slow, 1, 32, 5000), 1);
	assert_int_equal(limit_take(&slow, 1, 32, 5800), 0);
	assert_int_equal(limit_take(&slow, 1, 32, 6000), 1);
	for (unsigned i = 0; i < 100000; i++)
		assert_int_equal(limit_take(&fast, 1000000000, 32, 5000), 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(
	        a_burst_and_then_one_an_interval, empty_table),
	    cmocka_unit_test_setup(
	        a_burst_of_one_is_one_an_interval, empty_table),
	    cmocka_unit_test_setup(
	        sources_and_services_do_not_share, empty_table),
	    cmocka_unit_test(
	        a_source_is_an_address_a_network_of_64_or_a_machine_of_a_link),
	    cmocka_unit_test(clocks_wrap),
	    cmocka_unit_test(who_was_away_for_ages_owes_nothing),
	    cmocka_unit_test_setup(
	        another_process_may_have_an_earlier_clock, empty_table),
	    cmocka_unit_test_setup(
	        a_reload_may_make_spans_longer_or_shorter, empty_table),
	    cmocka_unit_test_setup(
	        who_asks_too_fast_is_told_once_in_64_seconds, empty_table),
	    cmocka_unit_test_setup(
	        a_flood_of_sources_pushes_out_who_owes_least, empty_table),
	    cmocka_unit_test_setup(
	        who_was_away_for_ages_makes_room_first, empty_table),
	    cmocka_unit_test_setup(
	        thirty_thousand_sources_are_remembered, empty_table),
	    cmocka_unit_test_setup(two_processes_share_one_limit, empty_table),
	    cmocka_unit_test(a_total_is_spread_over_the_second),
	    cmocka_unit_test(a_total_may_be_one_a_second_or_as_good_as_none),
	};

	table = mmap(NULL, sizeof(*table), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (table == MAP_FAILED)
		return EXIT_FAILURE;
	return cmocka_run_group_tests_name("limit", tests, NULL, NULL);
}
