/* The Range field: what it asks of a file of a given size. */
#include "http_ask.h"
#include "services/http/http_range.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* What "Range: VALUE" asks of SIZE bytes: "0-4 9-9", "whole" or "none". */
static const char *
ranges(const char *value, uint64_t size)
{
	static char text[1024], fields[4096];
	struct http_range_set set;
	size_t len = 0;

	(void)snprintf(fields, sizeof(fields), "Range: %s\r\n", value);
	struct http_request request = http_ask_request("GET", fields);

	switch (http_range_read(&request, size, &set)) {
	case HTTP_RANGE_WHOLE:
		return "whole";
	case HTTP_RANGE_NONE:
		return "none";
	case HTTP_RANGE_SOME:
		break;
	}
	assert_in_range(set.count, 1, HTTP_RANGE_MAX);
	for (unsigned i = 0; i < set.count; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "%s%" PRIu64 "-%" PRIu64, i > 0 ? " " : "",
		    set.ranges[i].first, set.ranges[i].last);
	return text;
}

static void
expect(const char *value, uint64_t size, const char *expected)
{
	const char *found = ranges(value, size);

	if (strcmp(found, expected) != 0)
		fail_msg("%s of %" PRIu64 ": %s, not %s", value, size, found,
		    expected);
}

static void
http_56_rfc_9110_14_1_2_one_range(void **state)
{
	(void)state;
	expect("bytes=2-4", 10, "2-4");
	expect("Bytes=9-", 10, "9-9");
	expect("bytes=0-0", 10, "0-0");
	expect("bytes=8-10", 10, "8-9");
	expect("bytes=-3", 10, "7-9");
	expect("bytes=-10", 10, "0-9");
	expect("bytes=-30", 10, "0-9");
	expect("bytes=0-", 10, "0-9");
	expect("bytes= , 1-1 ,", 10, "1-1");
	expect("bytes=00001-0002", 10, "1-2");
}

static void
http_56_57_rfc_9110_14_1_2_nothing_of_it_is_there(void **state)
{
	(void)state;
	expect("bytes=10-", 10, "none");
	expect("bytes=10-12", 10, "none");
	expect("bytes=-0", 10, "none");
	expect("bytes=10-,-0,99-100", 10, "none");
}

static void
http_55_rfc_9110_14_2_no_range_at_all(void **state)
{
	static const char *const broken[] = {"bytes=", "bytes=,", "bytes=x",
	    "bytes=-", "bytes=4-2", "bytes=1-2x", "bytes=1 -2", "bytes=1- 2",
	    "bytes=--1", "bytes=+1-2", "bytes=1-2-3", "bytes=0x1-2",
	    "bytes=1-2 3-4", "bytes=1-2;3-4", "bytes=1", "bytes=1-2,x",
	    "bytes=1.5-2"};

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		expect(broken[i], 10, "none");
}

static void
http_55_rfc_9110_14_2_another_unit_is_ignored(void **state)
{
	(void)state;
	expect("lines=1-2", 10, "whole");
	expect("bytes", 10, "whole");
	expect("bytes 1-2", 10, "whole");
	expect("bytes =1-2", 10, "whole");
	expect("", 10, "whole");
	expect("bytes=1-2\r\nRange: bytes=1-2", 10, "whole");
}

static void
http_57_rfc_9110_14_1_2_an_empty_file_is_whole(void **state)
{
	(void)state;
	expect("bytes=0-", 0, "whole");
	expect("bytes=-1", 0, "whole");
	expect("bytes=5-9", 0, "whole");
	expect("bytes=x", 0, "whole");
}

static void
http_59_rfc_9110_15_3_7_2_several_ranges(void **state)
{
	(void)state;
	expect("bytes=0-1,500-501", 1000, "0-1 500-501");
	expect("bytes=500-501, 0-1", 1000, "500-501 0-1");
	expect("bytes=0-1,-5,300-310", 1000, "0-1 995-999 300-310");
	/* What is not there is dropped. */
	expect("bytes=2000-,0-1,-0,500-501,1000-", 1000, "0-1 500-501");
	expect("bytes=0-1,2000-", 1000, "0-1");
}

