/* daytime_line_test.c — the four forms of RFC 867's line, written and
 * recognised. The numbers are those of the time requirements. */
#include "services/daytime/daytime_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const int64_t saturday = 1795226963; /* 2026-11-21T02:09:23Z */
static const uint64_t second_ns = 1000000000;

static const struct sync_state good = {
    .stratum = 2, .root_dispersion_ns = 5000000};

static const char *
line_of(enum daytime_line_form form, const struct daytime_line_facts *facts)
{
	static uint8_t out[DAYTIME_LINE_MAX + 1];
	size_t len =
	    daytime_line(form, facts, (struct space){out, DAYTIME_LINE_MAX});

	assert_true(len <= DAYTIME_LINE_MAX);
	out[len] = 0;
	assert_int_equal(strlen((char *)out), len);
	for (size_t i = 0; i < len - 2; i++)
		assert_in_range(out[i], ' ', '~');
	/* Each line is known for what it is, and parts of it are not. */
	assert_true(daytime_line_is_answer((struct span){out, len}));
	assert_false(daytime_line_is_answer((struct span){out, len - 1}));
	assert_false(daytime_line_is_answer((struct span){out, len + 1}));
	assert_false(daytime_line_is_answer((struct span){out + 1, len - 1}));
	return (const char *)out;
}

static const char *
line_at(enum daytime_line_form form, int64_t unix_seconds, int32_t offset,
    const char *zone)
{
	const struct daytime_line_facts facts = {
	    .unix_seconds = unix_seconds,
	    .offset = offset,
	    .zone = zone,
	    .sync = &good,
	};

	return line_of(form, &facts);
}

static void
ctime_form(void **state)
{
	const enum daytime_line_form form = DAYTIME_LINE_CTIME;

	(void)state;
	assert_string_equal(
	    line_at(form, saturday, 0, "UTC"), "Sat Nov 21 02:09:23 2026\r\n");
	assert_string_equal(line_at(form, saturday, -28800, "PST"),
	    "Fri Nov 20 18:09:23 2026\r\n");
	assert_string_equal(
	    line_at(form, 0, 0, "UTC"), "Thu Jan  1 00:00:00 1970\r\n");
	assert_string_equal(
	    line_at(form, 951782400, 0, "UTC"), "Tue Feb 29 00:00:00 2000\r\n");
	assert_string_equal(line_at(form, 2085978496, 0, "UTC"),
	    "Thu Feb  7 06:28:16 2036\r\n");
	assert_string_equal(
	    line_at(form, INT64_MAX, 0, "UTC"), "Fri Dec 31 23:59:59 9999\r\n");
	assert_string_equal(
	    line_at(form, INT64_MIN, 0, "UTC"), "Thu Jan  1 00:00:00 1970\r\n");
}

static void
smtp_form(void **state)
{
	const enum daytime_line_form form = DAYTIME_LINE_SMTP;

	(void)state;
	assert_string_equal(
	    line_at(form, saturday, 0, "UTC"), "21 NOV 2026 02:09:23 UTC\r\n");
	assert_string_equal(
	    line_at(form, 0, 0, "UTC"), "01 JAN 1970 00:00:00 UTC\r\n");
	assert_string_equal(line_at(form, saturday, 7200, "CEST"),
	    "21 NOV 2026 04:09:23 CEST\r\n");
	assert_string_equal(line_at(form, saturday, 12600, "+0330"),
	    "21 NOV 2026 05:39:23 +0330\r\n");
}

/* A zone file, or TZ, can say anything. */
static void
odd_zones(void **state)
{
	const enum daytime_line_form form = DAYTIME_LINE_SMTP;

	(void)state;
	assert_string_equal(line_at(form, saturday, 3600, "\x1b[31m"),
	    "21 NOV 2026 03:09:23 +0100\r\n");
	assert_string_equal(line_at(form, saturday, -3600, "M\xc3\xa4z"),
	    "21 NOV 2026 01:09:23 -0100\r\n");
	assert_string_equal(line_at(form, saturday, -5400, ""),
	    "21 NOV 2026 00:39:23 -0130\r\n");
	assert_string_equal(line_at(form, saturday, 0, "ABCDEFGHIJKLMNOP"),
	    "21 NOV 2026 02:09:23 ABCDEFGHIJKLMNOP\r\n");
	assert_string_equal(line_at(form, saturday, 0, "ABCDEFGHIJKLMNOPQ"),
	    "21 NOV 2026 02:09:23 +0000\r\n");
	assert_string_equal(line_at(form, saturday, 93601, ""),
	    "21 NOV 2026 02:09:23 +0000\r\n");
	assert_string_equal(line_at(form, saturday, INT32_MIN, ""),
	    "21 NOV 2026 02:09:23 +0000\r\n");
}

static void
iso_form(void **state)
{
	const enum daytime_line_form form = DAYTIME_LINE_ISO;

	(void)state;
	assert_string_equal(
	    line_at(form, saturday, 0, "UTC"), "2026-11-21T02:09:23Z\r\n");
	assert_string_equal(line_at(form, saturday, 3600, "CET"),
	    "2026-11-21T03:09:23+01:00\r\n");
	assert_string_equal(line_at(form, saturday, -12600, "NST"),
	    "2026-11-20T22:39:23-03:30\r\n");
	/* Offset and time agree, whole minutes or not. */
	assert_string_equal(line_at(form, saturday, 3208, "LMT"),
	    "2026-11-21T03:02:23+00:53\r\n");
	assert_string_equal(line_at(form, saturday, -3208, "LMT"),
	    "2026-11-21T01:16:23-00:53\r\n");
	assert_string_equal(
	    line_at(form, saturday, 59, "LMT"), "2026-11-21T02:09:23Z\r\n");
	assert_string_equal(line_at(form, INT64_MAX, 93600, "UTC"),
	    "9999-12-31T23:59:59+26:00\r\n");
}

