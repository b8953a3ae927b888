/* The table of services: what each has to be for the others' sake. */
#include "service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* What all clients share is in one worker's memory, so that its role may not be
 * one of which the configuration can ask for more. */
static void
state_that_is_shared_has_a_role_of_one_worker(void **state)
{
	(void)state;
	for (unsigned i = 0; i < services_count; i++)
		if ((services[i]->needs & NEED_ONE_WORKER) != 0)
			assert_int_not_equal(
			    settings_role_home(services[i]->role),
			    services[i]->role);
}

static void
names_are_different(void **state)
{
	(void)state;
	for (unsigned i = 0; i < services_count; i++)
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(
			    services[i]->name, services[k]->name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(state_that_is_shared_has_a_role_of_one_worker),
	    cmocka_unit_test(names_are_different),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
