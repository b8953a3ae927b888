/* daytime_test.c — door and keys of RFC 867. The numbers are those of the time
 * requirements. */
#include "services/daytime/daytime.h"
#include "services/daytime/daytime_line.h"

#include "../room_fixture.h"
#include "core/bytes.h"
#include "core/era.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static uint8_t out[65536];

/* The line that LEN bytes at BYTES get, without its end. */
static const char *
answered(const struct room_fixture *fixture, const void *bytes, size_t len)
{
	struct reply reply;
	const char *outcome =
	    room_fixture_ask(fixture, bytes, len, &reply, out);

	assert_string_equal(outcome, "answered");
	assert_false(reply.is_silent);
	assert_in_range(reply.len, 20, DAYTIME_LINE_MAX);
	assert_memory_equal(out + reply.len - 2, "\r\n", 2);
	out[reply.len - 2] = '\0';
	return (const char *)out;
}

static void
assert_silent(const struct room_fixture *fixture, const void *bytes, size_t len,
    const char *outcome)
{
	struct reply reply;

	assert_string_equal(
	    room_fixture_ask(fixture, bytes, len, &reply, out), outcome);
	assert_true(reply.is_silent);
}

static void
datagrams(void **state)
{
	struct room_fixture *fixture = room_fixture_open(&daytime_service, "");
	const uint8_t bytes[100] = "anything";

	(void)state;
	assert_string_equal(fixture->said, "");
	for (size_t len = 0; len <= sizeof(bytes); len++)
		assert_int_equal(strlen(answered(fixture, bytes, len)), 24);
	room_fixture_close(fixture);
}

/* LINE is the time of just now in FORM and in a zone. */
static void
assert_is_now(const char *line, enum daytime_line_form form, int32_t offset,
    const char *zone)
{
	const struct sync_state sync = sync_unknown(-20);
	struct daytime_line_facts facts = {
	    .unix_seconds = time(NULL) + 1,
	    .offset = offset,
	    .zone = zone,
	    .sync = &sync,
	};
	uint8_t text[DAYTIME_LINE_MAX + 1];

	for (unsigned i = 0; i < 60; i++, facts.unix_seconds--) {
		size_t len = daytime_line(
		    form, &facts, (struct space){text, DAYTIME_LINE_MAX});

		text[len - 2] = '\0';
		if (strcmp(line, (char *)text) == 0)
			return;
	}
	assert_string_equal(line, (char *)text);
}

/* The process's own zone is no matter without daytime_local. */
static void
zones(void **state)
{
	static const struct {
		const char *tz, *lines;
		enum daytime_line_form form;
		int32_t offset;
		const char *zone;
	} cases[] = {
	    {"CET-1", "", DAYTIME_LINE_CTIME, 0, ""},
	    {"CET-1", "daytime_format = \"smtp\"", DAYTIME_LINE_SMTP, 0, "UTC"},
	    {"CET-1", "daytime_format = \"iso\"", DAYTIME_LINE_ISO, 0, ""},
	    {"CET-1", "daytime_local = true", DAYTIME_LINE_CTIME, 3600, ""},
	    {"CET-1", "daytime_local = true daytime_format = \"smtp\"",
	        DAYTIME_LINE_SMTP, 3600, "CET"},
	    {"<-02>2", "daytime_local = true daytime_format = \"smtp\"",
	        DAYTIME_LINE_SMTP, -7200, "-02"},
	    {"IST-5:30", "daytime_local = true daytime_format = \"iso\"",
	        DAYTIME_LINE_ISO, 19800, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setenv("TZ", cases[i].tz, 1);
		struct room_fixture *fixture =
		    room_fixture_open(&daytime_service, cases[i].lines);

		assert_string_equal(fixture->said, "");
		assert_is_now(answered(fixture, "", 0), cases[i].form,
		    cases[i].offset, cases[i].zone);
		room_fixture_close(fixture);
	}
}

static void
nist(void **state)
{
	static const struct sync_state leap = {
	    .stratum = 1, .leap = SYNC_LEAP_INSERT};
	struct room_fixture *fixture =
	    room_fixture_open(&daytime_service, "daytime_format = \"nist\"");

	(void)state;
	assert_string_equal(
	    answered(fixture, "", 0) + 23, " 00 0 3   0.0 UTC(netlabd) *");
	sync_publish(&fixture->sync, &leap, 900);
	assert_string_equal(
	    answered(fixture, "", 0) + 23, " 00 1 0   0.0 UTC(netlabd) *");
	room_fixture_close(fixture);
}

static void
own_format(void **state)
{
	struct room_fixture *fixture = room_fixture_open(&daytime_service, "");
	static const char line[] = "Sat Nov 21 02:09:23 2026\r\n";
	uint8_t bytes[4];

	(void)state;
	assert_silent(fixture, line, sizeof(line) - 1, "own_format");
	answered(fixture, line, sizeof(line));
	bytes_put32be(bytes, era_seconds(time(NULL)));
	assert_silent(fixture, bytes, sizeof(bytes), "own_format");
	answered(fixture, "time", 4);
	room_fixture_close(fixture);
}

static void
require_sync(void **state)
{
	static const struct sync_state synchronised = {.stratum = 3};
	struct room_fixture *fixture =
	    room_fixture_open(&daytime_service, "require_sync = true");

	(void)state;
	assert_silent(fixture, "", 0, "unsynchronised");
	sync_publish(&fixture->sync, &synchronised, 900);
	answered(fixture, "", 0);
	room_fixture_close(fixture);
}

static void
mistakes(void **state)
{
	struct room_fixture *fixture =
	    room_fixture_open(&daytime_service, "daytime_format = \"rfc\"");

	(void)state;
	assert_string_equal(fixture->said,
	    "conf:3: 'daytime_format' is one of ctime, smtp, iso, nist, not "
	    "\"rfc\"\n");
	room_fixture_close(fixture);
	fixture = room_fixture_open(&daytime_service,
	    "daytime_format = \"nist\"\ndaytime_local = true");
	assert_string_equal(fixture->said,
	    "conf:4: 'daytime_local' has no place in the form \"nist\", which "
	    "is of UTC\n");
	room_fixture_close(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 40, RFC 867: any datagram", datagrams),
	    TEST("TIME 40: UTC, or local time as daytime_local says", zones),
	    TEST("TIME 40: NIST's form tells of the clock", nist),
	    TEST("TIME 44: silence to what another server answers", own_format),
	    TEST("TIME 40: require_sync", require_sync),
	    TEST("TIME 40: mistakes in the keys, with their lines", mistakes),
	};

	return cmocka_run_group_tests_name("daytime", tests, NULL, NULL);
}
