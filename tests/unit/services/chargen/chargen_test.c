/* chargen_test.c — door, pace and keys of RFC 864. The numbers are those of the
 * time requirements. */
#include "services/chargen/chargen.h"
#include "services/chargen/chargen_text.h"

#include "../room_fixture.h"
#include "../split.h"

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static uint8_t out[65536];

/* ------------------------------------------------------------- datagrams */

/* The length of the reply to LEN bytes where REPLY_MAX are allowed. */
static size_t
answered(const struct room_fixture *fixture, size_t len, size_t reply_max)
{
	static const uint8_t bytes[600];
	const struct datagram question = {
	    .bytes = {bytes, len},
	    .reply_max = reply_max,
	};
	struct reply reply = chargen_service.answer(fixture->state, &question,
	    (struct space){out, chargen_service.datagram_max});

	assert_false(reply.is_silent);
	assert_string_equal(
	    chargen_service.outcomes[reply.outcome], "answered");
	return reply.len;
}

/* Every hundredth part is hit, and nothing is longer. */
static void
random_lengths(void **state)
{
	struct room_fixture *fixture = room_fixture_open(&chargen_service, "");
	unsigned seen[6] = {0}, long_ones = 0;

	(void)state;
	assert_string_equal(fixture->said, "");
	for (unsigned i = 0; i < 3000; i++) {
		size_t len = answered(fixture, i % 600, 65507);

		assert_true(len <= 512);
		seen[len / 100]++;
		long_ones += len > 500;
		if (len >= CHARGEN_TEXT_LINE)
			assert_true(
			    chargen_text_is_answer((struct span){out, len}));
	}
	for (unsigned i = 0; i < 5; i++)
		assert_in_range(seen[i], 400, 800);
	assert_in_range(long_ones, 20, 150);
	room_fixture_close(fixture);
}

static void
no_longer_than_allowed(void **state)
{
	struct room_fixture *fixture = room_fixture_open(&chargen_service, "");
	size_t longest = 0;

	(void)state;
	for (unsigned i = 0; i < 500; i++) {
		size_t len = answered(fixture, 100, 100);

		assert_true(len <= 100);
		longest = len > longest ? len : longest;
	}
	assert_int_equal(longest, 100);
	assert_int_equal(answered(fixture, 0, 0), 0);
	room_fixture_close(fixture);
}

static void
own_format(void **state)
{
	struct room_fixture *fixture = room_fixture_open(&chargen_service, "");
	uint8_t line[CHARGEN_TEXT_LINE];
	struct reply reply;

	(void)state;
	chargen_text(7, (struct space){line, sizeof(line)});
	assert_string_equal(
	    room_fixture_ask(fixture, line, sizeof(line), &reply, out),
	    "own_format");
	assert_true(reply.is_silent);
	room_fixture_close(fixture);
}

/* --------------------------------------------------------------- streams */

static void
every_split(void **state)
{
	static uint8_t expected[CHARGEN_TEXT_LINE * 5000];
	struct room_fixture *fixture = room_fixture_open(
	    &chargen_service, "chargen_total = 370001 chargen_rate = 1000000");
	struct split split = {
	    .service = &chargen_service, .state = fixture->state};
	struct split_end end = split_check(&split, "whatever", 8);

	(void)state;
	assert_string_equal(fixture->said, "");
	chargen_text(0, (struct space){expected, sizeof(expected)});
	assert_int_equal(end.len, sizeof(expected)); /* 5000 whole lines */
	assert_memory_equal(end.bytes, expected, sizeof(expected));
	assert_int_equal(end.verdict, VERDICT_CLOSE);
	free(end.bytes);
	room_fixture_close(fixture);
}

static void
without_end(void **state)
{
	struct room_fixture *fixture = room_fixture_open(
	    &chargen_service, "chargen_total = 0 chargen_rate = 0");
	const struct split split = {.service = &chargen_service,
	    .state = fixture->state,
	    .most = 3000000};
	struct split_end end = split_run(&split, "", 0, NULL, 0, SPLIT_SPACE);

	(void)state;
	assert_int_equal(end.len, 3000000);
	assert_int_equal(end.verdict, VERDICT_WRITE);
	free(end.bytes);
	room_fixture_close(fixture);
}

