/* seed_test.c — numbers of --seed, and of the kernel. */
#include "client/seed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
seed_says_the_numbers(void **state)
{
	const struct options one = {
	    .given = OPTIONS_BIT(OPTIONS_SEED), .seed = 1};
	const struct options two = {
	    .given = OPTIONS_BIT(OPTIONS_SEED), .seed = 2};

	(void)state;
	assert_true(seed_number(&one, 0) == seed_number(&one, 0));
	assert_true(seed_number(&one, 0) != seed_number(&one, 1));
	assert_true(seed_number(&one, 0) != seed_number(&two, 0));
}

/* Index and seed are the same both times. */
static void
none_is_foretold_without(void **state)
{
	const struct options options = {0};

	(void)state;
	assert_true(seed_number(&options, 0) != seed_number(&options, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(seed_says_the_numbers),
	    cmocka_unit_test(none_is_foretold_without),
	};

	return cmocka_run_group_tests_name("seed", tests, NULL, NULL);
}
