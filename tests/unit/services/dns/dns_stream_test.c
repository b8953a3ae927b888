/* dns_stream_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { OUTCOME_SILENT, OUTCOME_ANSWERED };

enum { IDLE_MS = 7000 };

/* All that one connection has made so far. */
struct run {
	struct dns_stream session;
	uint8_t out[4096];
	size_t made, used;
	unsigned answers;
	uint32_t timeout_ms; /* the last that was set */
	enum verdict verdict;
};

static uint8_t scratch[DNS_STREAM_PREFIX + DNS_TCP_MAX];

/* Answers a message with itself, the QR bit set. */
static struct reply
mirror(void *state, struct span query, struct space out)
{
	(void)state;
	if (query.len < DNS_HEADER_SIZE)
		return (struct reply){
		    .is_silent = true, .outcome = OUTCOME_SILENT};
	memcpy(out.data, query.data, query.len);
	out.data[2] |= 0x80;
	return (struct reply){.len = query.len, .outcome = OUTCOME_ANSWERED};
}

static const struct dns_stream_server server = {
    .answer = mirror,
    .idle_ms = IDLE_MS,
};

/* One event, and the calls again that the worker makes after it. */
static void
feed(struct run *run, enum stream_event event, const uint8_t *bytes, size_t end,
    bool is_draining)
{
	for (;;) {
		struct stream stream = {
		    .event = event,
		    .is_draining = is_draining,
		    .bytes = {bytes + run->used, end - run->used},
		};
		struct stream_step step = dns_stream_step(&run->session,
		    &stream, (struct space){scratch, sizeof(scratch)}, &server);
		memcpy(run->out + run->made, scratch, step.made);
		run->made += step.made;
		run->used += step.used;
		run->verdict = step.verdict;
		run->answers += step.outcome != OUTCOME_NONE;
		if (step.timeout_ms != 0)
			run->timeout_ms = step.timeout_ms;
		if (step.verdict != VERDICT_READ || step.used + step.made == 0)
			return;
	}
}

/* Three queries of 12, 14 and 13 bytes. */
static const uint8_t pipeline[] = "\0\014aaaaaaaaaaaa\0\016bbbbbbbbbbbbbb"
                                  "\0\015ccccccccccccc";
enum { PIPELINE = sizeof(pipeline) - 1 };

static void
expect_pipeline(const struct run *run)
{
	uint8_t want[PIPELINE];
	memcpy(want, pipeline, PIPELINE);
	want[4] = 'a' | 0x80;
	want[18] = 'b' | 0x80;
	want[34] = 'c' | 0x80;
	assert_int_equal(run->made, PIPELINE);
	assert_int_equal(run->used, PIPELINE);
	assert_int_equal(run->answers, 3);
	assert_memory_equal(run->out, want, PIPELINE);
}

static void
pipelining(void **state)
{
	(void)state;
	struct run run = {0};
	feed(&run, STREAM_BYTES, pipeline, PIPELINE, false);
	expect_pipeline(&run);
	assert_int_equal(run.verdict, VERDICT_READ);
}

static void
however_it_is_cut(void **state)
{
	(void)state;
	for (size_t first = 0; first <= PIPELINE; first++)
		for (size_t second = first; second <= PIPELINE; second++) {
			struct run run = {0};
			feed(&run, STREAM_BYTES, pipeline, first, false);
			feed(&run, STREAM_BYTES, pipeline, second, false);
			feed(&run, STREAM_BYTES, pipeline, PIPELINE, false);
			expect_pipeline(&run);
		}
}

static void
half_close(void **state)
{
	(void)state;
	struct run run = {0};
	feed(&run, STREAM_EOF, pipeline, PIPELINE, false);
	expect_pipeline(&run);
	assert_int_equal(run.verdict, VERDICT_CLOSE);
	struct run cut = {0};
	feed(&cut, STREAM_EOF, pipeline, PIPELINE - 1, false);
	assert_int_equal(cut.answers, 2);
	assert_int_equal(cut.verdict, VERDICT_CLOSE);
}

static void
bad_frames_close(void **state)
{
	(void)state;
	struct run empty = {0};
	feed(&empty, STREAM_BYTES, (const uint8_t *)"\0\0\0\014aaaaaaaaaaaa",
	    16, false);
	assert_int_equal(empty.verdict, VERDICT_CLOSE);
	assert_int_equal(empty.made, 0);
	assert_int_equal(empty.answers, 1);
	struct run little = {0};
	feed(&little, STREAM_BYTES, (const uint8_t *)"\0\013aaaaaaaaaaa", 13,
	    false);
	assert_int_equal(little.verdict, VERDICT_CLOSE);
	assert_int_equal(little.made, 0);
}

static void
deadlines(void **state)
{
	(void)state;
	struct run run = {0};
	feed(&run, STREAM_OPEN, pipeline, 0, false);
	assert_int_equal(run.timeout_ms, IDLE_MS);
	feed(&run, STREAM_BYTES, pipeline, 1, false);
	assert_int_equal(run.timeout_ms, DNS_STREAM_MESSAGE_MS);
	run.timeout_ms = 0; /* more bytes of it do not move its deadline */
	feed(&run, STREAM_BYTES, pipeline, 2, false);
	feed(&run, STREAM_BYTES, pipeline, 13, false);
	assert_int_equal(run.timeout_ms, 0);
	feed(&run, STREAM_BYTES, pipeline, 14, false);
	assert_int_equal(run.timeout_ms, IDLE_MS);
	feed(&run, STREAM_BYTES, pipeline, 15, false);
	assert_int_equal(run.timeout_ms, DNS_STREAM_MESSAGE_MS);
	feed(&run, STREAM_TIMEOUT, pipeline, 15, false);
	assert_int_equal(run.verdict, VERDICT_CLOSE);
	assert_int_equal(run.answers, 1);
}

static void
draining(void **state)
{
	(void)state;
	struct run run = {0};
	feed(&run, STREAM_BYTES, pipeline, PIPELINE, true);
	expect_pipeline(&run);
	assert_int_equal(run.verdict, VERDICT_CLOSE);
	struct run begun = {0};
	feed(&begun, STREAM_BYTES, pipeline, 3, true);
	assert_int_equal(begun.verdict, VERDICT_READ);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    {"DNS 50, RFC 7766 §6.2.1.1: pipelined queries are all answered",
	        pipelining, NULL, NULL, NULL},
	    {"DNS 51, 52, RFC 7766 §8: however the input is cut",
	        however_it_is_cut, NULL, NULL, NULL},
	    {"DNS 52: half-close answers what was asked", half_close, NULL,
	        NULL, NULL},
	    {"DNS 52: a frame without a header closes", bad_frames_close, NULL,
	        NULL, NULL},
	    {"DNS 53, RFC 7766 §6.2.3: idle and dribbling", deadlines, NULL,
	        NULL, NULL},
	    {"a draining worker answers what has come", draining, NULL, NULL,
	        NULL},
	};
	return cmocka_run_group_tests_name("dns_stream", tests, NULL, NULL);
}