static void
nist_form(void **state)
{
	const enum daytime_line_form form = DAYTIME_LINE_NIST;

	(void)state;
	assert_string_equal(line_at(form, saturday, 0, "UTC"),
	    "61365 26-11-21 02:09:23 00 0 0   0.0 UTC(netlabd) *\r\n");
	/* Always UTC. */
	assert_string_equal(line_at(form, saturday, 3600, "CET"),
	    "61365 26-11-21 02:09:23 00 0 0   0.0 UTC(netlabd) *\r\n");
	/* NIST's example of a day: 49010 is 23 January 1993. */
	assert_string_equal(line_at(form, 727826482, 0, "UTC"),
	    "49010 93-01-23 22:01:22 00 0 0   0.0 UTC(netlabd) *\r\n");
	/* The Modified Julian Day is 100000 on 1 September 2132. */
	assert_string_equal(line_at(form, 5133283200, 0, "UTC"),
	    "00000 32-09-01 00:00:00 00 0 0   0.0 UTC(netlabd) *\r\n");
}

static void
nist_digits(void **state)
{
	const struct {
		struct sync_state sync;
		const char *said;
	} cases[] = {
	    {good, " 00 0 0 "},
	    {{.stratum = 2, .leap = SYNC_LEAP_INSERT}, " 00 1 0 "},
	    {{.stratum = 2, .leap = SYNC_LEAP_DELETE}, " 00 2 0 "},
	    {{.stratum = 2, .root_dispersion_ns = second_ns}, " 00 0 0 "},
	    {{.stratum = 2,
	         .root_dispersion_ns = second_ns,
	         .root_delay_ns = 2},
	        " 00 0 1 "},
	    {{.stratum = 2, .root_delay_ns = 10 * second_ns}, " 00 0 1 "},
	    {{.stratum = 2, .root_dispersion_ns = 5 * second_ns + 1},
	        " 00 0 3 "},
	    {sync_unknown(-20), " 00 0 3 "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct daytime_line_facts facts = {
		    .unix_seconds = saturday,
		    .zone = "UTC",
		    .sync = &cases[i].sync,
		};

		assert_non_null(
		    strstr(line_of(DAYTIME_LINE_NIST, &facts), cases[i].said));
	}
}

static bool
is_answer(const char *text)
{
	return daytime_line_is_answer(
	    (struct span){(const uint8_t *)text, strlen(text)});
}

static void
others(void **state)
{
	(void)state;
	/* What inetd and xinetd answer. */
	assert_true(is_answer("Wed Oct  7 09:05:00 2099\r\n"));
	assert_true(is_answer("21 NOV 2026 02:09:33 UTC\r\n"));
	/* … and what an upper-case service makes of ours, or a lower-case. */
	assert_true(is_answer("WED OCT  7 09:05:00 2099\r\n"));
	assert_true(is_answer("21 nov 2026 02:09:33 utc\r\n"));
	assert_true(is_answer("2026-11-21t02:09:23z\r\n"));
	assert_true(is_answer(
	    "61365 26-11-21 02:09:23 00 0 0   0.0 UTC(NETLABD) *\r\n"));
	assert_false(is_answer("Wed Oct  7 09:05:00 2099--"));
	assert_false(is_answer(""));
	assert_false(is_answer("\r\n"));
	assert_false(is_answer("x"));
	assert_false(is_answer("hello\r\n"));
	assert_false(is_answer("Wed Oct  7 09:05:00 99\n"));
	assert_false(is_answer("Wed Oct  7 09:05:00 2099\n"));
	assert_false(is_answer("W3d Oct  7 09:05:00 2099\r\n"));
	assert_false(is_answer("2026-11-21T02:09:23\r\n"));
	assert_false(is_answer("2026-11-21T02:09:23+01:00:00\r\n"));
	assert_false(is_answer("21 NOV 2026 02:09:33 \r\n"));
	assert_false(is_answer(
	    "21 NOV 2026 02:09:33 "
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"));
}

/* Lines of which one byte is another, each length of them: what is taken for an
 * answer is printable, and nothing else is looked at. */
static void
garbled(void **state)
{
	(void)state;
	for (unsigned form = 0; form < DAYTIME_LINE_FORMS; form++) {
		const char *line = line_at(
		    (enum daytime_line_form)form, saturday, 3600, "CET");
		size_t len = strlen(line);

		for (size_t i = 0; i < len * 256; i++) {
			/* In memory of its own, which has an end. */
			uint8_t *copy = malloc(len);

			assert_non_null(copy);
			memcpy(copy, line, len);
			copy[i / 256] = (uint8_t)i;
			bool is_known =
			    daytime_line_is_answer((struct span){copy, len});
			bool is_printable =
			    i / 256 >= len - 2 ||
			    (copy[i / 256] >= ' ' && copy[i / 256] <= '~');

			assert_true(!is_known || is_printable);
			daytime_line_is_answer((struct span){copy, i % len});
			free(copy);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 40, RFC 867: ctime(3)'s form", ctime_form),
	    TEST("TIME 40, RFC 867: SMTP's form", smtp_form),
	    TEST("TIME 40, RFC 867: printable, whatever the zone", odd_zones),
	    TEST("TIME 40: ISO 8601", iso_form),
	    TEST("TIME 40: NIST's form", nist_form),
	    TEST("TIME 40: NIST's leap and health digits", nist_digits),
	    TEST("TIME 44: lines of others are known too", others),
	    TEST("TIME 44: lines that are almost one", garbled),
	};

	return cmocka_run_group_tests_name("daytime_line", tests, NULL, NULL);
}
