/*
 * worker_room.h — a room for a real worker (worker_fixture.h): what the engines
 * promise to every room is seen through it. The test program that includes this
 * is the services table.
 */
#ifndef TESTS_WORKER_ROOM_H
#define TESTS_WORKER_ROOM_H

#include "worker_fixture.h"

#include "worker/outcome.h"

#include <assert.h>

enum {
	FILE_SIZE = 24 * 1024 * 1024,
	DATAGRAM_MAX = 1000,
};

static const char *const outcomes[] = {"done", "timeout", NULL};

/* What the room tells the test, in memory that both see. */
static struct {
	_Atomic unsigned steps, flushed_steps, closed;
	/* Of replies: calls of depart(), the most in one, those that had a
	 * wrong time to wait; calls of sent(), and what the last one told. */
	_Atomic unsigned departures, wave, unordered, sent;
	_Atomic uint64_t sent_ns;
	_Atomic uint16_t sent_port;
} * told;

/* The end of a wait: as a request that took its time. */
static inline struct stream_step
end_wait(uint8_t *is_waiting, struct space out)
{
	struct stream_step step = {.body = {.fd = -1}, .outcome = 0};

	*is_waiting = 0;
	out.data[0] = 'P';
	step.made = 1;
	return step;
}

/* One byte is one request: what each makes, by its letter. */
static inline struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	struct stream_step step = {.body = {.fd = -1}, .outcome = OUTCOME_NONE};

	uint8_t *is_waiting = session;

	told->steps++;
	if (stream->event == STREAM_OPEN)
		return step;
	if (*is_waiting) {
		assert(stream->event == STREAM_TIMEOUT);
		return end_wait(is_waiting, out);
	}
	if (stream->event == STREAM_ROOM) {
		memset(out.data, 'w', 30000);
		step.made = 30000;
		step.verdict = VERDICT_WRITE;
		return step;
	}
	if (stream->event == STREAM_TIMEOUT) {
		memcpy(out.data, "late", 4);
		step.made = 4;
		step.outcome = 1;
		step.verdict = VERDICT_CLOSE;
		return step;
	}
	if (stream->bytes.len == 0)
		return step;
	out.data[0] = stream->bytes.data[0];
	step.used = step.made = 1;
	step.outcome = 0;
	switch (stream->bytes.data[0]) {
	case 'f': /* a file */
		step.body = (struct stream_body){
		    .fd = dup(*(int *)state), .len = FILE_SIZE};
		break;
	case 'b': /* a big answer */
		memset(out.data, 'b', 100000);
		step.made = 100000;
		break;
	case 'w': /* without end */
		step.verdict = VERDICT_WRITE;
		break;
	case 'c':
		step.verdict = VERDICT_CLOSE;
		break;
	case 'd':
		step.verdict = VERDICT_DONE;
		break;
	case 't': /* a short patience */
		step.timeout_ms = 200;
		break;
	case 'p': /* a pause */
	case 'l': /* a long one */
		step.timeout_ms = stream->bytes.data[0] == 'p' ? 200 : 600000;
		step.verdict = VERDICT_WAIT;
		*is_waiting = 1;
		break;
	case 'i': /* is this the last answer? */
		out.data[0] = stream->is_draining ? 'y' : 'n';
		break;
	case 'r':
		step.verdict = VERDICT_RESET;
		break;
	default:
		break;
	}
	return step;
}

/* Gives back what it gets; depart() sees the first byte once more. */
static inline struct reply
answer(void *state, const struct datagram *question, struct space out)
{
	(void)state;
	memcpy(out.data, question->bytes.data, question->bytes.len);
	return (struct reply){
	    .len = question->bytes.len,
	    .mark = question->bytes.len == 0 ? 0 : question->bytes.data[0],
	};
}

/* Marks the replies to "D…" and watches those to "W…". */
static inline void
depart(void *state, struct departure *departures, unsigned count)
{
	(void)state;
	told->departures++;
	if (count > told->wave)
		told->wave = count;
	for (unsigned i = 0; i < count; i++) {
		struct departure *departure = &departures[i];

		if (i > 0 && departure->after_ns < departures[i - 1].after_ns)
			told->unordered++;
		assert(addr_port(departure->peer) != 0);
		if (departure->mark == 'D')
			departure->bytes.data[0] = 'd';
		departure->is_watched = departure->mark == 'W';
	}
}

static inline void
sent(void *state, const struct sending *sending)
{
	(void)state;
	assert(sending->bytes.len == 2);
	assert(memcmp(sending->bytes.data, "W!", 2) == 0);
	assert(sending->peer->in4.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
	told->sent_ns = sending->sent_ns;
	told->sent_port = addr_port(sending->peer);
	told->sent++;
}

static inline void
closed(void *state, void *session)
{
	(void)state;
	(void)session;
	told->closed++;
}

static inline void
flush(void *state)
{
	(void)state;
	told->flushed_steps = told->steps;
}

static inline void *
start(const struct service_start *start)
{
	static int fd;

	(void)start;
	fd = memfd_create("file", MFD_CLOEXEC);
	return ftruncate(fd, FILE_SIZE) == 0 ? &fd : NULL;
}

static const struct service room = {
    .name = "room",
    .role = ROLE_LAB,
    .listen = {{.key = "room",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_LOOP_GUARD | NEED_RX_TIME,
    .outcomes = outcomes,
    .datagram_max = DATAGRAM_MAX,
    .session_size = 8,
    .step_space = 100000,
    .start = start,
    .answer = answer,
    .depart = depart,
    .sent = sent,
    .input = input,
    .close = closed,
    .flush = flush,
};

const struct service *const services[] = {&room};
const unsigned services_count = 1;

static inline int
set_up(void **state)
{
	(void)state;
	told = map_shared(sizeof(*told));
	run_worker(64, "127.0.0.1:1");
	return 0;
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