/* What a connection made until MS, its worker being LATE_MS late each time. */
static size_t
made_until(const struct room_fixture *fixture, uint64_t ms, uint32_t late_ms)
{
	uint64_t session[8] = {0};
	struct stream stream = {.now_ms = 1000, .idle_ms = 60000};
	size_t made = 0;

	assert_true(sizeof(session) >= chargen_service.session_size);
	while (stream.now_ms < 1000 + ms) {
		struct stream_step step = chargen_service.input(fixture->state,
		    session, &stream, (struct space){out, sizeof(out)});

		made += step.made;
		stream.event = STREAM_ROOM;
		if (step.verdict == VERDICT_WAIT) {
			stream.event = STREAM_TIMEOUT;
			stream.now_ms += step.timeout_ms + late_ms;
		}
	}
	return made;
}

static void
rate(void **state)
{
	static const struct {
		const char *lines;
		size_t least, most; /* in ten seconds */
	} cases[] = {
	    {"chargen_rate = 1048576", 10485760, 11000000},
	    {"chargen_rate = 100000", 1000000, 1050000},
	    {"chargen_rate = 740", 7400, 7800},
	    {"chargen_rate = 1", 74, 74},
	    {"", 10485760, 11000000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct room_fixture *fixture =
		    room_fixture_open(&chargen_service, cases[i].lines);

		assert_in_range(made_until(fixture, 10000, 0), cases[i].least,
		    cases[i].most);
		assert_in_range(made_until(fixture, 10000, 128),
		    cases[i].least * 95 / 100, cases[i].most);
		room_fixture_close(fixture);
	}
}

/* Who stops for an hour gets no hour's worth at once. */
static void
no_credit(void **state)
{
	struct room_fixture *fixture =
	    room_fixture_open(&chargen_service, "chargen_rate = 74000");
	uint64_t session[8] = {0};
	struct stream stream = {.now_ms = 1000};
	size_t made = 0;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct stream_step step;

		made = 0;
		do {
			step = chargen_service.input(fixture->state, session,
			    &stream, (struct space){out, sizeof(out)});
			made += step.made;
		} while (step.verdict == VERDICT_WRITE);
		stream.now_ms += 3600000;
	}
	assert_in_range(made, 74, 74000 / 2);
	room_fixture_close(fixture);
}

static void
draining(void **state)
{
	struct room_fixture *fixture = room_fixture_open(&chargen_service, "");
	uint64_t session[8] = {0};
	const struct stream stream = {
	    .event = STREAM_ROOM, .is_draining = true, .now_ms = 1000};
	struct stream_step step = chargen_service.input(
	    fixture->state, session, &stream, (struct space){out, sizeof(out)});

	(void)state;
	assert_int_equal(step.verdict, VERDICT_CLOSE);
	room_fixture_close(fixture);
}

static void
mistakes(void **state)
{
	struct room_fixture *fixture = room_fixture_open(
	    &chargen_service, "chargen_rate = -1\nchargen_total = 73");

	(void)state;
	assert_string_equal(fixture->said,
	    "conf:3: 'chargen_rate' is 0 (no limit) or at least 1, not -1\n"
	    "conf:4: 'chargen_total' is 0 (no limit) or at least 74, not 73\n");
	room_fixture_close(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 42, RFC 864: datagrams of 0 to 512 characters",
	        random_lengths),
	    TEST("TIME 42: as much as may be sent", no_longer_than_allowed),
	    TEST("TIME 44: silence to what another server answers", own_format),
	    TEST("TIME 42, RFC 864: the text up to the total, however input is "
	         "split",
	        every_split),
	    TEST("TIME 42, RFC 864: without end where nothing limits it",
	        without_end),
	    TEST("TIME 42: the rate of a connection", rate),
	    TEST("TIME 42: nothing is saved up", no_credit),
	    TEST("TIME 42: a worker that goes ends it", draining),
	    TEST("TIME 42: mistakes in the keys, with their lines", mistakes),
	};

	return cmocka_run_group_tests_name("chargen", tests, NULL, NULL);
}
