/* worker_once_test.c — a connection as an empty datagram. */
#include "worker/worker_once.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { LONGEST = 20 };

/* What the room does, and what it was asked. */
struct talk {
	struct reply reply;
	struct datagram question;
	size_t cap;
};

static struct reply
answer(void *state, const struct datagram *question, struct space out)
{
	struct talk *talk = state;

	talk->question = *question;
	talk->cap = out.cap;
	memset(out.data, 'x', talk->reply.len);
	return talk->reply;
}

static const struct service room = {
    .datagram_max = LONGEST,
    .answer = answer,
};

static struct stream_step
open_stream(struct talk *talk, struct span bytes, uint8_t out[LONGEST + 1])
{
	static const struct addr peer, local;
	const struct worker_service service = {.service = &room, .state = talk};
	const struct stream stream = {
	    .event = STREAM_OPEN,
	    .bytes = bytes,
	    .peer = &peer,
	    .local = &local,
	    .now_ms = 77,
	};
	struct stream_step step =
	    worker_once(&service, &stream, (struct space){out, LONGEST + 1});

	assert_ptr_equal(talk->question.peer, &peer);
	assert_ptr_equal(talk->question.local, &local);
	assert_int_equal(talk->question.now_ms, 77);
	assert_int_equal(talk->question.bytes.len, 0);
	assert_int_equal(talk->question.reply_max, LONGEST);
	assert_int_equal(talk->cap, LONGEST);
	assert_int_equal(step.verdict, VERDICT_CLOSE);
	assert_int_equal(step.body.fd, -1);
	assert_int_equal(step.body.len, 0);
	assert_int_equal(step.timeout_ms, 0);
	return step;
}

static void
test_its_answer_is_that_to_an_empty_datagram(void **state)
{
	uint8_t out[LONGEST + 1] = "";
	struct talk talk = {.reply = {.len = LONGEST, .outcome = 4}};
	struct stream_step step =
	    open_stream(&talk, (struct span){NULL, 0}, out);

	(void)state;
	assert_int_equal(step.made, LONGEST);
	assert_int_equal(step.outcome, 4);
	assert_string_equal((char *)out, "xxxxxxxxxxxxxxxxxxxx");
}

static void
test_silence_is_the_end_alone(void **state)
{
	uint8_t out[LONGEST + 1];
	struct talk talk = {.reply = {.is_silent = true, .outcome = 1}};
	struct stream_step step =
	    open_stream(&talk, (struct span){NULL, 0}, out);

	(void)state;
	assert_int_equal(step.made, 0);
	assert_int_equal(step.outcome, 1);
}

/* What came with a PROXY header is not kept. */
static void
test_what_is_there_already_is_dropped(void **state)
{
	uint8_t out[LONGEST + 1];
	struct talk talk = {.reply = {.len = 1}};
	const uint8_t bytes[] = "GET / HTTP/1.0\r\n";
	struct stream_step step =
	    open_stream(&talk, (struct span){bytes, sizeof(bytes)}, out);

	(void)state;
	assert_int_equal(step.used, sizeof(bytes));
	assert_int_equal(step.made, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_its_answer_is_that_to_an_empty_datagram),
	    cmocka_unit_test(test_silence_is_the_end_alone),
	    cmocka_unit_test(test_what_is_there_already_is_dropped),
	};

	return cmocka_run_group_tests_name("worker_once", tests, NULL, NULL);
}
