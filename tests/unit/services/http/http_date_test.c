/* Dates: RFC 9110 §5.6.7. */
#include "services/http/http_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* 2026-11-21 05:00:00 UTC: the present, where one is needed. */
static const int64_t now = 1795237200;

static bool
parse(const char *text, int64_t *seconds)
{
	return http_date_parse(
	    (struct span){(const uint8_t *)text, strlen(text)}, now, seconds);
}

static void
expect(const char *text, int64_t seconds)
{
	int64_t found;

	if (!parse(text, &found))
		fail_msg("%s: not a date", text);
	assert_int_equal(found, seconds);
}

static void
expect_bad(const char *text)
{
	int64_t found;

	if (parse(text, &found))
		fail_msg("%s: taken for a date", text);
}

static void
http_38_rfc_9110_5_6_7_format(void **state)
{
	char text[HTTP_DATE_LEN];

	(void)state;
	http_date_format(784111777, text);
	assert_memory_equal(
	    text, "Sun, 06 Nov 1994 08:49:37 GMT", HTTP_DATE_LEN);
	http_date_format(0, text);
	assert_memory_equal(
	    text, "Thu, 01 Jan 1970 00:00:00 GMT", HTTP_DATE_LEN);
	http_date_format(-1, text);
	assert_memory_equal(
	    text, "Wed, 31 Dec 1969 23:59:59 GMT", HTTP_DATE_LEN);
	http_date_format(INT64_MAX, text);
	assert_memory_equal(
	    text, "Fri, 31 Dec 9999 23:59:59 GMT", HTTP_DATE_LEN);
	http_date_format(INT64_MIN, text);
	assert_memory_equal(
	    text, "Sat, 01 Jan 0000 00:00:00 GMT", HTTP_DATE_LEN);
}

/* Every day of 400 years and more, against the C library. */
static void
format_and_parse_agree_with_the_library(void **state)
{
	(void)state;
	for (int64_t day = -30000; day < 180000; day++) {
		time_t seconds = day * 86400 + day % 86400;
		char text[HTTP_DATE_LEN], expected[64];
		struct tm parts;
		int64_t found;

		assert_non_null(gmtime_r(&seconds, &parts));
		assert_int_equal(strftime(expected, sizeof(expected),
		                     "%a, %d %b %Y %H:%M:%S GMT", &parts),
		    HTTP_DATE_LEN);
		http_date_format(seconds, text);
		assert_memory_equal(text, expected, HTTP_DATE_LEN);
		assert_true(http_date_parse(
		    (struct span){(uint8_t *)text, HTTP_DATE_LEN}, now,
		    &found));
		assert_int_equal(found, seconds);
	}
}

static void
http_53_rfc_9110_5_6_7_three_forms(void **state)
{
	(void)state;
	expect("Sun, 06 Nov 1994 08:49:37 GMT", 784111777);
	expect("Sunday, 06-Nov-94 08:49:37 GMT", 784111777);
	expect("Sun Nov  6 08:49:37 1994", 784111777);
	expect("Wed Nov 16 08:49:37 1994", 784111777 + 10 * 86400);
	/* Two digits: at most fifty years ahead. */
	expect("Thursday, 01-Jan-76 00:00:00 GMT", 3345062400);
	expect("Saturday, 01-Jan-77 00:00:00 GMT", 220924800);
	expect("Sat, 29 Feb 2020 23:59:60 GMT", 1583020800);
}

static void
http_53_what_is_no_date(void **state)
{
	static const char *const bad[] = {"", "0", "Sun", "Sun,", "now",
	    "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
	    "Sun, 06 Nov 1994 08:49:37 GMT ", "sun, 06 Nov 1994 08:49:37 GMT",
	    "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT",
	    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
	    "Sun, 00 Nov 1994 08:49:37 GMT", "Tue, 29 Feb 2022 00:00:00 GMT",
	    "Sun, 06 Nox 1994 08:49:37 GMT", "Sun Nov 6 08:49:37 1994",
	    "784111777", "Sun, 06 Nov 19x4 08:49:37 GMT"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		expect_bad(bad[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(http_38_rfc_9110_5_6_7_format),
	    cmocka_unit_test(format_and_parse_agree_with_the_library),
	    cmocka_unit_test(http_53_rfc_9110_5_6_7_three_forms),
	    cmocka_unit_test(http_53_what_is_no_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
