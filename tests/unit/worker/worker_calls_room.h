/*
 * worker_calls_room.h — a room for a real worker (worker_fixture.h) that speaks
 * unasked: a letter that a client sends says what it asks of its worker. The
 * test program that includes this is the services table.
 */
#ifndef TESTS_WORKER_CALLS_ROOM_H
#define TESTS_WORKER_CALLS_ROOM_H

#include "worker_fixture.h"

#include <assert.h>

enum { BIG = 100000, PEER_MAX = 4 };

/* A session, in a list of all. */
struct member {
	struct member *next;
	bool is_closed, is_kicked, is_waiting;
};

static struct {
	struct service_worker *worker;
	const struct service_calls *calls;
	struct member *members;
	bool is_draining;
	struct addr peers[PEER_MAX], locals[PEER_MAX];
	unsigned peer_count;
} state;

/* What the room tells the test. */
static struct {
	_Atomic unsigned opened, wakes, strays, timers, drains, stops;
	_Atomic unsigned pushed, unpushed, unread;
} * told;

static const char *const outcomes[] = {"done", NULL};

static void
wake_all(const struct member *but, unsigned times)
{
	for (struct member *one = state.members; one != NULL; one = one->next)
		for (unsigned i = 0; one != but && i < times; i++)
			state.calls->wake(state.worker, one);
}

static inline struct stream_step
woken(struct member *member, const struct stream *stream, struct space out)
{
	struct stream_step step = {.body = {.fd = -1}, .outcome = OUTCOME_NONE};

	told->wakes++;
	if (member->is_closed)
		told->strays++;
	step.made = 1;
	out.data[0] = 'W';
	if (stream->bytes.len > 0 && stream->bytes.data[0] == 'h') {
		step.used = 1;
		out.data[0] = 'H';
	}
	if (state.is_draining)
		out.data[0] = 'D';
	if (member->is_kicked || state.is_draining)
		step.verdict = VERDICT_CLOSE;
	return step;
}

static void
obey_timers(char letter)
{
	if (letter == 'T') /* one that is put off, then called off */
		state.calls->set_timer(state.worker, 600000);
	if (letter == 'T' || letter == 'c')
		state.calls->set_timer(state.worker, 1);
	if (letter == 'c')
		state.calls->set_timer(state.worker, 0);
}

/* One byte is one order. */
static inline struct stream_step
obey(struct member *member, char letter, struct space out)
{
	struct stream_step step = {
	    .used = 1, .made = 1, .body = {.fd = -1}, .outcome = 0};

	out.data[0] = (uint8_t)letter;
	obey_timers(letter);
	switch (letter) {
	case 's': /* say something */
	case 'S': /* a lot */
		wake_all(member, letter == 's' ? 1 : 1000);
		break;
	case 'a': /* to oneself too, in the middle of all this */
		wake_all(NULL, 1);
		break;
	case 'k':
		member->is_kicked = true;
		break;
	case 'u': /* left unread for ever */
		told->unread++;
		step.used = step.made = 0;
		break;
	case 'h': /* left unread until the wake */
		step.used = step.made = 0;
		break;
	case 'b':
		memset(out.data, 'b', BIG);
		step.made = BIG;
		break;
	case 'r':
		wake_all(NULL, 1);
		step.verdict = VERDICT_RESET;
		break;
	case 'p':
		member->is_waiting = true;
		step.verdict = VERDICT_WAIT;
		step.timeout_ms = 100;
		break;
	default:
		break;
	}
	return step;
}

static inline struct stream_step
input(void *room, void *session, const struct stream *stream, struct space out)
{
	struct stream_step step = {.body = {.fd = -1}, .outcome = OUTCOME_NONE};
	struct member *member = session;

	(void)room;
	switch (stream->event) {
	case STREAM_OPEN:
		member->next = state.members;
		state.members = member;
		told->opened++;
		return step;
	case STREAM_WAKE:
		assert(!member->is_waiting);
		return woken(member, stream, out);
	case STREAM_TIMEOUT:
		member->is_waiting = false;
		out.data[0] = 'P';
		step.made = 1;
		return step;
	case STREAM_BYTES:
	case STREAM_EOF:
	case STREAM_ROOM:
		break;
	}
	if (stream->bytes.len == 0)
		return step;
	return obey(member, (char)stream->bytes.data[0], out);
}

static void
closed(void *room, void *session)
{
	struct member **at = &state.members, *member = session;

	(void)room;
	while (*at != member)
		at = &(*at)->next;
	*at = member->next;
	member->is_closed = true;
}

static void
push_all(void)
{
	static const uint8_t bytes[] = "pushed";

	for (unsigned i = 0; i < state.peer_count; i++)
		if (state.calls->send(state.worker, &state.locals[i],
		        &state.peers[i], (struct span){bytes, 6}))
			told->pushed++;
		else
			told->unpushed++;
}

/* 'r' is remembered; 'p' tells those who are; anything else wakes all. */
static inline struct reply
answer(void *room, const struct datagram *question, struct space out)
{
	(void)room;
	switch (question->bytes.data[0]) {
	case 'r':
		assert(state.peer_count < PEER_MAX);
		state.peers[state.peer_count] = *question->peer;
		state.locals[state.peer_count++] = *question->local;
		break;
	case 'p':
		push_all();
		return (struct reply){.is_silent = true};
	default:
		wake_all(NULL, 1);
		break;
	}
	memcpy(out.data, question->bytes.data, question->bytes.len);
	return (struct reply){.len = question->bytes.len};
}

static void
timer(void *room, uint64_t now_ms)
{
	(void)room;
	assert(now_ms > 0);
	told->timers++;
	wake_all(NULL, 1);
}

static void
drain(void *room, bool is_stopping)
{
	(void)room;
	told->drains++;
	told->stops += is_stopping;
	state.is_draining = true;
	wake_all(NULL, 1);
	push_all();
}

static inline void *
start(const struct service_start *start)
{
	state.worker = start->worker;
	state.calls = start->calls;
	return &state;
}

static const struct service room = {
    .name = "room",
    .role = ROLE_LAB,
    .listen = {{.key = "room",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .outcomes = outcomes,
    .datagram_max = 512,
    .session_size = sizeof(struct member),
    .step_space = BIG,
    .start = start,
    .answer = answer,
    .input = input,
    .close = closed,
    .timer = timer,
    .drain = drain,
};

const struct service *const services[] = {&room};
const unsigned services_count = 1;

#endif
