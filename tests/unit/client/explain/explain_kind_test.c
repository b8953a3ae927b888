/* explain_kind_test.c — what bytes are taken for, and the examples. */
#include "client/explain/explain_kind.h"

#include "client/show/show.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
assert_guess(struct span bytes, const char *name, bool is_stream)
{
	bool found_stream;
	const struct explain_kind *kind =
	    explain_kind_guess(bytes, &found_stream);

	assert_non_null(kind);
	assert_string_equal(kind->name, name);
	assert_int_equal(found_stream, is_stream);
}

/* Each is taken for what it is, and nothing is wrong with it. */
static void
examples_are_what_they_are_called(void **state)
{
	static const char *const names[] = {"dns", "ntp", "http", "eth", "ip"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct explain_kind *kind = explain_kind_find(names[i]);
		const struct explain_kind_example *example;

		assert_non_null(kind);
		for (example = kind->examples; example->name != NULL;
		     example++) {
			struct dissect dissection;

			assert_guess(example->bytes, names[i], false);
			assert_true(show_dissect(
			    &dissection, example->bytes, kind->dissect));
			assert_false(dissection.is_malformed);
			show_dissect_free(&dissection);
		}
	}
	assert_null(explain_kind_find("smtp"));
}

static void
dns_behind_its_length_is_a_stream(void **state)
{
	static const uint8_t bytes[] = {
	    0, 17, 0x1a, 0x2b, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1};

	(void)state;
	assert_guess((struct span){bytes, sizeof(bytes)}, "dns", true);
	assert_guess((struct span){bytes + 2, sizeof(bytes) - 2}, "dns", false);
}

static void
nothing_is_made_of_nonsense(void **state)
{
	bool is_stream;

	(void)state;
	assert_null(explain_kind_guess(span_of("hello"), &is_stream));
	assert_null(explain_kind_guess((struct span){NULL, 0}, &is_stream));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(examples_are_what_they_are_called),
	    cmocka_unit_test(dns_behind_its_length_is_a_stream),
	    cmocka_unit_test(nothing_is_made_of_nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
