/* upper_test.c — the door of the upper room. The numbers are those of the time
 * requirements. */
#include "services/upper/upper.h"

#include "../room_fixture.h"
#include "../split.h"

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const char *const keys[] = {"", "unicode = true"};

/* A text with all that unicode has to see to, as it comes out in either. */
static const char text[] = "Grüße, ǰ! ΐ ﬁn \xff\xe2\x82z \xf0\x90\x90\xa8 "
                           "abcdefghij ᾷ\n";
static const char *const capitals[] = {
    "GRüßE, ǰ! ΐ ﬁN \xff\xe2\x82Z \xf0\x90\x90\xa8 ABCDEFGHIJ ᾷ\n",
    "GRÜSSE, J̌! \xce\x99\xcc\x88\xcc\x81 FIN \xff\xe2\x82Z \xf0\x90\x90\x80 "
    "ABCDEFGHIJ ΑΙ͂\n",
};

static uint8_t bytes[65507], out[65507];

static void
assert_answer(const struct room_fixture *fixture, const char *question,
    const char *answer)
{
	struct reply reply;

	assert_string_equal(
	    room_fixture_ask(fixture, question, strlen(question), &reply, out),
	    "answered");
	assert_false(reply.is_silent);
	assert_int_equal(reply.len, strlen(answer));
	assert_memory_equal(out, answer, reply.len);
}

static void
datagrams(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct room_fixture *fixture =
		    room_fixture_open(&upper_service, keys[i]);

		assert_string_equal(fixture->said, "");
		assert_answer(fixture, text, capitals[i]);
		assert_answer(fixture, "", "");
		/* The beginning of a letter, and nothing will follow. */
		assert_answer(fixture, "ab\xe2\x82", "AB\xe2\x82");
		room_fixture_close(fixture);
	}
}

static struct reply
ask(const struct room_fixture *fixture, size_t len, size_t reply_max)
{
	const struct datagram question = {
	    .bytes = {bytes, len},
	    .reply_max = reply_max,
	};

	return upper_service.answer(
	    fixture->state, &question, (struct space){out, sizeof(out)});
}

static void
whole_or_silent(void **state)
{
	struct room_fixture *fixture =
	    room_fixture_open(&upper_service, keys[1]);

	(void)state;
	assert_int_equal(upper_service.datagram_max, sizeof(out));
	memset(bytes, 'a', sizeof(bytes));
	struct reply reply = ask(fixture, sizeof(bytes), sizeof(out));

	assert_false(reply.is_silent);
	assert_int_equal(reply.len, sizeof(out));
	assert_int_equal(out[sizeof(out) - 1], 'A');
	memcpy(bytes, "\xc5\x89", 2); /* becomes a byte longer */
	reply = ask(fixture, sizeof(bytes), sizeof(out));
	assert_true(reply.is_silent);
	assert_string_equal(upper_service.outcomes[reply.outcome], "too_long");
	assert_false(ask(fixture, sizeof(bytes) - 1, sizeof(out)).is_silent);
	assert_int_equal(ask(fixture, 4, 5).len, 5);
	assert_true(ask(fixture, 4, 4).is_silent);
	room_fixture_close(fixture);
}

static void
streams(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct room_fixture *fixture =
		    room_fixture_open(&upper_service, keys[i]);
		const struct split split = {
		    .service = &upper_service, .state = fixture->state};

		split_expect(&split, text, strlen(text), capitals[i],
		    strlen(capitals[i]));
		split_expect(&split, "a\xf0\x90\x90", 4, "A\xf0\x90\x90", 4);
		split_expect(&split, "", 0, "", 0);
		room_fixture_close(fixture);
	}
}

/* Longer than its room: what does not fit comes in the next steps. */
static void
long_streams(void **state)
{
	struct room_fixture *fixture =
	    room_fixture_open(&upper_service, keys[1]);
	const struct split split = {
	    .service = &upper_service, .state = fixture->state};
	size_t len = 3001;
	const size_t cuts[] = {1, 1500, 2999};

	(void)state;
	for (size_t i = 0; i + 1 < len; i += 2)
		memcpy(bytes + i, "\xce\x90", 2);
	bytes[len - 1] = 'z';
	struct split_end end =
	    split_run(&split, bytes, len, cuts, 3, upper_service.step_space);

	assert_int_equal(end.len, 9001);
	assert_memory_equal(end.bytes, "\xce\x99\xcc\x88\xcc\x81\xce\x99", 8);
	assert_memory_equal(end.bytes + 8994, "\xce\x99\xcc\x88\xcc\x81Z", 7);
	assert_int_equal(end.verdict, VERDICT_DONE);
	free(end.bytes);
	room_fixture_close(fixture);
}

static struct stream_step
step(const struct room_fixture *fixture, enum stream_event event,
    const char *unread)
{
	const struct stream stream = {
	    .event = event,
	    .bytes = {(const uint8_t *)unread, strlen(unread)},
	};

	return upper_service.input(
	    fixture->state, NULL, &stream, (struct space){out, sizeof(out)});
}

static void
answered_as_it_arrives(void **state)
{
	struct room_fixture *fixture =
	    room_fixture_open(&upper_service, keys[1]);
	struct stream_step got = step(fixture, STREAM_BYTES, "no newline \xc3");

	(void)state;
	assert_int_equal(got.verdict, VERDICT_READ);
	assert_int_equal(got.used, 11);
	assert_int_equal(got.made, 11);
	assert_memory_equal(out, "NO NEWLINE ", 11);
	assert_int_equal(got.outcome, OUTCOME_NONE);
	room_fixture_close(fixture);
}

static void
the_idle_are_closed(void **state)
{
	struct room_fixture *fixture =
	    room_fixture_open(&upper_service, keys[1]);
	struct stream_step got = step(fixture, STREAM_TIMEOUT, "\xc3");

	(void)state;
	assert_int_equal(got.verdict, VERDICT_CLOSE);
	assert_string_equal(
	    upper_service.outcomes[got.outcome], "session_idle");
	assert_int_equal(got.used, 1);
	assert_int_equal(got.made, 1);
	room_fixture_close(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("datagrams", datagrams),
	    TEST("a whole answer or none", whole_or_silent),
	    TEST("streams, however they are cut", streams),
	    TEST("long streams", long_streams),
	    TEST("a chunk is answered as it arrives", answered_as_it_arrives),
	    TEST("TIME 47: the idle are closed", the_idle_are_closed),
	};

	return cmocka_run_group_tests_name("upper", tests, NULL, NULL);
}
