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

struct stream_step
http_session_body_wait(const struct http_turn *turn, size_t used, size_t fresh)
{
	struct http_session *session = turn->session;
	uint64_t now_ms = turn->stream->now_ms;
	uint64_t latest_ms = now_ms + turn->store->limits.body_ms;
	uint64_t due_ms =
	    session->body_due_ms + (uint64_t)fresh * HTTP_SESSION_BYTE_MS;

	if (turn->stream->event == STREAM_EOF)
		return http_turn_end(turn);
	/* While a file was sent nothing could be read. */
	if (turn->stream->event == STREAM_ROOM || due_ms > latest_ms)
		due_ms = latest_ms;
	session->body_due_ms = due_ms;
	return http_turn_read(
	    used, due_ms > now_ms ? (uint32_t)(due_ms - now_ms) : 1);
}

/* What is there of a body, and the time that it has, begin now. */
static void
begin(const struct http_turn *turn)
{
	struct http_session *session = turn->session;

	session->chunk = (struct http_chunk){0};
	session->body_read = 0;
	session->body_left = turn->request->body_len;
	session->body_due_ms =
	    turn->stream->now_ms + turn->store->limits.body_ms;
}

void
http_session_body_hold(const struct http_turn *turn, size_t max)
{
	struct http_session *session = turn->session;
	size_t head_len = turn->request->head_len;

	begin(turn);
	session->held = (uint32_t)head_len;
	session->held_max = (uint32_t)(head_len + max);
	session->has_deadline = true;
}

struct stream_step
http_session_body_skip(const struct http_turn *turn, struct stream_step step)
{
	const struct http_request *request = turn->request;

	if (step.verdict == VERDICT_CLOSE || step.verdict == VERDICT_DONE ||
	    (!request->is_chunked && request->body_len == 0))
		return step;
	begin(turn);
	turn->session->state =
	    request->is_chunked ? HTTP_SESSION_CHUNKED : HTTP_SESSION_LENGTH;
	return step;
}

struct stream_step
http_session_body_refuse(const struct http_turn *turn)
{
	return http_turn_refuse(turn, HTTP_STATUS_BAD_REQUEST,
	    "The body's chunks are not framed as chunks are.");
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
		return http_session_body_wait(turn, 0, used);
	if (http_turn_parse(turn) == HTTP_REQUEST_MORE)
		return http_turn_end(turn); /* not so: it was whole before */
	if (is_too_large)
		return http_turn_refuse(
		    turn, HTTP_STATUS_BODY_TOO_LARGE, why_too_large);
	if (result == HTTP_CHUNK_BAD)
		return http_session_body_refuse(turn);
	http_reply_find(turn);
	struct stream_step step = http_reply(turn, session->held);

	if (result == HTTP_CHUNK_MORE && step.verdict != VERDICT_CLOSE &&
	    step.verdict != VERDICT_DONE)
		session->state = HTTP_SESSION_CHUNKED;
	return step;
}

struct stream_step
http_session_body_length(const struct http_turn *turn)
{
	struct http_session *session = turn->session;
	size_t len = turn->stream->bytes.len;

	if (len < session->body_left) {
		session->body_left -= len;
		return http_session_body_wait(turn, len, len);
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
		return http_session_body_wait(turn, used, used);
	session->state = HTTP_SESSION_HEAD;
	return http_turn_read(used, turn->store->limits.idle_ms);
}

struct stream_step
http_session_body_begin(struct http_turn *turn)
{
	const struct http_request *request = turn->request;

	if (request->body_len > HTTP_SESSION_BODY_MAX)
		return http_turn_refuse(
		    turn, HTTP_STATUS_BODY_TOO_LARGE, why_too_large);
	if (!request->is_chunked || request->expects_continue)
		return http_session_body_skip(
		    turn, http_reply(turn, request->head_len));
	http_session_body_hold(turn, HTTP_SESSION_HELD_MAX);
	turn->session->state = HTTP_SESSION_HELD;
	return http_session_body_held(turn);
}
