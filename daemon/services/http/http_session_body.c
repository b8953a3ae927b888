/*
 * http_session_body.c — what is done with a body.
 *
 * One of known length is thrown away behind the answer. One in chunks is looked
 * at before, as far as HTTP_SESSION_HELD_MAX, while its head waits unused in
 * the input: broken framing turns the answer into 400. What is longer is
 * answered then, and the rest is thrown away as well.
 */
#include "services/http/http_session_body.h"
#include "services/http/http_reply.h"

static const char why_too_large[] =
    "No body is read here that is longer than 1 MiB.";
static const char why_bad_chunk[] =
    "The body's chunks are not framed as chunks are.";

/* Waits for more of a body after USED bytes, of which FRESH are new: until the
 * pause is too long or the whole too slow. */
static struct stream_step
wait_body(const struct http_turn *turn, size_t used, size_t fresh)
{
	struct http_session *session = turn->session;
	uint64_t now_ms = turn->stream->now_ms;
	uint64_t latest_ms = now_ms + turn->store->limits.body_ms;
	uint64_t due_ms =
	    session->body_due_ms + (uint64_t)fresh * HTTP_SESSION_BYTE_MS;

	if (turn->stream->event == STREAM_EOF)
		return http_turn_end(turn);
	/* While a file was sent nothing could be read. */
	if (turn->stream->event == STREAM_ROOM)
		due_ms = latest_ms;
	if (due_ms > latest_ms)
		due_ms = latest_ms;
	session->body_due_ms = due_ms;
	return http_turn_read(
	    used, due_ms > now_ms ? (uint32_t)(due_ms - now_ms) : 1);
}

static void
begin_wait(const struct http_turn *turn)
{
	turn->session->body_due_ms =
	    turn->stream->now_ms + turn->store->limits.body_ms;
}

/* Throws away the rest of a body whose request STEP answers. */
static struct stream_step
throw_away(const struct http_turn *turn, struct stream_step step,
    enum http_session_state state)
{
	if (step.verdict == VERDICT_CLOSE || step.verdict == VERDICT_DONE)
		return step;
	turn->session->state = (uint8_t)state;
	begin_wait(turn);
	return step;
}

/* Keeps the request unused and looks at what is there of its body. */
static struct stream_step
begin_held(struct http_turn *turn)
{
	struct http_session *session = turn->session;
	size_t head_len = turn->request->head_len;

	session->chunk = (struct http_chunk){0};
	session->body_read = 0;
	session->held = (uint32_t)head_len;
	session->held_max = (uint32_t)(head_len + HTTP_SESSION_HELD_MAX);
	session->state = HTTP_SESSION_HELD;
	session->has_deadline = true;
	begin_wait(turn);
	return http_session_body_held(turn);
}

struct stream_step
http_session_body_held(struct http_turn *turn)
{
	struct http_session *session = turn->session;
	struct span bytes = turn->stream->bytes;
	size_t end =
	    bytes.len < session->held_max ? bytes.len : session->held_max;
	size_t used = 0;
	enum http_chunk_result result = http_chunk_skip(&session->chunk,
	    (struct span){bytes.data + session->held, end - session->held},
	    &used, &session->body_read);
	bool is_too_large = session->body_read > HTTP_SESSION_BODY_MAX;

	session->held += (uint32_t)used;
	if (result == HTTP_CHUNK_MORE && !is_too_large &&
	    session->held < session->held_max)
		return wait_body(turn, 0, used);
	if (turn->request == NULL && http_turn_parse(turn) == HTTP_REQUEST_MORE)
		return http_turn_end(turn); /* not so: it was whole before */
	if (is_too_large)
		return http_turn_refuse(
		    turn, HTTP_STATUS_BODY_TOO_LARGE, why_too_large);
	if (result == HTTP_CHUNK_BAD)
		return http_turn_refuse(
		    turn, HTTP_STATUS_BAD_REQUEST, why_bad_chunk);
	struct stream_step step = http_reply(turn, session->held);

	return result == HTTP_CHUNK_DONE
	           ? step
	           : throw_away(turn, step, HTTP_SESSION_CHUNKED);
}

struct stream_step
http_session_body_length(const struct http_turn *turn)
{
	struct http_session *session = turn->session;
	size_t len = turn->stream->bytes.len;

	if (len < session->body_left) {
		session->body_left -= len;
		return wait_body(turn, len, len);
	}
	session->state = HTTP_SESSION_HEAD;
	return http_turn_read(
	    (size_t)session->body_left, turn->store->limits.idle_ms);
}

struct stream_step
http_session_body_chunked(const struct http_turn *turn)
{
	struct http_session *session = turn->session;
	size_t used = 0;
	enum http_chunk_result result = http_chunk_skip(
	    &session->chunk, turn->stream->bytes, &used, &session->body_read);

	if (result == HTTP_CHUNK_BAD ||
	    session->body_read > HTTP_SESSION_BODY_MAX) {
		/* Its answer is out: all that is left is to close. */
		struct stream_step step = http_turn_end(turn);

		step.verdict = VERDICT_CLOSE;
		return step;
	}
	if (result == HTTP_CHUNK_MORE)
		return wait_body(turn, used, used);
	session->state = HTTP_SESSION_HEAD;
	return http_turn_read(used, turn->store->limits.idle_ms);
}

struct stream_step
http_session_body_begin(struct http_turn *turn)
{
	const struct http_request *request = turn->request;
	struct http_session *session = turn->session;

	if (request->body_len > HTTP_SESSION_BODY_MAX)
		return http_turn_refuse(
		    turn, HTTP_STATUS_BODY_TOO_LARGE, why_too_large);
	if (request->is_chunked && !request->expects_continue) {
		/* Empty lines before it would take up the room that it needs.
		 */
		if (request->start > 0)
			return http_turn_read(request->start, 0);
		return begin_held(turn);
	}
	struct stream_step step = http_reply(turn, request->head_len);

	session->body_left = request->body_len;
	return throw_away(turn, step, HTTP_SESSION_LENGTH);
}
