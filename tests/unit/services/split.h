/*
 * split.h — a stream room fed its input as a worker feeds it, in pieces:
 * however it is cut, what the room makes is the same (service.h, input).
 */
#ifndef TESTS_SPLIT_H
#define TESTS_SPLIT_H

#include "service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The room under test, and how it is called. */
struct split {
	const struct service *service;
	void *state; /* of its start() */
	struct addr peer;
	size_t most; /* the client goes when it has so many bytes; 0: it stays
	                to the end */
};

enum {
	SPLIT_OUTCOME_MAX = 32,
	/* The worker's room for a step: CONNECTION_STEP_SPACE_MAX. */
	SPLIT_SPACE = 128 * 1024,
	SPLIT_OUT_MAX = 16 * 1024 * 1024,
	/* Inputs up to here are cut in two places at once, everywhere. */
	SPLIT_TWICE_MAX = 80,
	SPLIT_IDLE_MS = 60000,
};

/* What came of one way to cut. */
struct split_end {
	uint8_t *bytes; /* what the room made; owned */
	size_t len, size;
	enum verdict verdict; /* the last one */
	unsigned outcomes[SPLIT_OUTCOME_MAX];
};

/* One connection. */
struct split_run {
	const struct split *split;
	void *session;
	struct span left; /* what has come and is not used */
	enum stream_event event;
	size_t cap; /* room for a step */
	uint64_t now_ms;
	bool is_eof, is_over;
	struct split_end end;
};

/* Sees that there is room for a step. */
static inline void
split_grow(struct split_run *run)
{
	struct split_end *end = &run->end;

	if (end->size - end->len >= run->cap)
		return;
	end->size = end->size * 2 + run->cap;
	end->bytes = realloc(end->bytes, end->size);
	if (end->bytes == NULL || end->size > SPLIT_OUT_MAX)
		abort();
}

static inline struct stream_step
split_call(struct split_run *run)
{
	struct split_end *end = &run->end;
	/* Of its own length, so that ASan sees who reads beyond it. */
	uint8_t *bytes = malloc(run->left.len);

	if (bytes == NULL)
		abort();
	split_grow(run);
	memcpy(bytes, run->left.data, run->left.len);
	const struct stream stream = {
	    .event = run->event,
	    .bytes = {bytes, run->left.len},
	    .peer = &run->split->peer,
	    .local = &run->split->peer,
	    .now_ms = run->now_ms,
	    .idle_ms = SPLIT_IDLE_MS,
	};
	struct stream_step step =
	    run->split->service->input(run->split->state, run->session, &stream,
	        (struct space){end->bytes + end->len, run->cap});

	free(bytes);
	assert_true(step.used <= run->left.len);
	assert_true(step.made <= run->cap);
	run->left.data += step.used;
	run->left.len -= step.used;
	end->len += step.made;
	end->verdict = step.verdict;
	if (step.outcome != OUTCOME_NONE)
		end->outcomes[step.outcome]++;
	return step;
}

/* As read_on() in worker_step.c. Whether the room is called again. */
static inline bool
split_read_on(struct split_run *run, bool has_progress)
{
	if (run->event == STREAM_TIMEOUT)
		has_progress = true;
	if (has_progress && run->left.len > 0) {
		run->event = STREAM_BYTES;
		return true;
	}
	if (run->is_eof && (has_progress || run->event != STREAM_EOF)) {
		run->event = STREAM_EOF;
		return true;
	}
	run->is_over = run->is_eof;
	return false;
}

/* Calls the room with EVENT, and then as long as the worker would. */
static inline void
split_turn(struct split_run *run, enum stream_event event)
{
	size_t most = run->split->most;
	bool goes_on = !run->is_over;

	run->event = event;
	while (goes_on) {
		struct stream_step step = split_call(run);

		switch (step.verdict) {
		case VERDICT_READ:
			goes_on =
			    split_read_on(run, step.used > 0 || step.made > 0);
			break;
		case VERDICT_WRITE:
			run->event = STREAM_ROOM;
			break;
		case VERDICT_WAIT:
			assert_int_not_equal(step.timeout_ms, 0);
			run->now_ms += step.timeout_ms;
			run->event = STREAM_TIMEOUT;
			break;
		case VERDICT_CLOSE:
		case VERDICT_DONE:
		case VERDICT_RESET:
			run->is_over = true;
			break;
		}
		if (most != 0 && run->end.len >= most)
			run->is_over = true;
		if (run->is_over)
			goes_on = false;
	}
}

