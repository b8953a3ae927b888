/* status_unit_test.c — numbers of the status in few characters. */
#include "client/status/status_unit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static char text[STATUS_UNIT_MAX];

static void
test_counts(void **state)
{
	static const struct {
		uint64_t count;
		const char *text;
	} rows[] = {
	    {0, "0"},
	    {99999999999, "99999999999"},
	    {100000000000, "100.0G"},
	    {1500000000000, "1.5T"},
	    {UINT64_C(2000000000000000), "2.0P"},
	    {UINT64_MAX, "18.4E"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
		    status_unit_count(rows[i].count, text), rows[i].text);
}

static void
test_rates(void **state)
{
	static const struct {
		double rate;
		const char *text;
	} rows[] = {
	    {0, "0"},
	    {0.3, "0.3"},
	    {99.94, "99.9"},
	    {99.96, "100"},
	    {123456.7, "123457"},
	    {1.8e19, "1.8e+19"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
		    status_unit_rate(rows[i].rate, text), rows[i].text);
}

static void
test_durations(void **state)
{
	static const struct {
		uint64_t ms;
		const char *text;
	} rows[] = {
	    {0, "0.0s"},
	    {999, "0.9s"},
	    {1000, "1s"},
	    {59999, "59s"},
	    {303000, "5m03s"},
	    {3599999, "59m59s"},
	    {11520000, "3h12m"},
	    {86399999, "23h59m"},
	    {1051200000, "12d04h"},
	    {UINT64_MAX, "213503982334d14h"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
		    status_unit_duration(rows[i].ms, text), rows[i].text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_counts),
	    cmocka_unit_test(test_rates),
	    cmocka_unit_test(test_durations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
