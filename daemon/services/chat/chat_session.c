/* chat_session.c — one connection to the chat, step by step. */
#include "services/chat/chat_session.h"

#include "services/chat/chat_hub.h"

#include <string.h>

enum {
	/* Who connects has so long to say a name. */
	NAME_TIMEOUT_MS = 60000,
	/* A client that sends no line ends has said all of its line when
	 * nothing came for so long. */
	QUIET_MS = 200,
	/* Between the server's name and what comes behind it: such a client
	 * takes its first recv() for the name, and shall find nothing else in
	 * it. */
	GREETING_MS = 200,
	/* Who has said nothing for so long is pinged, if it knows commands. */
	PING_MS = 120000,
	/* While a room is being told what a person has said, it is not heard
	 * further: for a round of wakes (worker_wake.h) at the least; the
	 * worker's deadlines (worker_deadline.h) make it 128 ms more at the
	 * most. */
	PAUSE_MS = 16,
	/* What others have said is told in steps of so many bytes: who does
	 * not read has the worker keep one of them, no more. */
	WAKE_BYTES_MAX = 32 * 1024,
};

/* One call of chat_session_input. */
struct turn {
	struct chat_hub *hub;
	struct chat_session *session;
	const struct stream *stream;
	struct span left; /* bytes that were not used */
	struct space out; /* what is left of it */
	bool is_last;     /* LEFT is all of a line, with an end or not */
	enum chat_hub_fate fate;
};

static bool
is_inside(const struct turn *turn)
{
	return turn->session->person.room != NULL;
}

static void
use(struct turn *turn, size_t len)
{
	turn->left.data += len;
	turn->left.len -= len;
}

/* Writes what the person has yet to be told: also between its own lines, so
 * that each answer comes behind what was said before its question. */
static void
take(struct turn *turn)
{
	size_t len =
	    chat_hub_take(turn->hub, &turn->session->person, turn->out);

	turn->out.data += len;
	turn->out.cap -= len;
}

/* Reads on as long as there are lines, room for what they bring, and people who
 * can be told as fast. */
static void
read_lines(struct turn *turn)
{
	struct chat_session *session = turn->session;

	while (turn->fate == CHAT_HUB_STAYS && turn->left.len > 0 &&
	       turn->out.cap >= CHAT_HUB_TOLD_MAX) {
		if (chat_hub_is_ahead(&session->person)) {
			session->is_paused = true;
			break;
		}
		struct chat_line_piece piece =
		    chat_line_next(&session->line, turn->left, turn->is_last);

		if (piece.used == 0)
			break;
		use(turn, piece.used);
		if (!piece.is_line)
			continue;
		turn->fate = chat_hub_line(turn->hub, &session->person,
		    piece.text, piece.is_cut, turn->stream->now_ms);
		take(turn);
	}
}

/* A name without a line's end: only programs do that, which wait for the name
 * of the other side. Theirs stays unread meanwhile. */
static void
greet(struct turn *turn)
{
	const struct chat_settings *settings = turn->hub->settings;
	struct chat_session *session = turn->session;

	memcpy(turn->out.data, settings->name, settings->name_len);
	turn->out.data += settings->name_len;
	turn->out.cap -= settings->name_len;
	session->is_greeted = true;
	session->greeted = (uint16_t)(turn->left.len);
}

/* The time has come to let in who was greeted. */
static void
let_in(struct turn *turn)
{
	struct chat_session *session = turn->session;

	session->is_greeted = false;
	turn->fate = chat_hub_line(turn->hub, &session->person,
	    (struct span){turn->left.data, session->greeted}, false,
	    turn->stream->now_ms);
	use(turn, session->greeted);
	take(turn);
}

/* Nothing has come for as long as was asked. */
static void
pass_time(struct turn *turn, struct stream_step *step)
{
	struct chat_session *session = turn->session;

	if (session->is_paused) {
		session->is_paused = false;
		chat_hub_let_on(&session->person);
	} else if (session->is_greeted) {
		let_in(turn);
	} else if (turn->left.len > 0 && !session->line.has_ends) {
		if (is_inside(turn))
			turn->is_last = true;
		else
			greet(turn);
	} else if (!is_inside(turn)) {
		step->verdict = VERDICT_CLOSE;
		step->outcome = CHAT_SESSION_UNNAMED;
	} else if (session->person.has_commanded) {
		chat_hub_tell(turn->hub, &session->person, span_of("* ping"));
	}
}

/* When to call next if nothing happens. */
static uint32_t
timeout_of(const struct turn *turn)
{
	if (turn->stream->event == STREAM_WAKE)
		return 0;
	if (turn->left.len > 0 && !turn->session->line.has_ends)
		return QUIET_MS;
	return is_inside(turn) ? PING_MS : NAME_TIMEOUT_MS;
}

/* What becomes of the connection. */
static void
conclude(struct turn *turn, struct stream_step *step)
{
	struct chat_session *session = turn->session;
	bool is_told = !session->person.is_woken;

	if (turn->fate != CHAT_HUB_STAYS) {
		step->verdict = VERDICT_CLOSE;
		step->outcome = turn->fate == CHAT_HUB_FLOODED
		                    ? CHAT_SESSION_FLOODED
		                    : CHAT_SESSION_LEFT;
	} else if (turn->hub->is_over && is_inside(turn) && is_told) {
		step->verdict = VERDICT_CLOSE;
		step->outcome = CHAT_SESSION_STOPPED;
	} else if (turn->stream->event == STREAM_EOF && turn->left.len == 0 &&
	           is_told) {
		step->verdict = VERDICT_DONE;
		step->outcome = CHAT_SESSION_LEFT;
		chat_hub_leave(turn->hub, &session->person, (struct span){0});
	} else if (session->is_paused) {
		step->verdict = VERDICT_WAIT;
		step->timeout_ms = PAUSE_MS;
	} else {
		step->timeout_ms = timeout_of(turn);
	}
}

struct stream_step
chat_session_input(struct chat_hub *hub, struct chat_session *session,
    const struct stream *stream, struct space out)
{
	struct stream_step step = {
	    .verdict = VERDICT_READ,
	    .body = {.fd = -1},
	    .outcome = OUTCOME_NONE,
	};
	struct turn turn = {
	    .hub = hub,
	    .session = session,
	    .stream = stream,
	    .left = stream->bytes,
	    .out = out,
	    .is_last = stream->event == STREAM_EOF,
	};

	if (stream->event == STREAM_WAKE && turn.out.cap > WAKE_BYTES_MAX)
		turn.out.cap = WAKE_BYTES_MAX;
	take(&turn);
	if (stream->event == STREAM_TIMEOUT)
		pass_time(&turn, &step);
	else if (stream->event == STREAM_EOF && session->is_greeted)
		let_in(&turn);
	/* A wake brings nothing to read. */
	if (!session->is_greeted && step.verdict == VERDICT_READ &&
	    stream->event != STREAM_WAKE)
		read_lines(&turn);
	take(&turn);
	if (session->is_greeted)
		step.timeout_ms =
		    stream->event == STREAM_TIMEOUT ? GREETING_MS : 0;
	else if (step.verdict == VERDICT_READ)
		conclude(&turn, &step);
	step.used = stream->bytes.len - turn.left.len;
	step.made = (size_t)(turn.out.data - out.data);
	return step;
}
