/* clock_lease_test.c — one worker at a time looks at the clock. */
#include "services/clock/clock_lease.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const uint64_t now_ms = 123456789;

static void
one_at_a_time(void **state)
{
	struct clock_lease lease = {0};
	uint32_t one = clock_lease_name(1, 0), two = clock_lease_name(1, 63);

	(void)state;
	assert_true(clock_lease_take(&lease, one, now_ms));
	assert_false(clock_lease_take(&lease, two, now_ms));
	/* Renewed each second, it never ends. */
	for (unsigned i = 1; i < 10; i++) {
		assert_true(clock_lease_take(&lease, one, now_ms + 1000 * i));
		assert_false(
		    clock_lease_take(&lease, two, now_ms + 1000 * i + 999));
	}
}

static void
ends_by_itself(void **state)
{
	struct clock_lease lease = {0};
	uint32_t one = clock_lease_name(1, 0), two = clock_lease_name(1, 1);

	(void)state;
	assert_int_equal(clock_lease_left_ms(&lease, now_ms), 0);
	assert_true(clock_lease_take(&lease, one, now_ms));
	assert_int_equal(clock_lease_left_ms(&lease, now_ms), CLOCK_LEASE_MS);
	assert_false(
	    clock_lease_take(&lease, two, now_ms + CLOCK_LEASE_MS - 1));
	assert_int_equal(
	    clock_lease_left_ms(&lease, now_ms + CLOCK_LEASE_MS - 1), 1);
	assert_int_equal(
	    clock_lease_left_ms(&lease, now_ms + CLOCK_LEASE_MS + 1), 0);
	assert_true(clock_lease_take(&lease, two, now_ms + CLOCK_LEASE_MS));
	/* The one that hung, and goes on. */
	assert_false(clock_lease_take(&lease, one, now_ms + CLOCK_LEASE_MS));
}

static void
successor_has_it(void **state)
{
	struct clock_lease lease = {0};

	(void)state;
	assert_true(clock_lease_take(&lease, clock_lease_name(7, 3), now_ms));
	assert_true(
	    clock_lease_take(&lease, clock_lease_name(7, 3), now_ms + 1));
}

/* Across the wrap of the number, too. */
static void
newer_settings_win(void **state)
{
	static const unsigned generations[] = {1, 65534, 65535, 65536, 100000};

	(void)state;
	for (size_t i = 0; i < sizeof(generations) / sizeof(generations[0]);
	     i++) {
		struct clock_lease lease = {0};
		uint32_t old = clock_lease_name(generations[i], 1);
		uint32_t new = clock_lease_name(generations[i] + 1, 0);

		assert_true(clock_lease_take(&lease, old, now_ms));
		assert_true(clock_lease_take(&lease, new, now_ms));
		assert_false(clock_lease_take(&lease, old, now_ms));
		/* They did not come up: those before go on. */
		assert_true(
		    clock_lease_take(&lease, old, now_ms + CLOCK_LEASE_MS));
	}
}

enum { RACERS = 4, ROUNDS = 2000 };

/* Takes what lies in each of LEASES, and says how many it got. */
_Noreturn static void
race(struct clock_lease *leases, unsigned slot)
{
	for (unsigned i = 0; i < ROUNDS; i++)
		(void)clock_lease_take(
		    &leases[i], clock_lease_name(1, slot), now_ms);
	_exit(0);
}

static void
racers(void **state)
{
	struct clock_lease *leases = mmap(NULL, ROUNDS * sizeof(*leases),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	(void)state;
	assert_true(leases != MAP_FAILED);
	for (unsigned i = 0; i < RACERS; i++) {
		pid_t racer = fork();

		assert_true(racer != -1);
		if (racer == 0)
			race(leases, i);
	}
	for (unsigned i = 0; i < RACERS; i++) {
		int status;

		assert_true(wait(&status) != -1);
		assert_int_equal(status, 0);
	}
	/* Each has one holder, and that one alone may go on with it. */
	for (unsigned i = 0; i < ROUNDS; i++) {
		unsigned holders = 0;

		for (unsigned slot = 0; slot < RACERS; slot++)
			holders += clock_lease_take(
			    &leases[i], clock_lease_name(1, slot), now_ms + 1);
		assert_int_equal(holders, 1);
	}
	munmap(leases, ROUNDS * sizeof(*leases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("one worker has it, as long as it renews it", one_at_a_time),
	    TEST("TIME 13, 34: a dead holder loses it within two seconds",
	        ends_by_itself),
	    TEST("TIME 34: a respawned worker goes on at once",
	        successor_has_it),
	    TEST("TIME 34: a reload takes it over", newer_settings_win),
	    TEST("several at once: one gets it", racers),
	};

	return cmocka_run_group_tests_name("clock_lease", tests, NULL, NULL);
}