static void
http_59_rfc_9110_17_15_overlaps_become_one(void **state)
{
	(void)state;
	expect("bytes=0-9,5-14", 1000, "0-14");
	expect("bytes=5-14,0-9", 1000, "0-14");
	expect("bytes=0-9,10-19", 1000, "0-19");
	expect("bytes=0-9,0-9,0-9", 1000, "0-9");
	expect("bytes=0-999,3-5", 1000, "0-999");
	/* Closer together than the lines between two parts are long. */
	expect("bytes=0-9,89-99", 1000, "0-99");
	expect("bytes=0-9,90-99", 1000, "0-9 90-99");
	expect("bytes=90-99,0-9", 1000, "90-99 0-9");
	/* One that joins two others, at the place of the first. */
	expect(
	    "bytes=0-9,200-209,500-509,100-190,10-100", 1000, "0-209 500-509");
	expect("bytes=500-509,0-9,200-209,900-901,5-205", 1000,
	    "500-509 0-209 900-901");
}

static void
http_59_rfc_9110_17_15_too_many_are_the_whole(void **state)
{
	char value[2048] = "bytes=";
	size_t len = strlen(value);

	(void)state;
	for (unsigned i = 0; i < HTTP_RANGE_MAX; i++)
		len += (size_t)snprintf(value + len, sizeof(value) - len,
		    "%u-%u,", i * 1000, i * 1000 + 1);
	assert_string_not_equal(ranges(value, 100000), "whole");
	assert_non_null(strstr(ranges(value, 100000), " 15000-15001"));
	(void)snprintf(value + len, sizeof(value) - len, "0-0");
	expect(value, 100000, "whole");
	/* Those that are not there have been asked for, too. */
	(void)snprintf(value + len, sizeof(value) - len, "200000-");
	expect(value, 100000, "whole");
	(void)snprintf(value + len, sizeof(value) - len, "0-0,x");
	expect(value, 100000, "none");
}

static void
http_61_rfc_9110_14_1_2_numbers_of_any_length(void **state)
{
	(void)state;
	expect("bytes=8-18446744073709551615", 10, "8-9");
	expect("bytes=8-18446744073709551616", 10, "8-9");
	expect("bytes=8-99999999999999999999999999999999", 10, "8-9");
	expect("bytes=-99999999999999999999999999999999", 10, "0-9");
	expect("bytes=18446744073709551616-", 10, "none");
	expect("bytes=18446744073709551615-18446744073709551615", 10, "none");
	expect("bytes=99999999999999999999-3", 10, "none");
	expect("bytes=9223372036854775806-", INT64_MAX,
	    "9223372036854775806-9223372036854775806");
	expect("bytes=0-0,-1", UINT64_MAX,
	    "0-0 18446744073709551614-18446744073709551614");
	expect("bytes=0-0,-18446744073709551615", UINT64_MAX,
	    "0-18446744073709551614");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_56_rfc_9110_14_1_2_one_range),
	    cmocka_unit_test(http_56_57_rfc_9110_14_1_2_nothing_of_it_is_there),
	    cmocka_unit_test(http_55_rfc_9110_14_2_no_range_at_all),
	    cmocka_unit_test(http_55_rfc_9110_14_2_another_unit_is_ignored),
	    cmocka_unit_test(http_57_rfc_9110_14_1_2_an_empty_file_is_whole),
	    cmocka_unit_test(http_59_rfc_9110_15_3_7_2_several_ranges),
	    cmocka_unit_test(http_59_rfc_9110_17_15_overlaps_become_one),
	    cmocka_unit_test(http_59_rfc_9110_17_15_too_many_are_the_whole),
	    cmocka_unit_test(http_61_rfc_9110_14_1_2_numbers_of_any_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
