/* shared_test.c — what workers share crosses the fork, and nothing overlaps. */
#include "core/shared.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
areas_are_apart(void **state)
{
	size_t sizes[STATS_SERVICE_MAX] = {[1] = 1, [2] = 64, [5] = 100000};
	struct shared *shared = shared_map(sizes);

	(void)state;
	assert_non_null(shared);
	uint8_t *one = shared_area(shared, 1);
	uint8_t *two = shared_area(shared, 2);
	uint8_t *five = shared_area(shared, 5);

	assert_null(shared_area(shared, 0));
	assert_null(shared_area(shared, STATS_SERVICE_MAX - 1));
	assert_true(one >= (uint8_t *)shared + sizeof(*shared));
	assert_true(two >= one + 1 && five >= two + 64);
	/* No two of them in one cache line. */
	assert_int_equal((uintptr_t)one % 64, 0);
	assert_int_equal((uintptr_t)two % 64, 0);
	assert_int_equal((uintptr_t)five % 64, 0);
	for (size_t i = 0; i < sizes[5]; i++)
		assert_int_equal(five[i], 0);
	memset(five, 1, sizes[5]);
	assert_int_equal(two[63], 0);
}

static void
children_write_for_all(void **state)
{
	struct shared *shared =
	    shared_map((size_t[STATS_SERVICE_MAX]){[3] = 8});
	uint8_t *area = shared_area(shared, 3);
	int status = -1;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		area[7] = 42;
		_exit(EXIT_SUCCESS);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(area[7], 42);
}

static void
keys_differ(void **state)
{
	const size_t none[STATS_SERVICE_MAX] = {0};
	struct shared *one = shared_map(none);
	struct shared *two = shared_map(none);

	(void)state;
	assert_memory_not_equal(one->key, two->key, sizeof(one->key));
	assert_true(one->key[0] != 0 || one->key[1] != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(areas_are_apart),
	    cmocka_unit_test(children_write_for_all),
	    cmocka_unit_test(keys_differ),
	};

	return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