/* The LEN bytes at BYTES in pieces that end at CUTS, COUNT of them in rising
 * order; the client's end follows. Room for a step: CAP. */
static inline struct split_end
split_run(const struct split *split, const void *bytes, size_t len,
    const size_t *cuts, size_t count, size_t cap)
{
	size_t size = split->service->session_size;
	struct split_run run = {
	    .split = split,
	    .session = aligned_alloc(16, (size / 16 + 1) * 16),
	    .left = {bytes, 0},
	    .cap = cap,
	    .now_ms = 1000,
	};

	if (run.session == NULL)
		abort();
	memset(run.session, 0, (size / 16 + 1) * 16);
	split_turn(&run, STREAM_OPEN);
	for (size_t i = 0, at = 0; i <= count; i++) {
		size_t to = i < count ? cuts[i] : len;

		run.left.len += to - at;
		at = to;
		split_turn(&run, STREAM_BYTES);
	}
	run.is_eof = true;
	split_turn(&run, STREAM_EOF);
	if (split->service->close != NULL)
		split->service->close(split->state, run.session);
	free(run.session);
	if (split->most != 0 && run.end.len > split->most)
		run.end.len = split->most;
	return run.end;
}

static inline void
split_compare(const struct split *split, const void *bytes, size_t len,
    const size_t *cuts, size_t count, const struct split_end *whole)
{
	const size_t caps[] = {split->service->step_space, SPLIT_SPACE};

	for (size_t i = 0; i < sizeof(caps) / sizeof(caps[0]); i++) {
		struct split_end end =
		    split_run(split, bytes, len, cuts, count, caps[i]);

		assert_int_equal(end.len, whole->len);
		assert_memory_equal(end.bytes, whole->bytes, end.len);
		assert_int_equal(end.verdict, whole->verdict);
		assert_memory_equal(
		    end.outcomes, whole->outcomes, sizeof(end.outcomes));
		free(end.bytes);
	}
}

/* Each byte for itself. */
static inline void
split_bytes(const struct split *split, const void *bytes, size_t len,
    const struct split_end *whole)
{
	size_t *cuts = calloc(len + 1, sizeof(*cuts));

	if (cuts == NULL)
		abort();
	for (size_t i = 0; i < len; i++)
		cuts[i] = i + 1;
	split_compare(split, bytes, len, cuts, len, whole);
	free(cuts);
}

/*
 * Asserts that the LEN bytes at BYTES, and then the client's end, get the same
 * from the room in one piece, cut at each place (in two of them, where LEN
 * allows), and byte for byte; each with the least room for a step and with the
 * worker's. Returns what that is: the caller frees its bytes.
 */
static inline struct split_end
split_check(const struct split *split, const void *bytes, size_t len)
{
	struct split_end whole =
	    split_run(split, bytes, len, NULL, 0, SPLIT_SPACE);
	size_t second = len > SPLIT_TWICE_MAX ? len : 0;

	for (size_t i = 0; i <= len; i++)
		for (size_t j = second > i ? second : i; j <= len; j++)
			split_compare(split, bytes, len, (const size_t[]){i, j},
			    2, &whole);
	split_bytes(split, bytes, len, &whole);
	return whole;
}

/* The same, and asserts that it is the LEN bytes at EXPECTED. */
static inline void
split_expect(const struct split *split, const void *bytes, size_t len,
    const void *expected, size_t expected_len)
{
	struct split_end end = split_check(split, bytes, len);

	assert_int_equal(end.len, expected_len);
	assert_memory_equal(end.bytes, expected, expected_len);
	free(end.bytes);
}

#endif
